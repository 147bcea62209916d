"""What follows from a month's seal: plans are counted first, and a seal that waits is tried again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import month
from services.orders.reactions.plans import count

SEAL_MONTH = "seal_month"


def of_a_month(recorded: Recorded, _state: month.Month) -> Iterable[Due | Step]:
    """Count every plan behind, then seal; or try again later."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case month.SealDelayed():
            yield Due(at=event.again_at, reason=SEAL_MONTH, stream=stream, decider=month.CATEGORY)
        case month.SealBegun():
            yield from (count(plan_id, event.month, event.at) for plan_id in event.plans)
            yield Step(decider=month.decider, stream=stream, command=month.FinishSeal(at=event.at))


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal:
    """Try again; sealed meanwhile, it is a repetition."""
    return month.Seal(month=state.month, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {SEAL_MONTH: seal_month}
