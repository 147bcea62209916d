"""When a source's history was replaced (its database was restored): hear its log again, from its beginning, once.

Events that had an effect here are known by the ``cause`` in our own events' metadata and are passed over; the others
are heard as if new. Tracking stays where it was until all is heard, so that a crash begins again and still does nothing
twice. What had an effect here and is no longer in the source's log cannot be undone by a machine: it is logged.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
import structlog

from chassis.applying import NOBODY, Applying
from chassis.backfill import FeedError, SourceHead
from chassis.hearing import Tracked

log = structlog.get_logger(__name__)

PAGE = 10_000
NAMED_MAX = 20
"""How many lost events a log line names."""


class _Metadata(msgspec.Struct):
    by: str = ""
    role: str = ""
    cause: str = ""


_decode = msgspec.json.Decoder(_Metadata).decode


async def reconcile(applying: Applying, county: str) -> bool:
    """Hear the source's whole log again if it is not the one we tracked; whether it was so. Raises as ``take`` does."""
    async with applying.lock[county]:
        tracked = await applying.hearer.tracked(county)
        head = await applying.feed.head(applying.source, county)
        if head is None or not is_replaced(tracked, head):
            return False
        log.error(
            "history was replaced at the source", source=applying.source, county=county, applied=tracked.position,
            position=head.position, epoch=str(head.epoch),
        )  # fmt: skip
        effective = await _effective(applying, county)
        through, seen = await _hear_again(applying, county, tracked, head, effective)
        if tracked.epoch == head.epoch:
            # Within an epoch tracking only goes forward: leave it first. A crash in between begins again.
            await applying.hearer.keep(county, Tracked(through, NOBODY))
        await applying.hearer.keep(county, Tracked(through, head.epoch))
        if lost := effective - seen:
            log.error(
                "applied here, unknown at the source", source=applying.source, county=county, events=len(lost),
                some=[str(event_id) for event_id in sorted(lost)[:NAMED_MAX]],
            )  # fmt: skip
        return True


def is_replaced(tracked: Tracked, head: SourceHead) -> bool:
    """Whether ``head``, read after ``tracked``, cannot be of the log that was tracked."""
    return head.position < tracked.position or tracked.epoch not in (None, head.epoch)


async def _hear_again(
    applying: Applying, county: str, tracked: Tracked, head: SourceHead, effective: set[UUID]
) -> tuple[int, set[UUID]]:
    """The last position heard, and the ids of all events of the log."""
    hearer, position, seen = applying.hearer, 0, set[UUID]()
    parked = await hearer.database.fetch(
        "select event_id from parked where county = $1 and source = $2", county, applying.source
    )
    known = effective | {row["event_id"] for row in parked}
    while page := await applying.feed.events(applying.source, county, position, applying.run_max):
        if any(one.epoch != head.epoch for one in page) or page[0].heard.position != position + 1:
            raise FeedError(f"{applying.source} changes while it is read again")
        seen |= {one.heard.event_id for one in page}
        fresh = [one.heard for one in page if one.heard.event_id not in known]
        await hearer.apply(county, tracked, fresh, again=True)
        position = page[-1].heard.position
    return position, seen


async def _effective(applying: Applying, county: str) -> set[UUID]:
    """Ids of the source's events that our own events name as their cause."""
    found: set[UUID] = set()
    position = 0
    while rows := await applying.hearer.database.fetch(
        "select position, metadata from events where county = $1 and position > $2 order by position limit $3",
        county,
        position,
        PAGE,
    ):
        position = rows[-1]["position"]
        for row in rows:
            metadata = _decode(row["metadata"])
            if metadata.role == "bus" and metadata.by == applying.source:
                found.add(UUID(metadata.cause))
    return found
