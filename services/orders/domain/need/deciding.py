"""Who decides on a need, and when: confirmed, assessed, refused (paper 003, part 4 (2) and (3); part 2 (3) item 4).

Who surveyed decides nothing. A disputed need waits for a democratic review, any other never has one (paper 000).
Urgent help comes first, at once where a recorded emergency says so; its papers are reviewed by somebody else.
"""

from __future__ import annotations

from datetime import date, timedelta

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.need.clocks import filing, starts
from services.orders.domain.need.state import OVER, Event, Known, Need
from services.orders.domain.need.surveying import scored
from services.orders.domain.need.words import (
    Approved,
    Assess,
    Confirm,
    Confirmed,
    Mode,
    Refuse,
    Refused,
    Wanted,
)
from services.orders.domain.planned import Kind, Planned, per_month
from services.orders.domain.policy import GOODS, Policy, in_force
from services.orders.domain.policy.needs import Emergency


def confirm(command: Confirm, state: Need, known: Known) -> list[Event]:
    """By the body that confirms, and there by somebody who neither went there nor decides what is given."""
    if state.confirmed:
        return []
    policy = in_force(known.policies, business_day(command.at))
    only(command.role, policy.approves)
    if state.stage in OVER:
        raise Rejected("need.already_decided", stage=state.stage)
    if not state.surveyed:
        raise Rejected("need.not_surveyed")
    if command.by in state.surveyors:
        raise Rejected("need.confirmer_surveyed")
    if state.approved is not None and command.by == state.approved.by:
        raise Rejected("need.confirmer_assessed")
    _check_verifier(command.by, known)
    _check_dispute(state)
    if state.missing:
        raise Rejected("need.papers_missing", documents=len(state.missing))
    confirmed = Confirmed(by=command.by, role=command.role, at=command.at)
    return [confirmed, *starts(policy, command.at, *_next_steps(state), fast=state.fast)]


def _next_steps(state: Need) -> tuple[str, ...]:
    """After the review comes the assessment, or the notice where help came first."""
    if state.approved is None:
        return ("assess",)
    return ("notice",) if state.approved.plan_id else ()


def assess(command: Assess, state: Need, known: Known) -> list[Event]:
    """Content, mode and amounts; for an urgent need before its papers, which are then due."""
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    emergency = policy.needs.emergency(today)
    urgent = state.urgent or (emergency is not None and emergency.all_urgent)
    first_help = urgent and not state.confirmed
    at_once = {policy.approves_urgent} | (emergency.approves if emergency else frozenset())
    if not (first_help and command.role in at_once):
        only(command.role, policy.assesses)
    items = tuple(_planned(number, each, command.mode, policy, today) for number, each in enumerate(command.items, 1))
    if state.approved is not None:
        before = state.approved
        now = (items, command.mode, command.price_fen, command.amount_fen)
        if (before.items, before.mode, before.price_fen, before.amount_fen) == now:
            return []
        raise Rejected("need.already_decided", stage=state.stage)
    _check_stage(state, urgent=urgent)
    if command.by == state.confirmer:
        raise Rejected("need.confirmer_assessed")
    _check_surveyor(command.by, state)
    _check_verifier(command.by, known)
    _check_dispute(state)
    _check_price(command)
    within = _limits(command, state, policy, urgent=urgent)
    due = today + timedelta(days=_report_within(policy, emergency)) if first_help else None
    approved = Approved(
        items=items,
        mode=command.mode,
        price_fen=command.price_fen,
        rule=command.rule,
        plan_id=command.plan_id if command.mode == "purchase" else None,
        papers_due=due,
        policy=policy.version,
        by=command.by,
        role=command.role,
        at=command.at,
        amount_fen=command.amount_fen,
        within_fen=within,
        override=command.override,
        emergency=first_help and emergency is not None,
        scored=scored(command.answers, known, policy, today) if command.answers else None,
    )
    # What was helped first hangs once it is reviewed: its papers have their own day.
    hangs_next = approved.plan_id and approved.papers_due is None
    notice = starts(policy, command.at, "notice", fast=state.fast) if hangs_next else []
    return [approved, *filing(policy, approved), *notice]


