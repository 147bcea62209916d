"""A beneficiary: who is helped, under a service number, with the status that tariffs look at, day by day.

    Registered ─ StatusChanged* ─ StayNoted* ─▶ Died

Names, numbers and addresses are sealed; the status history (care tier, categories, hospital stays) is what a plan and
its monthly facts need. A person has one running plan (one household, one plan: paper 003, part 2 (4) item 8);
a need approved later widens it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import get_args
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.beneficiary.dossier import grow
from services.orders.domain.beneficiary.dossier_rules import Subject, follow, keep
from services.orders.domain.beneficiary.dossier_words import (
    AssessSelfCare,
    CategoriesDerived,
    CertificateRecorded,
    DeriveCategories,
    DossierCommand,
    DossierEvent,
    GuardianChecked,
    GuardianEnded,
    GuardianNamed,
    HouseholdNoted,
    MaterialFiled,
    NoteHousehold,
    RecordCertificate,
    SelfCareAssessed,
    Turned,
)
from services.orders.domain.beneficiary.moving import begin_move, move
from services.orders.domain.beneficiary.moving_words import BeginMove, Move, MoveBegan, Moved
from services.orders.domain.beneficiary.state import Beneficiary
from services.orders.domain.beneficiary.words import (
    ChangeStatus,
    Command,
    Died,
    EndPlan,
    Event,
    GrantPlan,
    NoteStay,
    PlanEnded,
    PlanGranted,
    PlanWidened,
    RecordDeath,
    Register,
    Registered,
    StatusChanged,
    StayNoted,
)
from services.orders.domain.categories import effective
from services.orders.domain.days import business_day
from services.orders.domain.person import Person
from services.orders.domain.place import Home, home_on, with_home
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.status import Status, Stay, status_on, with_status, with_stay


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, the number the next person gets, and who has the same identity number already."""

    policies: tuple[Policy, ...]
    county: str
    next_number: int
    duplicate: UUID | None = None


def decide(command: Command, state: Beneficiary | None, known: Known) -> list[Event]:
    """Nobody twice, nobody without a known status, nothing after death but what happened before it.

    Where a fact changes from which categories follow, they are reckoned again for all days.
    """
    events = _decide(command, state, known)
    if not isinstance(command, FOLLOWED) or not (events or isinstance(command, DeriveCategories)):
        return events
    after = reduce(evolve, events, state)
    return events if after is None else [*events, *follow(_subject(after, known), command.at)]


def _decide(command: Command, state: Beneficiary | None, known: Known) -> list[Event]:
    if isinstance(command, Register):
        return _register(command, state, known)
    if state is None:
        raise Rejected("beneficiary.unknown")
    if isinstance(command, DossierCommand):
        return [*keep(command, _subject(state, known))]
    match command:
        case ChangeStatus():
            return _change(command, state, known)
        case NoteStay():
            return _stay(command, state)
        case RecordDeath():
            return _death(command, state)
        case GrantPlan():
            return _grant(command, state)
        case EndPlan():
            ended = PlanEnded(plan_id=command.plan_id, at=command.at)
            return [ended] if state.plan_id == command.plan_id else []
        case Move():
            return [*move(command, state, known.county)]
        case BeginMove():
            return [*begin_move(command, state)]


def evolve(state: Beneficiary | None, event: Event) -> Beneficiary:
    """The person after ``event``."""
    return replace(_evolve(state, event), as_of=business_day(event.at))


def _evolve(state: Beneficiary | None, event: Event) -> Beneficiary:
    if isinstance(event, Registered):
        first = Status(from_day=date.min, tier=event.person.tier, categories=event.person.categories)
        home = Home(from_day=date.min, township=event.person.township, village=event.person.village)
        return Beneficiary(
            service_number=event.service_number,
            number=event.number,
            person=event.person,
            statuses=(first,),
            recorded=(first,),
            registered_on=business_day(event.at),
            homes=(home,),
        )
    assert state is not None
    match event:
        case StatusChanged():
            began = Status(from_day=event.from_day, tier=event.tier, categories=event.categories)
            recorded = with_status(state.recorded, began)
            return replace(state, recorded=recorded, statuses=effective(recorded, state.dossier.derived))
        case StayNoted():
            return replace(state, stays=with_stay(state.stays, Stay(event.admitted, event.discharged)))
        case Died():
            return replace(state, died_on=event.day)
        case PlanGranted():
            needs, plans = state.needs | {event.need_id}, (*state.plans, event.plan_id)
            return replace(state, plan_id=event.plan_id, needs=needs, plans=plans)
        case PlanWidened():
            return replace(state, plan_id=event.plan_id, needs=state.needs | {event.need_id})
        case PlanEnded():
            return replace(state, plan_id=None)
        case CategoriesDerived():
            return replace(state, dossier=grow(state.dossier, event), statuses=effective(state.recorded, event.spans))
        case (
            CertificateRecorded()
            | SelfCareAssessed()
            | GuardianNamed()
            | GuardianChecked()
            | GuardianEnded()
            | MaterialFiled()
            | HouseholdNoted()
            | Turned()
        ):
            return replace(state, dossier=grow(state.dossier, event))
        case Moved():
            home = Home(from_day=event.from_day, township=event.township, village=event.village)
            moved = replace(state, homes=with_home(state.homes, home))
            return _settled(moved, business_day(event.at))
        case MoveBegan():
            return _settled(state, event.day)


