"""What follows from an order: its plan learns who serves, and a completion accepts itself when nobody objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import order, plan

ACCEPT_UNSAMPLED = "accept_unsampled"
STILL_SERVES = "agreement_amended"
"""Why an order is taken from a provider that goes on with others of the plan."""


def of_an_order(recorded: Recorded, state: order.Order) -> Iterable[Due | Step]:
    """The plan's provider, and the day of acceptance by itself."""
    match recorded.event:
        case order.Completed(accepts_at=accepts_at) | order.Cleared(accepts_at=accepts_at) if accepts_at is not None:
            stream = recorded.originator_id
            yield Due(at=accepts_at, reason=ACCEPT_UNSAMPLED, stream=stream, decider=order.CATEGORY)
        case order.Matched(provider=provider, at=at) if state.plan_id is not None and state.kind == "purchase":
            assign = plan.AssignProvider(provider=provider, at=at, first_day=state.window_from)
            yield Step(decider=plan.decider, stream=state.plan_id, command=assign)
        case order.Released(from_day=from_day) as released if from_day is not None and state.plan_id is not None:
            if state.kind == "purchase" and released.reason_code != STILL_SERVES:
                lose = plan.LoseProvider(
                    provider=released.provider, from_day=from_day, reason_code=released.reason_code, at=released.at
                )
                yield Step(decider=plan.decider, stream=state.plan_id, command=lose)


def accept_unsampled(_stream: UUID, _state: order.Order, at: datetime) -> order.AcceptUnsampled:
    """The order knows whether anything stands against it."""
    return order.AcceptUnsampled(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {ACCEPT_UNSAMPLED: accept_unsampled}
