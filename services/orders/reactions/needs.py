"""What follows from a need: an approval grants a plan, clocks run out, a watched need is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, forwarding, need
from services.orders.domain.days import begins
from services.orders.domain.deadline import Running

NEED_CLOCK = "need_clock"
LOOK_AGAIN = "need_look_again"
FORWARDING_CLOCK = "forwarding_clock"


def of_a_need(recorded: Recorded, state: need.Need) -> Iterable[Due | Step]:
    """An approval for purchase becomes the person's plan; whatever has a last day is looked at when it is over."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case need.Approved(plan_id=plan_id, items=items, papers_due=papers_due, at=at) if plan_id is not None:
            grant = beneficiary.GrantPlan(
                plan_id=plan_id, need_id=stream, items=items, at=at, urgent=papers_due is not None
            )
            yield Step(decider=beneficiary.decider, stream=state.registered.person_id, command=grant)
        case need.ClockStarted() | need.StepOverdue():
            yield from _wake(state.clocks, event.step, NEED_CLOCK, stream, need.CATEGORY)
        case need.Watched():
            yield Due(at=begins(event.look_again_on), reason=LOOK_AGAIN, stream=stream, decider=need.CATEGORY)


def of_a_forwarding(recorded: Recorded, state: forwarding.Forwarding) -> Iterable[Due | Step]:
    """A department's clock is looked at when it has run out."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case forwarding.Timed(running=running):
            yield from _wake(state.clocks, running.step, FORWARDING_CLOCK, stream, forwarding.CATEGORY)
        case forwarding.Overdue(step=step):
            yield from _wake(state.clocks, step, FORWARDING_CLOCK, stream, forwarding.CATEGORY)


def _wake(clocks: Iterable[Running], step: str, reason: str, stream: UUID, category: str) -> Iterable[Due]:
    """When the next level of ``step`` begins."""
    for one in clocks:
        if one.step == step and one.wakes_at is not None:
            yield Due(at=one.wakes_at, reason=reason, stream=stream, decider=category)


def check_clocks(_stream: UUID, _state: need.Need, at: datetime) -> need.CheckClocks:
    """The need knows which of its steps are late."""
    return need.CheckClocks(at=at)


def look_again(_stream: UUID, _state: need.Need, at: datetime) -> need.LookAgain:
    """The need knows whether it is still watched."""
    return need.LookAgain(at=at)


def check_forwarding(_stream: UUID, _state: forwarding.Forwarding, at: datetime) -> forwarding.CheckClocks:
    """The forwarding knows whether its department is late."""
    return forwarding.CheckClocks(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {
    NEED_CLOCK: check_clocks,
    LOOK_AGAIN: look_again,
    FORWARDING_CLOCK: check_forwarding,
}
