"""The care of one person by somebody near: an agreement, and what follows when the carer fails.

    Signed ─ Renewed* ─▶ Ended
        └ Found* ─ Ordered ─ Mended
                       ├ OrderRanOut ──┐
                       └ MendingRefused ┴▶ Signed (another carer, from the next day)

At every moment at most one agreement runs. A carer who does not do the duties is told to mend; only who lets the time
pass or refuses is replaced, and the new carer signs a new agreement (paper 004, part 2 (2) item 3). Who is near on
ordinary days and who comes along to hospital are two things, and nobody under the duty is to lack either.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.care.checks import Known, check_days, check_length, living, only
from services.orders.domain.care.state import Care, evolve
from services.orders.domain.care.words import (
    Command,
    End,
    Ended,
    EscortNamed,
    Event,
    Find,
    Found,
    Judge,
    Mended,
    MendingRefused,
    NameEscort,
    NotePerson,
    Ordered,
    OrderRanOut,
    PersonNoted,
    Rectify,
    Renew,
    Renewed,
    Replace,
    Sign,
    Signed,
    Turn,
    Turned,
)
from services.orders.domain.days import ONE_DAY, business_day
from services.orders.domain.policy import in_force

LEFT = "person_left"


def stream_of(person: UUID) -> UUID:
    """The stream of a person's care."""
    return uuid5(person, "care")


def decide(command: Command, state: Care | None, known: Known) -> list[Event]:
    """Whatever was decided, a turn of what runs today is told in the same breath."""
    events = _decide(command, state, known)
    after = state
    for event in events:
        after = evolve(after, event)
    if after is None:
        return []
    running = after.running_on(business_day(command.at)) is not None
    return [*events, Turned(running=running, at=command.at)] if running != after.running else events


def _decide(command: Command, state: Care | None, known: Known) -> list[Event]:
    match command:
        case Sign():
            return _sign(command, state, known)
        case NameEscort():
            return _escort(command, state, known)
        case NotePerson():
            return _note(command, state)
        case Turn():
            return _turn(command, state) if state else []
    if state is None or state.last is None:
        raise Rejected("care.unknown")
    match command:
        case Replace():
            return _replace(command, state, known)
        case Renew():
            return _renew(command, state, known)
        case End():
            return _end(command, state)
        case Find():
            return _find(command, state)
        case Rectify():
            return _rectify(command, state, known)
        case Judge():
            return _judge(command, state, known)


def _sign(command: Sign, state: Care | None, known: Known) -> list[Event]:
    last = state.last if state else None
    if last is not None and last.terms == command.terms:
        return []
    place = living(known)
    today = business_day(command.at)
    check_days(command.terms, today, in_force(known.policies, today).contacts)
    if last is not None and command.terms.from_day <= last.last:
        raise Rejected("care.agreement_runs")
    return [
        Signed(
            person_id=command.person_id,
            number=last.number + 1 if last else 1,
            terms=command.terms,
            replaces=0,
            township=place.township,
            village=place.village,
            by=command.by,
            at=command.at,
        )
    ]


def _replace(command: Replace, state: Care, known: Known) -> list[Event]:
    last = state.last
    assert last is not None
    if last.terms == command.terms:
        return []
    if state.ends_on is not None:
        raise Rejected("care.person_left")
    if not state.failed:
        raise Rejected("care.rectify_first")
    today = business_day(command.at)
    check_days(command.terms, today, in_force(known.policies, today).contacts)
    if not last.terms.from_day < command.terms.from_day <= last.last:
        raise Rejected("care.days_wrong")
    return [
        Signed(
            person_id=state.person_id,
            number=last.number + 1,
            terms=command.terms,
            replaces=last.number,
            township=state.township,
            village=state.village,
            by=command.by,
            at=command.at,
        )
    ]


def _renew(command: Renew, state: Care, known: Known) -> list[Event]:
    """Before it runs out, and not while the carer is told to mend."""
    last = state.last
    assert last is not None
    today = business_day(command.at)
    if command.valid_to == last.last:
        return []
    if last.last < today:
        raise Rejected("care.ran_out")
    if state.order is not None or state.findings:
        raise Rejected("care.mend_first")
    if command.signed_on > today or command.valid_to < last.last:
        raise Rejected("care.days_wrong")
    check_length(command.signed_on, command.valid_to, in_force(known.policies, today).contacts)
    return [Renewed(signed_on=command.signed_on, valid_to=command.valid_to, by=command.by, at=command.at)]