def refuse(command: Refuse, state: Need, known: Known) -> list[Event]:
    """With a written reason, which the person is handed (Social Assistance Law, art. 45)."""
    policy = in_force(known.policies, business_day(command.at))
    if command.role not in {policy.approves, policy.assesses}:
        raise Rejected("need.not_yours_to_decide", body=policy.approves)
    if state.stage == "refused":
        return []
    if state.approved is not None or state.stage in OVER:
        raise Rejected("need.already_decided", stage=state.stage)
    _check_surveyor(command.by, state)
    _check_verifier(command.by, known)
    refused = Refused(reason=command.reason, by=command.by, role=command.role, at=command.at)
    return [refused, *starts(policy, command.at, "refusal_notice", fast=state.fast)]


def only(role: str, *bodies: str) -> None:
    """Refuse who is of none of these bodies."""
    if role not in bodies:
        raise Rejected("need.not_yours_to_decide", body=bodies[0])


def _check_stage(state: Need, *, urgent: bool) -> None:
    if state.stage in OVER:
        raise Rejected("need.already_decided", stage=state.stage)
    if not state.confirmed and not urgent:
        raise Rejected("need.not_confirmed")


def _check_surveyor(by: str, state: Need) -> None:
    if by in state.surveyors:
        raise Rejected("need.surveyor_decided")


def _check_verifier(by: str, known: Known) -> None:
    """Who judged what was done for the person decides on no need of theirs, whichever came first."""
    if by in known.verifiers:
        raise Rejected("need.decider_verified")


def _check_dispute(state: Need) -> None:
    """An objection waits for its review; a review that did not support the need, for a meeting's decision."""
    if state.disputed:
        raise Rejected("need.disputed")
    if state.review is not None and not state.review.supported and state.case is None:
        raise Rejected("need.review_against")


def _check_price(command: Assess) -> None:
    """A price is agreed for charity only, and always names the rule it is paid by; purchases are priced by tariff."""
    if command.mode == "purchase" and (command.price_fen or command.rule):
        raise Rejected("need.purchase_has_no_price")
    if command.price_fen and not command.rule:
        raise Rejected("need.price_needs_a_rule")


def _limits(command: Assess, state: Need, policy: Policy, *, urgent: bool) -> tuple[int, int] | None:
    """The soft limits of one-time help; beyond them stands a reason, or a meeting's decision that allows as much."""
    limits = policy.needs.limits
    if not command.amount_fen or limits is None:
        return None
    least, most = limits.of(urgent=urgent)
    allowed = max(most, state.case.most_fen) if state.case else most
    if command.override is None and not least <= command.amount_fen <= allowed:
        raise Rejected("need.amount_beyond_limits", least_fen=least, most_fen=allowed)
    return least, most


def _report_within(policy: Policy, emergency: Emergency | None) -> int:
    return emergency.report_within_days if emergency else policy.report_within_days


def _planned(number: int, wanted: Wanted, mode: Mode, policy: Policy, day: date) -> Planned:
    way = wanted.way or mode
    if (mode == "charity" and way != "charity") or (mode == "purchase" and way == "charity"):
        raise Rejected("policy.item_not_by_this_mode", number=number)
    item = policy.allow(wanted.item, way, day, number)
    kind: Kind = "goods" if item.group == GOODS else "purchase" if way in ("purchase", "charity") else "aid"
    return Planned(
        item=wanted.item,
        kind=kind,
        times_per_month=per_month(wanted.per, wanted.times) if wanted.times else wanted.times_per_month,
        units=wanted.units,
        per=wanted.per,
        times=wanted.times,
        mode=way,
        provider=wanted.provider,
        carer=wanted.carer,
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        service_plan=wanted.service_plan,
    )
