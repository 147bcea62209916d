"""The relay: the public log of every county, in its order, into the service's stream.

    public_log ── atomic batches, one after another ──▶ careloop-<service> ── hint ──▶ consumers

It keeps no cursor of its own. Where a county stands is what the county's last message in the stream says; each batch
names that message's sequence, so a relay that has slept while another published is refused and looks again. A stream
that is behind, emptied or gone is filled from where it really ends. Where the last message is not the event that the
log has at its position, the log's history was replaced (a restored database): then the log gets a new epoch, unless it
has one already, and is published again from its beginning; consumers reconcile by the log itself (``reconcile``).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import asyncpg
import structlog

from chassis import crash, tracing
from chassis.bus import BATCH_MAX, EPOCH, HASH, MESSAGE_ID, POSITION, PREVIOUS, Bus, Message, Refused
from chassis.config import Settings
from chassis.database import Database
from chassis.gauges import Lags
from chassis.loop import Loop
from contracts import envelope, subjects

log = structlog.get_logger(__name__)

REFUSED_PAUSE_S = 1.0
"""A county whose batch was refused is left alone for so long, the others go on."""

DUPLICATE = 10201

HEADS = "select county, public_position, epoch from head where public_position > 0"
ROWS = (
    "select position, event_id, type, subject, body, recorded_at, hash, trace from public_log"
    " where county = $1 and position > $2 order by position limit $3"
)
NEW_EPOCH = "update head set epoch = gen_random_uuid() where county = $1 and epoch = $2"


class Cursor(NamedTuple):
    """What is published of a county: through which position, and the stream sequence of its last message."""

    position: int
    sequence: int


class Relay:
    """Publishes one service's public logs. Two at once do no harm; only one of them gets on at a time."""

    def __init__(self, service_name: str, database: Database, bus: Bus, settings: Settings) -> None:
        self.service = service_name
        self.database = database
        self.bus = bus
        self.settings = settings
        self._loop = Loop(f"relay {service_name}", self._turn, settings.relay_poll_s)
        self._batch_max = min(settings.relay_batch_max, BATCH_MAX)
        self._cursors: dict[str, Cursor] = {}
        self._refused: dict[str, float] = {}
        self._repeating: set[str] = set()
        self._written: set[str] = set()
        self._look_at_all_at = 0.0
        self._has_stream = False
        self._lags = Lags(service_name)

    async def start(self) -> None:
        """Begin publishing; works as soon as NATS does."""
        self._loop.start()

    async def stop(self) -> None:
        """Finish the batch in hand and end."""
        await self._loop.stop()

    def on_commit(self, county: str, _public_position: int, _agenda: int) -> None:
        """For ``Dispatch.on_commit``: something was written in ``county``."""
        self._written.add(county)
        self._loop.wake()

    def published(self, county: str) -> int:
        """The position through which the county is known to be published; 0 before it was looked at."""
        cursor = self._cursors.get(county)
        return cursor.position if cursor else 0

    async def settled(self) -> bool:
        """Whether everything that is committed is published."""
        heads = await self.database.works.fetch(HEADS)
        return all(self.published(head["county"]) == head["public_position"] for head in heads)

    async def measure(self) -> None:
        """Show how far each county is behind."""
        self._lags.found(await self.database.works.fetch(HEADS), self.published)

    async def _turn(self) -> bool:
        """One batch for each county that has something; True if some have more."""
        if not self.bus.connected:
            return False
        try:
            if not self._has_stream:
                await self.bus.ensure_stream(self.service)
                self._has_stream = True
            more = [await self._try(head) for head in await self._heads()]
        except BaseException:
            # Neither database nor stream need be what they were: look at everything again.
            self._has_stream = False
            self._cursors.clear()
            self._look_at_all_at = 0.0
            raise
        return any(more)

    async def _heads(self) -> list[asyncpg.Record]:
        now = time.monotonic()
        written, self._written = self._written, set()
        if now >= self._look_at_all_at:
            self._look_at_all_at = now + self.settings.relay_poll_s
            heads = await self.database.works.fetch(HEADS)
            self._lags.found(heads, self.published)
            return heads
        return await self.database.works.fetch(f"{HEADS} and county = any($1::text[])", written)

    async def _try(self, head: asyncpg.Record) -> bool:
        county = head["county"]
        if time.monotonic() < self._refused.get(county, 0.0):
            return False
        try:
            more = await self._publish(county, head["public_position"], head["epoch"])
        except Refused as refused:
            self._cursors.pop(county, None)
            log.warning("batch refused", service=self.service, county=county, error=str(refused))
            if refused.code == DUPLICATE and county not in self._repeating:
                self._repeating.add(county)
            else:
                self._refused[county] = time.monotonic() + REFUSED_PAUSE_S
            return False
        self._refused.pop(county, None)
        if more:
            self._written.add(county)
        else:
            self._repeating.discard(county)
        return more

    async def _publish(self, county: str, through: int, epoch: UUID) -> bool:
        cursor = self._cursors.get(county)
        if cursor is None or cursor.position > through:
            cursor = await self._look(county)
            if cursor is None:
                return True
            self._cursors[county] = cursor
        if cursor.position >= through:
            return False
        rows = await self.database.fetch(ROWS, county, cursor.position, self._batch_max)
        if not rows:
            # Rows below the head are gone: this county's loss, which its consumers name; the others go on.
            log.error("rows are missing", service=self.service, county=county, after=cursor.position, head=through)
            return False
        messages = [self._message(county, epoch, row) for row in rows if self._fits(county, row)]
        if county in self._repeating:
            # Published before, and lost or of an older epoch: the server would drop the ids, the sequence guards alone.
            messages = [message._replace(headers=_without_id(message.headers)) for message in messages]
        sequence = cursor.sequence
        if messages:
            expected_on = subjects.subjects_of(self.service, county)
            sequence = await self.bus.publish_batch(messages, expected_on, sequence)
            crash.point("after_publish")
            await self.bus.hint(self.service, county)
        self._cursors[county] = Cursor(rows[-1]["position"], sequence)
        return bool(rows[-1]["position"] < through)

    async def _look(self, county: str) -> Cursor | None:
        """Where the stream ends for a county, compared with the log; None after the log was given a new epoch."""
        last = await self.bus.last(self.service, county)
        if last is None:
            return Cursor(0, 0)
        row = await self.database.fetchrow(
            "select epoch, (select event_id from public_log where county = $1 and position = $2) as event_id"
            " from head where county = $1",
            county,
            last.position,
        )
        assert row is not None
        if (row["epoch"], row["event_id"]) == (last.epoch, last.event_id):
            return Cursor(last.position, last.sequence)
        log.error("history was replaced", service=self.service, county=county, published=last.position)
        if row["epoch"] == last.epoch:
            await self.database.execute(NEW_EPOCH, county, last.epoch)
            return None
        return Cursor(0, last.sequence)

    def _fits(self, county: str, row: asyncpg.Record) -> bool:
        """An event too large for the bus is left out; consumers find the gap and read it from the feed."""
        fits = len(row["body"]) <= self.bus.body_max_bytes
        if not fits:
            log.error("event too large for the bus", service=self.service, county=county, position=row["position"])
        return fits

    def _message(self, county: str, epoch: UUID, row: asyncpg.Record) -> Message:
        headers = envelope.headers(
            service=self.service,
            county=county,
            event_id=row["event_id"],
            type_name=row["type"],
            subject=row["subject"],
            time=row["recorded_at"],
        )
        headers[MESSAGE_ID] = str(row["event_id"])
        headers[POSITION] = str(row["position"])
        headers[PREVIOUS] = str(row["position"] - 1)
        headers[EPOCH] = str(epoch)
        headers[HASH] = row["hash"].hex()
        if row["trace"]:
            headers[tracing.HEADER] = row["trace"]
        return Message(subjects.subject(county, row["type"]), row["body"], headers)


def _without_id(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != MESSAGE_ID}
