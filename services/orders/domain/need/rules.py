"""A need: found, surveyed by two, confirmed by the township, assessed by the county, met by purchase or by charity.

    Registered ─ Surveyed ─ Confirmed ─▶ Approved | Refused
    Registered (urgent) ─▶ Approved ─ Surveyed ─ Confirmed        help first, papers after

Who confirms and who assesses is the county's policy (paper 003, part 4 (2) and (3); part 2 (3) item 4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.need.words import (
    Approved,
    Assess,
    Command,
    Confirm,
    Confirmed,
    Event,
    Mode,
    Refuse,
    Refused,
    Register,
    Registered,
    Stage,
    Survey,
    Surveyed,
    Wanted,
)
from services.orders.domain.planned import Kind, Planned
from services.orders.domain.policy import GOODS, Policy, in_force


@dataclass(frozen=True, kw_only=True)
class Need:
    """A registered need; ``approved`` is the decision once it is made. ``surveyors`` are the two who went there."""

    registered: Registered
    stage: Stage = "registered"
    surveyed: bool = False
    confirmed: bool = False
    approved: Approved | None = None
    surveyors: tuple[str, ...] = ()
    confirmer: str = ""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where the person of a need lives, and whether help would come too late."""

    township: str
    village: str
    died: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, the number the next need gets, and the person's home (None: nobody known)."""

    policies: tuple[Policy, ...]
    next_number: int
    home: Home | None


def decide(command: Command, state: Need | None, known: Known) -> list[Event]:
    """One step after the other, each by the body the policy names; urgent needs may be helped first."""
    if isinstance(command, Register):
        return [] if state is not None else [_registered(command, known)]
    if state is None:
        raise Rejected("need.unknown")
    match command:
        case Survey():
            return _survey(command, state)
        case Confirm():
            return _confirm(command, state, known)
        case Assess():
            return _assess(command, state, known)
        case Refuse():
            return _refuse(command, state, known)


def evolve(state: Need | None, event: Event) -> Need:
    """The need after ``event``."""
    if isinstance(event, Registered):
        return Need(registered=event)
    assert state is not None
    match event:
        case Surveyed():
            stage: Stage = "surveyed" if state.stage == "registered" else state.stage
            return replace(state, surveyed=True, stage=stage, surveyors=(event.village_worker, event.aide))
        case Confirmed():
            stage = "confirmed" if state.stage == "surveyed" else state.stage
            return replace(state, confirmed=True, stage=stage, confirmer=event.by)
        case Approved():
            return replace(state, approved=event, stage="approved")
        case Refused():
            return replace(state, stage="refused")


def _registered(command: Register, known: Known) -> Registered:
    if known.home is None:
        raise Rejected("need.person_unknown")
    if known.home.died:
        raise Rejected("beneficiary.died")
    policy = in_force(known.policies, business_day(command.at))
    for number, item in enumerate(command.items, 1):
        policy.item(item, business_day(command.at), number)
    return Registered(
        number=known.next_number,
        person_id=command.person_id,
        township=known.home.township,
        village=known.home.village,
        items=command.items,
        channel=command.channel,
        urgent=command.urgent,
        conflict_of_interest=command.conflict_of_interest,
        by=command.by,
        at=command.at,
    )


def _survey(command: Survey, state: Need) -> list[Event]:
    """Exactly two different people (paper 001); whoever declared a conflict of interest is not one of them."""
    if state.surveyed:
        return []
    if state.stage == "refused":
        raise Rejected("need.already_decided", stage=state.stage)
    team = {command.village_worker, command.aide}
    if len(team) != 2:
        raise Rejected("need.survey_needs_two_people")
    if state.registered.conflict_of_interest and state.registered.by in team:
        raise Rejected("need.conflict_of_interest")
    return [
        Surveyed(village_worker=command.village_worker, aide=command.aide, findings=command.findings, at=command.at)
    ]


def _confirm(command: Confirm, state: Need, known: Known) -> list[Event]:
    """By the body that confirms, and there by somebody who neither went there nor decides what is given."""
    if state.confirmed:
        return []
    _only(command.role, in_force(known.policies, business_day(command.at)).approves)
    if state.stage == "refused":
        raise Rejected("need.already_decided", stage=state.stage)
    if not state.surveyed:
        raise Rejected("need.not_surveyed")
    if command.by in state.surveyors:
        raise Rejected("need.confirmer_surveyed")
    if state.approved is not None and command.by == state.approved.by:
        raise Rejected("need.confirmer_assessed")
    return [Confirmed(by=command.by, role=command.role, at=command.at)]


def _assess(command: Assess, state: Need, known: Known) -> list[Event]:
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    first_help = state.registered.urgent and not state.confirmed
    if not (first_help and command.role == policy.approves_urgent):
        _only(command.role, policy.assesses)
    wanted = enumerate(command.items, 1)
    items = tuple(_planned(number, each, command.mode, policy, today) for number, each in wanted)
    if state.approved is not None:
        before = state.approved
        if (before.items, before.mode, before.price_fen) == (items, command.mode, command.price_fen):
            return []
        raise Rejected("need.already_decided", stage=state.stage)
    _check_stage(state)
    if command.by == state.confirmer:
        raise Rejected("need.confirmer_assessed")
    _check_price(command)
    return [
        Approved(
            items=items,
            mode=command.mode,
            price_fen=command.price_fen,
            rule=command.rule,
            plan_id=command.plan_id if command.mode == "purchase" else None,
            papers_due=today + timedelta(days=policy.report_within_days) if first_help else None,
            policy=policy.version,
            by=command.by,
            role=command.role,
            at=command.at,
        )
    ]


def _check_stage(state: Need) -> None:
    if state.stage == "refused":
        raise Rejected("need.already_decided", stage=state.stage)
    if not state.confirmed and not state.registered.urgent:
        raise Rejected("need.not_confirmed")


def _check_price(command: Assess) -> None:
    """A price is agreed for charity only, and always names the rule it is paid by; purchases are priced by tariff."""
    if command.mode == "purchase" and (command.price_fen or command.rule):
        raise Rejected("need.purchase_has_no_price")
    if command.price_fen and not command.rule:
        raise Rejected("need.price_needs_a_rule")


def _refuse(command: Refuse, state: Need, known: Known) -> list[Event]:
    policy = in_force(known.policies, business_day(command.at))
    if command.role not in {policy.approves, policy.assesses}:
        raise Rejected("need.not_yours_to_decide", body=policy.approves)
    if state.stage == "refused":
        return []
    if state.approved is not None:
        raise Rejected("need.already_decided", stage=state.stage)
    return [Refused(reason=command.reason, by=command.by, role=command.role, at=command.at)]


def _planned(number: int, wanted: Wanted, mode: Mode, policy: Policy, day: date) -> Planned:
    item = policy.allow(wanted.item, mode, day, number)
    kind: Kind = "goods" if item.group == GOODS else "purchase"
    return Planned(item=wanted.item, kind=kind, times_per_month=wanted.times_per_month, units=wanted.units)


def _only(role: str, body: str) -> None:
    if role != body:
        raise Rejected("need.not_yours_to_decide", body=body)


CATEGORY = "orders.need"
decider: Decider[Command, Need | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Registered, Surveyed, Confirmed, Approved, Refused),
)
