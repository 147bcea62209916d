"""What follows from an order: its plan learns who serves, and a completion accepts itself when nobody objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import order, plan

ACCEPT_UNSAMPLED = "accept_unsampled"


def of_an_order(recorded: Recorded, state: order.Order) -> Iterable[Due | Step]:
    """The plan's provider, and the day of acceptance by itself."""
    match recorded.event:
        case order.Completed(accepts_at=accepts_at) if accepts_at is not None:
            stream = recorded.originator_id
            yield Due(at=accepts_at, reason=ACCEPT_UNSAMPLED, stream=stream, decider=order.CATEGORY)
        case order.Matched(provider=provider, at=at) if state.plan_id is not None and state.kind == "purchase":
            yield Step(
                decider=plan.decider, stream=state.plan_id, command=plan.AssignProvider(provider=provider, at=at)
            )


def accept_unsampled(_stream: UUID, _state: order.Order, at: datetime) -> order.AcceptUnsampled:
    """The order knows whether anything stands against it."""
    return order.AcceptUnsampled(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {ACCEPT_UNSAMPLED: accept_unsampled}
