"""What follows from duties, contacts and care: months open and end, contacts are counted, agreements run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.policies import Adopted
from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, care, contact, duty, duty_month, duty_round, errand, pair, plan
from services.orders.domain.days import ONE_DAY, begins, business_day, month_begins, month_of, next_month
from services.orders.domain.plan.ending import MOVED_AWAY

ROUND, LOOK, REMIND, END_MONTH = "duty_round", "look_after_duty", "remind_of_duty", "end_duty_month"
ESCALATE, LAPSE, TURN = "escalate_errand", "lapse_pair", "care_turns"
OF_PLANS_ONLY = (beneficiary.PlanGranted, beneficiary.PlanWidened, beneficiary.PlanEnded, beneficiary.StayNoted)
"""Events of a person that change nothing a duty looks at."""


def of_a_policy(recorded: Recorded, state: Adopted) -> Iterable[Due | Step]:
    """The round goes when a policy is adopted, in a transaction that reads it already."""
    county = state.version.partition("/")[0]
    stream = duty_round.stream_of(county)
    yield Due(at=recorded.event.at, reason=ROUND, stream=stream, decider=duty_round.CATEGORY)


def of_a_round(recorded: Recorded, _state: duty_round.Round) -> Iterable[Due | Step]:
    """Everybody found is looked at; then the next page, or the next month."""
    event: duty_round.Gone = recorded.event
    for facts in event.found:
        find = duty.Find(facts=facts, at=event.at)
        yield Step(decider=duty.decider, stream=duty.stream_of(facts.person), command=find)
    yield Due(at=event.again_at, reason=ROUND, stream=recorded.originator_id, decider=duty_round.CATEGORY)


def of_a_person(recorded: Recorded, state: beneficiary.Beneficiary) -> Iterable[Due | Step]:
    """What the register learns reaches the duty."""
    if isinstance(recorded.event, OF_PLANS_ONLY):
        return
    person = recorded.originator_id
    facts = duty.Facts(
        person=person,
        born=state.person.born,
        statuses=state.statuses,
        died_on=state.died_on,
        township=state.home.township,
        village=state.home.village,
    )
    note = duty.Note(facts=facts, at=recorded.event.at)
    yield Step(decider=duty.decider, stream=duty.stream_of(person), command=note)


def of_a_plan(recorded: Recorded, state: plan.Plan) -> Iterable[Due | Step]:
    """Who moves away is under no duty here any more; who is served again is."""
    stream = duty.stream_of(state.person)
    match recorded.event:
        case plan.Stopped(reason_code=reason, last_day=last, at=at) if reason == MOVED_AWAY:
            yield Step(decider=duty.decider, stream=stream, command=duty.Leave(last_day=last, at=at))
        case plan.Started(from_day=from_day, at=at):
            yield Step(decider=duty.decider, stream=stream, command=duty.Return(from_day=from_day, at=at))


def of_a_duty(recorded: Recorded, state: duty.Duty) -> Iterable[Due | Step]:
    """Months open, are counted and lapse; the person's care learns whether they are under the duty."""
    stream, event = recorded.originator_id, recorded.event
    person = state.facts.person
    match event:
        case duty.Noted() | duty.Left() | duty.Returned() | duty.CoverBegan() | duty.CoverEnded():
            yield _care(state, event.at)
            yield from _entrust(state, event.at)
            yield from _looks(stream, state, event.at)
        case duty.MonthOpened():
            opened = _open(event, state)
            yield Step(decider=duty_month.decider, stream=duty_month.stream_of(person, event.month), command=opened)
            yield _look(stream, next_month(event.month))
        case duty.Reached():
            count = duty_month.Count(contact_id=event.contact_id, day=event.day, way=event.way, at=event.at)
            month = month_of(event.day)
            yield Step(decider=duty_month.decider, stream=duty_month.stream_of(person, month), command=count)
        case duty.Assigned() | duty.Released():
            yield from _entrust(state, event.at)
    if isinstance(event, duty.CoverEnded):
        yield from _leave(event, state)


def _looks(stream: UUID, state: duty.Duty, at: datetime) -> Iterable[Due]:
    today = business_day(at)
    yield _look(stream, next_month(month_of(today)))
    days = {status.from_day for status in state.facts.statuses}
    if state.ends_on is not None:
        days.add(state.ends_on + ONE_DAY)
    for day in sorted(day for day in days if day > today):
        yield Due(at=begins(day), reason=LOOK, stream=stream, decider=duty.CATEGORY)
        yield _look(stream, next_month(month_of(day)))


def _look(stream: UUID, month: str) -> Due:
    return Due(at=month_begins(month), reason=LOOK, stream=stream, decider=duty.CATEGORY)