def _settled(state: Beneficiary, today: date) -> Beneficiary:
    """With the home of ``today`` as the one of now."""
    return replace(state, lives_since=home_on(state.homes, today).from_day)


def _subject(state: Beneficiary, known: Known) -> Subject:
    return Subject(
        born=state.person.born,
        died_on=state.died_on,
        recorded=state.recorded,
        statuses=state.statuses,
        as_of=state.as_of,
        dossier=state.dossier,
        policies=known.policies,
    )


def _register(command: Register, state: Beneficiary | None, known: Known) -> list[Event]:
    if state is not None:
        return []
    if known.duplicate is not None:
        raise Rejected("beneficiary.duplicate", person=str(known.duplicate))
    _check_region(command.person, known.county)
    if command.person.born > business_day(command.at):
        raise Rejected("beneficiary.born_in_the_future")
    _check_categories(command.person.categories, known.policies, business_day(command.at))
    number = known.next_number
    person = replace(command.person, categories=_sorted(command.person.categories))
    service_number = f"{known.county}{number:07}"
    return [Registered(service_number=service_number, number=number, person=person, at=command.at)]


def _change(command: ChangeStatus, state: Beneficiary, known: Known) -> list[Event]:
    if state.died_on is not None and command.from_day > state.died_on:
        raise Rejected("beneficiary.died")
    before = status_on(state.recorded, command.from_day)
    tier = command.tier or before.tier
    categories = before.categories if command.categories is None else _sorted(command.categories)
    _check_categories(command.categories or categories, known.policies, business_day(command.at))
    if (tier, categories) == (before.tier, before.categories):
        return []
    return [StatusChanged(tier=tier, categories=categories, from_day=command.from_day, at=command.at)]


def _stay(command: NoteStay, state: Beneficiary) -> list[Event]:
    stay = Stay(command.admitted, command.discharged)
    if command.discharged is not None and command.discharged < command.admitted:
        raise Rejected("beneficiary.discharged_before_admitted")
    if state.died_on is not None and command.admitted > state.died_on:
        raise Rejected("beneficiary.died")
    if stay in state.stays:
        return []
    return [StayNoted(admitted=command.admitted, discharged=command.discharged, at=command.at)]


def _death(command: RecordDeath, state: Beneficiary) -> list[Event]:
    if state.died_on == command.day:
        return []
    if state.died_on is not None:
        raise Rejected("beneficiary.died")
    if command.day > business_day(command.at) or command.day < state.person.born:
        raise Rejected("beneficiary.death_day_wrong")
    return [Died(day=command.day, at=command.at)]


def _grant(command: GrantPlan, state: Beneficiary) -> list[Event]:
    if command.need_id in state.needs:
        return []
    if state.died_on is not None:
        raise Rejected("beneficiary.died")
    if state.plan_id is None:
        plan_id = command.plan_id
        return [
            PlanGranted(
                plan_id=plan_id, need_id=command.need_id, items=command.items, at=command.at, urgent=command.urgent
            )
        ]
    return [
        PlanWidened(
            plan_id=state.plan_id, need_id=command.need_id, items=command.items, at=command.at, urgent=command.urgent
        )
    ]


def _check_region(person: Person, county: str) -> None:
    """A village lies in its township, a township in its county; a local unit's regions are those of its county code."""
    if not person.village.startswith(person.township) or not person.township.startswith(county[:6]):
        raise Rejected("beneficiary.region_wrong")


def _check_categories(categories: tuple[str, ...], policies: tuple[Policy, ...], day: date) -> None:
    known = in_force(policies, day).categories
    for number, category in enumerate(categories, 1):
        if category not in known:
            raise Rejected("policy.category_unknown", number=number)


def _sorted(categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(categories)))


CATEGORY = "orders.beneficiary"
FOLLOWED = (Register, ChangeStatus, RecordCertificate, AssessSelfCare, NoteHousehold, DeriveCategories)
"""Commands that change what categories follow from."""
EVENTS: tuple[type[Event], ...] = (
    Registered, StatusChanged, StayNoted, Died, PlanGranted, PlanWidened, PlanEnded, Moved, MoveBegan,
    *get_args(DossierEvent),
)  # fmt: skip
decider: Decider[Command, Beneficiary | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
