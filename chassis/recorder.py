"""The county log in PostgreSQL: reads, and the one statement that writes.

``Recorder`` is the asyncpg twin of ``eventsourcing``'s ``ProcessRecorder``, for one county: the library's own recorder
test cases run against it. ``Write`` is a whole batch: events, public events, answers, agenda, views and tracking go in
with **one autocommit statement** that moves ``head`` by compare-and-swap; an unmoved head means nobody wrote in this
county since the reads, so what was decided on them is serializable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from eventsourcing.persistence import IntegrityError, Notification, StoredEvent, Tracking

from chassis.chain import genesis, link_event
from chassis.database import Database
from chassis.write import EventRow, Head, Write, write

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy

HEAD = "select writes, position, public_position, hash, public_hash, epoch from head where county = $1"
EVENTS_OF = (
    "select originator_id, originator_version, topic, state from events"
    " where county = $1 and originator_id = any($2::uuid[]) order by originator_id, originator_version"
)
EVENTS_SINCE = (
    "select originator_id, originator_version, topic, state from events"
    " where county = $1 and position > $2 order by position"
)


async def read_head(connection: Connection, service: str, county: str, *, lock: bool = False) -> Head:
    """The county's head; made on the first touch. With ``lock`` the row stays locked until the transaction ends."""
    query = HEAD + (" for update" if lock else "")
    row = await connection.fetchrow(query, county)
    if row is None:
        await connection.execute(
            "insert into head (county, hash, public_hash) values ($1, $2, $3) on conflict do nothing",
            county,
            genesis(service, county, "events"),
            genesis(service, county, "public_log"),
        )
        row = await connection.fetchrow(query, county)
    assert row is not None
    return Head(
        writes=row["writes"],
        position=row["position"],
        public_position=row["public_position"],
        hash=row["hash"],
        public_hash=row["public_hash"],
        epoch=row["epoch"],
    )


class Recorder:
    """ProcessRecorder's contract for one county, asynchronous; positions are gapless, their order is commit order."""

    def __init__(self, database: Database, service: str, county: str) -> None:
        self.database = database
        self.service = service
        self.county = county

    async def insert_events(
        self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, metadata: bytes = b"{}"
    ) -> list[int]:
        """Append events, and advance tracking with them; their positions.

        Raises IntegrityError, writing nothing, where a version is taken or the tracked position was processed already.
        """
        if not stored_events and tracking is None:
            return []
        async with self.database.at(self.county) as connection, connection.transaction():
            head = await read_head(connection, self.service, self.county, lock=True)
            if tracking is not None:
                await self._refuse_repeated(connection, tracking)
            batch = self._batch(head, stored_events, tracking, metadata)
            try:
                if not await write(connection, batch):
                    raise IntegrityError("the locked head moved")
            except asyncpg.UniqueViolationError as error:
                raise IntegrityError(str(error)) from error
            return [row.position for row in batch.events]

    async def _refuse_repeated(self, connection: Connection, tracking: Tracking) -> None:
        tracked = await connection.fetchval(
            "select position from tracking where county = $1 and source = $2", self.county, tracking.application_name
        )
        if tracked is not None and tracked >= tracking.notification_id:
            raise IntegrityError(f"{tracking.application_name} is processed through {tracked}")

    def _batch(
        self, head: Head, stored_events: Sequence[StoredEvent], tracking: Tracking | None, metadata: bytes
    ) -> Write:
        at = datetime.now(UTC)
        rows, link = [], head.hash
        for position, stored in enumerate(stored_events, head.position + 1):
            stream = UUID(str(stored.originator_id))
            link = link_event(
                link,
                position,
                stream,
                stored.originator_version,
                stored.topic,
                stored.state,
                metadata,
                microseconds(at),
            )
            rows.append(
                EventRow(position, stream, stored.originator_version, stored.topic, stored.state, metadata, link)
            )
        moved = Head(
            writes=head.writes + 1,
            position=head.position + len(rows),
            public_position=head.public_position,
            hash=link,
            public_hash=head.public_hash,
            epoch=head.epoch,
        )
        through = (tracking.application_name, tracking.notification_id, None) if tracking else None
        return Write(county=self.county, before=head, after=moved, at=at, events=rows, tracking=through)

    async def select_events(
        self,
        originator_id: UUID,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The events of a stream, by version."""
        rows = await self.database.fetch(
            "select originator_id, originator_version, topic, state from events"
            " where county = $1 and originator_id = $2"
            " and ($3::bigint is null or originator_version > $3) and ($4::bigint is null or originator_version <= $4)"
            f" order by originator_version {'desc' if desc else 'asc'} limit $5",
            self.county,
            originator_id,
            gt,
            lte,
            limit,
        )
        return [StoredEvent(*row) for row in rows]

    async def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """Events of the county by position, from ``start``, at most ``limit``."""
        rows = await self.database.fetch(
            "select originator_id, originator_version, topic, state, position from events where county = $1"
            f" and ($2::bigint is null or position {'>=' if inclusive_of_start else '>'} $2)"
            " and ($3::bigint is null or position <= $3) and (cardinality($4::text[]) = 0 or topic = any($4))"
            " order by position limit $5",
            self.county,
            start,
            stop,
            list(topics),
            limit,
        )
        return [Notification(*row) for row in rows]

    async def max_notification_id(self) -> int | None:
        """The position of the last event, None where there is none."""
        position: int | None = await self.database.fetchval(
            "select nullif(position, 0) from head where county = $1", self.county
        )
        return position

    async def insert_tracking(self, tracking: Tracking) -> None:
        """Note that a position of another log is processed; IntegrityError if it was before."""
        await self.insert_events([], tracking=tracking)

    async def max_tracking_id(self, application_name: str) -> int | None:
        """The last processed position of another log."""
        position: int | None = await self.database.fetchval(
            "select position from tracking where county = $1 and source = $2", self.county, application_name
        )
        return position

    async def has_tracking_id(self, application_name: str, notification_id: int | None) -> bool:
        """Whether a position of another log is processed; None always is."""
        if notification_id is None:
            return True
        last = await self.max_tracking_id(application_name)
        return last is not None and last >= notification_id


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970 UTC, exactly, as the hash chain takes them."""
    delta = instant - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
