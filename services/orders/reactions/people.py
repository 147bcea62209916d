"""What follows from what the register learns of a person: the plan is drawn, widened, told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, need, plan
from services.orders.domain.days import begins, business_day

TURN = "beneficiary.turn"
TURNING = (beneficiary.Registered, beneficiary.StatusChanged, beneficiary.CategoriesDerived, beneficiary.Turned)
BEGIN_MOVE = "begin_move"


def of_a_person(recorded: Recorded, state: beneficiary.Beneficiary) -> Iterable[Due | Step]:
    """Plans are drawn and widened; status, stays and death reach the plan that runs; statuses turn on their days."""
    stream, event = recorded.originator_id, recorded.event
    if isinstance(event, TURNING) and state.turns_on is not None and state.died_on is None:
        yield Due(at=begins(state.turns_on), reason=TURN, stream=stream, decider=beneficiary.CATEGORY)
    match event:
        case beneficiary.PlanGranted():
            yield Step(decider=plan.decider, stream=event.plan_id, command=_draw(stream, event, state))
            yield _note_plan(event)
            if len(state.homes) > 1:
                yield _homes(event.plan_id, state, event.at)
        case beneficiary.PlanWidened():
            widen = plan.Widen(need_id=event.need_id, items=event.items, at=event.at, urgent=event.urgent)
            yield Step(decider=plan.decider, stream=event.plan_id, command=widen)
            yield _note_plan(event)
        case (
            beneficiary.StatusChanged() | beneficiary.CategoriesDerived() | beneficiary.StayNoted() | beneficiary.Died()
        ):
            for plan_id in state.plans:
                note = plan.NotePerson(statuses=state.statuses, stays=state.stays, died_on=state.died_on, at=event.at)
                yield Step(decider=plan.decider, stream=plan_id, command=note)
        case beneficiary.Moved():
            if event.from_day > business_day(event.at):
                due = begins(event.from_day)
                yield Due(at=due, reason=BEGIN_MOVE, stream=stream, decider=beneficiary.CATEGORY)
            yield from (_homes(plan_id, state, event.at) for plan_id in state.plans)
        case beneficiary.MoveBegan():
            yield from (_homes(plan_id, state, event.at) for plan_id in state.plans)


def _homes(plan_id: UUID, state: beneficiary.Beneficiary, at: datetime) -> Step:
    note = plan.NoteHomes(homes=state.homes, township=state.home.township, village=state.home.village, at=at)
    return Step(decider=plan.decider, stream=plan_id, command=note)


def begin_move(_stream: UUID, _state: beneficiary.Beneficiary, at: datetime) -> beneficiary.BeginMove:
    """The register knows where the person lives today."""
    return beneficiary.BeginMove(at=at)


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
        township=state.home.township,
        village=state.home.village,
        at=event.at,
        urgent=event.urgent,
    )


def _turn(_stream: UUID, state: beneficiary.Beneficiary, now: datetime) -> beneficiary.Turn | None:
    return beneficiary.Turn(at=now) if state.died_on is None else None


WHEN_DUE: Mapping[str, WhenDue] = {TURN: _turn, BEGIN_MOVE: begin_move}
