"""What the seal of a month may know."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step, Timely
from services.orders.domain import month
from services.orders.domain.days import first_day, last_day

PLANS_BEHIND = (
    "select id from plans where county = $1 and from_day <= $2 and (ends_on is null or ends_on >= $3)"
    " and opened < $4 order by id"
)
WAITING = "select count(*) from orders where county = $1 and state = 'completed' and day between $2 and $3"


async def of_months(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known]:
    """Parked messages; plans of the month without its orders yet; completions of it that wait."""
    parked = await read.fetch("select count(*) from parked where county = $1", read.county)
    known = []
    for step in steps:
        asked = await _asked_month(read, step)
        plans = await read.fetch(PLANS_BEHIND, read.county, last_day(asked), first_day(asked), asked) if asked else []
        waiting = await read.fetch(WAITING, read.county, first_day(asked), last_day(asked)) if asked else []
        known.append(
            month.Known(
                parked=parked[0][0],
                plans=tuple(row["id"] for row in plans),
                waiting=waiting[0][0] if waiting else 0,
            )
        )
    return known


async def _asked_month(read: Reading, step: Step) -> str:
    """The month that is to be sealed; empty where the step asks for no seal."""
    match step.command:
        case month.Seal() as seal:
            return seal.month
        case Timely():
            rows = await read.fetch("select month from months where county = $1 and id = $2", read.county, step.stream)
            return rows[0]["month"] if rows else ""
    return ""
