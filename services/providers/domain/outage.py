"""An outage 停机: the platform did not work from then to then; what was late or without a code because of it is grey.
Record ─▶ Recorded ─ (page by page) Look* ─▶ LookedAt

Reports that arrive afterwards find it by themselves; those that stand already are looked at in pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain.visit.platform import Down

CATEGORY = "providers.outage"
LONGEST = timedelta(days=7)
"""More than a week is several outages, or a mistake."""
PAGE = 200


@dataclass(frozen=True, kw_only=True)
class Affected:
    """A visit that has an amber exception and was made or told around the outage."""

    visit: UUID
    order_id: UUID
    started_at: datetime
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """The next page of affected visits, by id."""

    affected: tuple[Affected, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """The bureau states it; ``down`` is what did not work."""

    down: Down
    from_at: datetime
    to_at: datetime
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Look:
    """Go on with the next page of visits."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """It counts for every report from now on, and for those that stand."""

    down: Down
    from_at: datetime
    to_at: datetime
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """These visits learn of it; ``more`` may be left."""

    visits: tuple[Affected, ...]
    more: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Outage:
    """The state: as recorded, how far the visits were looked at, and whether that is done."""

    recorded: Recorded
    through: UUID | None = None
    pages: int = 0
    done: bool = False


Command = Record | Look
Event = Recorded | LookedAt


def decide(command: Command, outage: Outage | None, known: Known) -> list[Event]:
    """Recorded once, when it is over; every visit is looked at once."""
    match command:
        case Record() if outage is not None:
            return []
        case Record():
            return [_record(command)]
        case Look():
            if outage is None or outage.done:
                return []
            return [LookedAt(visits=known.affected, more=len(known.affected) == PAGE, at=command.at)]


def _record(command: Record) -> Recorded:
    if command.to_at <= command.from_at:
        raise Rejected("outage.ends_before_it_begins")
    if command.to_at > command.at:
        raise Rejected("outage.in_the_future")
    if command.to_at - command.from_at > LONGEST:
        raise Rejected("outage.longer_than_a_week", longest_days=LONGEST.days)
    return Recorded(
        down=command.down,
        from_at=command.from_at,
        to_at=command.to_at,
        reason_code=command.reason_code,
        by=command.by,
        at=command.at,
    )


def evolve(outage: Outage | None, event: Event) -> Outage:
    """The pages, one after another."""
    if isinstance(event, Recorded):
        return Outage(recorded=event)
    assert outage is not None
    through = event.visits[-1].visit if event.visits else outage.through
    return replace(outage, through=through, pages=outage.pages + 1, done=not event.more)


decider: Decider[Command, Outage | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Recorded, LookedAt)
)