def _end(command: End, state: Care) -> list[Event]:
    last = state.last
    assert last is not None
    if command.last_day == last.last:
        return []
    if not last.terms.from_day - ONE_DAY <= command.last_day < last.last:
        raise Rejected("care.days_wrong")
    return [Ended(last_day=command.last_day, reason_code=command.reason_code, by=command.by, at=command.at)]


def _find(command: Find, state: Care) -> list[Event]:
    if any(found.finding_id == command.finding_id for found in state.findings):
        return []
    if state.running_on(business_day(command.at)) is None:
        raise Rejected("care.no_agreement_runs")
    return [
        Found(
            finding_id=command.finding_id,
            code=command.code,
            text=command.text,
            contact_id=command.contact_id,
            by=command.by,
            at=command.at,
        )
    ]


def _rectify(command: Rectify, state: Care, known: Known) -> list[Event]:
    today = business_day(command.at)
    rules = in_force(known.policies, today).contacts
    only(command.role, rules)
    if state.order is not None:
        if state.order.due_on == command.due_on:
            return []
        raise Rejected("care.already_ordered")
    if not state.findings:
        raise Rejected("care.nothing_found")
    if not today <= command.due_on <= today + timedelta(days=rules.rectify_within_days):
        raise Rejected("care.due_day_wrong", days=rules.rectify_within_days)
    return [Ordered(due_on=command.due_on, text=command.text, by=command.by, at=command.at)]


def _judge(command: Judge, state: Care, known: Known) -> list[Event]:
    """Mended late is still mended, as long as nobody has signed in the carer's place."""
    only(command.role, in_force(known.policies, business_day(command.at)).contacts)
    if state.order is None:
        raise Rejected("care.nothing_ordered")
    if command.result == "mended":
        return [Mended(text=command.text, by=command.by, at=command.at)]
    return [] if state.failed else [MendingRefused(text=command.text, by=command.by, at=command.at)]


def _escort(command: NameEscort, state: Care | None, known: Known) -> list[Event]:
    place = living(known)
    if command.from_day > business_day(command.at):
        raise Rejected("care.days_wrong")
    return [
        EscortNamed(
            person_id=command.person_id,
            name=command.name,
            phone=command.phone,
            relation=command.relation,
            from_day=command.from_day,
            township=state.township if state else place.township,
            village=state.village if state else place.village,
            by=command.by,
            at=command.at,
        )
    ]


def _note(command: NotePerson, state: Care | None) -> list[Event]:
    """Whoever comes under the duty is looked for here; a death or a move away ends the agreement."""
    told = (command.covered, command.township, command.village, command.ends_on)
    if state is None:
        if not command.covered:
            return []
    elif told == (state.covered, state.township, state.village, state.ends_on):
        return []
    noted = PersonNoted(
        person_id=command.person_id,
        covered=command.covered,
        township=command.township,
        village=command.village,
        ends_on=command.ends_on,
        at=command.at,
    )
    last = state.last if state else None
    if last is None or command.ends_on is None or command.ends_on >= last.last:
        return [noted]
    ends = max(command.ends_on, last.terms.from_day - ONE_DAY)
    return [noted, Ended(last_day=ends, reason_code=LEFT, by="", at=command.at)] if ends < last.last else [noted]


def _turn(command: Turn, state: Care) -> list[Event]:
    order = state.order
    if order is None or state.failed or business_day(command.at) <= order.due_on:
        return []
    return [OrderRanOut(due_on=order.due_on, at=command.at)]


def next_turns(state: Care, at: datetime) -> list[date]:
    """The days on which something begins or is over, after the day of ``at``."""
    today = business_day(at)
    last = state.last
    turns = [last.terms.from_day, last.last + ONE_DAY] if last else []
    if state.order is not None and not state.failed:
        turns.append(state.order.due_on + ONE_DAY)
    return [day for day in turns if day > today]


CATEGORY = "orders.care"
EVENTS: tuple[type[Event], ...] = (
    Signed, Renewed, Ended, Found, Ordered, OrderRanOut, Mended, MendingRefused, EscortNamed, PersonNoted, Turned,
)  # fmt: skip
decider: Decider[Command, Care | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
