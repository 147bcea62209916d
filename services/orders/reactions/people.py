"""What follows from what the register learns of a person: the plan is drawn, widened, told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, need, plan
from services.orders.domain.days import begins

TURN = "beneficiary.turn"
TURNING = (beneficiary.Registered, beneficiary.StatusChanged, beneficiary.CategoriesDerived, beneficiary.Turned)


def of_a_person(recorded: Recorded, state: beneficiary.Beneficiary) -> Iterable[Due | Step]:
    """Plans are drawn and widened; status, stays and death reach the plan that runs; statuses turn on their days."""
    stream, event = recorded.originator_id, recorded.event
    if isinstance(event, TURNING) and state.turns_on is not None and state.died_on is None:
        yield Due(at=begins(state.turns_on), reason=TURN, stream=stream, decider=beneficiary.CATEGORY)
    match event:
        case beneficiary.PlanGranted():
            yield Step(decider=plan.decider, stream=event.plan_id, command=_draw(stream, event, state))
            yield _note_plan(event)
        case beneficiary.PlanWidened():
            widen = plan.Widen(need_id=event.need_id, items=event.items, at=event.at)
            yield Step(decider=plan.decider, stream=event.plan_id, command=widen)
            yield _note_plan(event)
        case (
            beneficiary.StatusChanged() | beneficiary.CategoriesDerived() | beneficiary.StayNoted() | beneficiary.Died()
        ):
            if state.plan_id is not None:
                note = plan.NotePerson(statuses=state.statuses, stays=state.stays, died_on=state.died_on, at=event.at)
                yield Step(decider=plan.decider, stream=state.plan_id, command=note)


def _note_plan(event: beneficiary.PlanGranted | beneficiary.PlanWidened) -> Step:
    """The need learns which plan it went into."""
    return Step(decider=need.decider, stream=event.need_id, command=need.NotePlan(plan_id=event.plan_id, at=event.at))


def _draw(stream: UUID, event: beneficiary.PlanGranted, state: beneficiary.Beneficiary) -> plan.Draw:
    return plan.Draw(
        plan_id=event.plan_id,
        person=stream,
        need_id=event.need_id,
        items=event.items,
        born=state.person.born,
        statuses=state.statuses,
        stays=state.stays,
        township=state.person.township,
        village=state.person.village,
        at=event.at,
    )


def _turn(_stream: UUID, state: beneficiary.Beneficiary, now: datetime) -> beneficiary.Turn | None:
    return beneficiary.Turn(at=now) if state.died_on is None else None


WHEN_DUE: Mapping[str, WhenDue] = {TURN: _turn}
