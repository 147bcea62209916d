"""What follows from a need: an approval grants the person a plan."""

from __future__ import annotations

from collections.abc import Iterable

from chassis.service import Due, Recorded, Step
from services.orders.domain import beneficiary, need


def of_a_need(recorded: Recorded, state: need.Need) -> Iterable[Due | Step]:
    """An approval for purchase becomes the person's plan."""
    match recorded.event:
        case need.Approved(plan_id=plan_id, items=items, at=at) if plan_id is not None:
            grant = beneficiary.GrantPlan(plan_id=plan_id, need_id=recorded.originator_id, items=items, at=at)
            yield Step(decider=beneficiary.decider, stream=state.registered.person_id, command=grant)