def _care(state: duty.Duty, at: datetime) -> Step:
    facts = state.facts
    note = care.NotePerson(
        person_id=facts.person,
        covered=state.covered,
        township=facts.township,
        village=facts.village,
        ends_on=state.ends_on,
        at=at,
    )
    return Step(decider=care.decider, stream=care.stream_of(facts.person), command=note)


def _entrust(state: duty.Duty, at: datetime) -> Iterable[Step]:
    """The month that runs is answered for by who answers now."""
    facts = state.facts
    entrust = duty_month.Entrust(responsible=state.responsible, township=facts.township, village=facts.village, at=at)
    month = month_of(business_day(at))
    if month in state.opened:
        yield Step(decider=duty_month.decider, stream=duty_month.stream_of(facts.person, month), command=entrust)


def _open(event: duty.MonthOpened, state: duty.Duty) -> duty_month.Open:
    return duty_month.Open(
        person=state.facts.person,
        month=event.month,
        needed=event.needed,
        ways=event.ways,
        township=state.facts.township,
        village=state.facts.village,
        responsible=state.responsible,
        remind_on=event.remind_on,
        at=event.at,
    )


def _leave(event: duty.CoverEnded, state: duty.Duty) -> Iterable[Step]:
    """Every month from that of the last day up to now; where it was not due, nothing happens."""
    month, now = month_of(event.last_day), month_of(business_day(event.at))
    while month <= now:
        leave = duty_month.Leave(last_day=event.last_day, at=event.at)
        stream = duty_month.stream_of(state.facts.person, month)
        yield Step(decider=duty_month.decider, stream=stream, command=leave)
        month = next_month(month)


def of_a_month(recorded: Recorded, _state: duty_month.DutyMonth) -> Iterable[Due | Step]:
    """A reminder before the end, and the end."""
    stream, event = recorded.originator_id, recorded.event
    if isinstance(event, duty_month.Opened):
        over = month_begins(next_month(event.month))
        yield Due(at=begins(event.remind_on), reason=REMIND, stream=stream, decider=duty_month.CATEGORY)
        yield Due(at=over, reason=END_MONTH, stream=stream, decider=duty_month.CATEGORY)


def of_a_contact(recorded: Recorded, state: contact.Recorded) -> Iterable[Due | Step]:
    """Counted for the duty and for the pair where the person was reached; goods become errands."""
    stream, at, person = recorded.originator_id, state.at, state.person_id
    if state.reached:
        reach = duty.Reach(contact_id=stream, day=state.day, way=state.way, at=at)
        yield Step(decider=duty.decider, stream=duty.stream_of(person), command=reach)
        touched = pair.stream_of(person, state.visitor)
        yield Step(decider=pair.decider, stream=touched, command=pair.Touch(day=state.day, at=at))
    for goods in state.goods:
        run = errand.Run(
            person_id=person,
            contact_id=stream,
            goods=goods.goods,
            quantity=goods.quantity,
            amount_fen=goods.amount_fen,
            bought=goods.bought,
            sha256=goods.sha256,
            township=state.township,
            village=state.village,
            day=state.day,
            at=at,
        )
        yield Step(decider=errand.decider, stream=goods.errand_id, command=run)


def of_an_errand(recorded: Recorded, _state: errand.Errand) -> Iterable[Due | Step]:
    """Goods nobody got in the township's days are the county's business."""
    event = recorded.event
    if isinstance(event, errand.Missing):
        due = begins(event.settle_by + ONE_DAY)
        yield Due(at=due, reason=ESCALATE, stream=recorded.originator_id, decider=errand.CATEGORY)


def of_a_pair(recorded: Recorded, state: pair.Pair) -> Iterable[Due | Step]:
    """The day on which the days without contact are over."""
    if state.stage != "ended":
        due = begins(state.lapses_after + ONE_DAY)
        yield Due(at=due, reason=LAPSE, stream=recorded.originator_id, decider=pair.CATEGORY)


def of_a_care(recorded: Recorded, state: care.Care) -> Iterable[Due | Step]:
    """The days on which an agreement begins or has run out, or an order to mend has."""
    for day in care.next_turns(state, recorded.event.at):
        yield Due(at=begins(day), reason=TURN, stream=recorded.originator_id, decider=care.CATEGORY)


WHEN_DUE: Mapping[str, WhenDue] = {
    ROUND: lambda _stream, _state, at: duty_round.Go(at=at),
    LOOK: lambda _stream, _state, at: duty.Look(at=at),
    REMIND: lambda _stream, _state, at: duty_month.Remind(at=at),
    END_MONTH: lambda _stream, _state, at: duty_month.End(at=at),
    ESCALATE: lambda _stream, _state, at: errand.Escalate(at=at),
    LAPSE: lambda _stream, _state, at: pair.Lapse(at=at),
    TURN: lambda _stream, _state, at: care.Turn(at=at),
}
"""The state says what is still to be done; a reminder of a month that is kept does nothing."""
