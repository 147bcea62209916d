"""A plan before it runs: drawn from an approved need, widened by further ones, signed, started.

Service starts after the notice hangs (art. 45); an urgent need is helped first (art. 50).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chassis.kernel import Rejected
from services.orders.domain.days import business_day, completed_years, last_day, month_of, months_before
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import (
    Agree,
    Agreed,
    Draw,
    Drawn,
    Event,
    Start,
    Started,
    Widen,
    Widened,
)
from services.orders.domain.planned import Planned
from services.orders.domain.policy import Policy, in_force

START_MONTHS_MAX = 12
"""A plan starts at most this many months before or after the day it is started on."""
OF_AGE = 18


def draw(command: Draw, known: Known) -> list[Event]:
    """The plan of a person's first need."""
    return [
        Drawn(
            plan_id=command.plan_id,
            person=command.person,
            need_id=command.need_id,
            items=_marked(command.items, in_force(known.policies, business_day(command.at))),
            born=command.born,
            statuses=command.statuses,
            stays=command.stays,
            township=command.township,
            village=command.village,
            at=command.at,
            urgent=command.urgent,
        )
    ]


def widen(command: Widen, state: Plan, known: Known) -> list[Event]:
    """Once for each need. A plan that hangs already has to hang again for it; urgent help does not wait for that."""
    if command.need_id in state.needs:
        return []
    items = _marked(command.items, in_force(known.policies, business_day(command.at)))
    unposted = state.notice_on is not None and not command.urgent
    return [
        Widened(need_id=command.need_id, items=items, at=command.at, urgent=command.urgent, unposted=unposted),
    ]


def _marked(items: Iterable[Planned], policy: Policy) -> tuple[Planned, ...]:
    """Items for which the county wants a plan of service first say so."""
    asks = policy.plans.service_plan_items
    return tuple(replace(item, service_plan=True) if item.item in asks else item for item in items)


def agree(command: Agree, state: Plan, known: Known) -> list[Event]:
    """Minors, and who is found unable, do not sign for themselves; a guardian who was found unable signs for nobody."""
    if (state.agreed_on, state.agreed_by) == (command.signed_on, command.signed_by):
        return []
    if command.signed_on > business_day(command.at):
        raise Rejected("plan.signed_in_the_future")
    adult = completed_years(state.life.born, command.signed_on) >= OF_AGE
    if command.signed_by == "person" and not adult:
        raise Rejected("plan.guardian_must_sign")
    if command.signed_by == "guardian":
        if known.guardian in ("", "unable"):
            raise Rejected("plan.guardian_not_able")
        if adult and not command.reason_code:
            raise Rejected("plan.guardian_needs_a_reason")
    return [
        Agreed(
            signed_by=command.signed_by,
            signed_on=command.signed_on,
            digest=command.digest,
            reason_code=command.reason_code,
            at=command.at,
        )
    ]


def start(command: Start, state: Plan, known: Known) -> list[Event]:
    """After notice and, where the county asks for it, agreement; never in a month of another plan of the person."""
    if state.started:
        if state.life.begins_on == command.from_day:
            return []
        raise Rejected("plan.already_started", from_day=state.life.begins_on.isoformat())
    if state.stopped or (state.life.died_on is not None and state.life.died_on < command.from_day):
        raise Rejected("plan.ended")
    today = business_day(command.at)
    earliest, latest = (
        months_before(month_of(today), START_MONTHS_MAX),
        months_before(month_of(today), -START_MONTHS_MAX),
    )
    if not earliest <= month_of(command.from_day) <= latest:
        raise Rejected("plan.starts_too_far_away", earliest_month=earliest, latest_month=latest)
    until = known.other_plan_until
    if until is not None and month_of(command.from_day) <= month_of(until):
        raise Rejected("plan.another_plan_runs", until=until.isoformat() if until < date.max else None)
    rules = in_force(known.policies, today).plans
    if not state.urgent:
        _check_ready(state, rules.agreement_required)
    due = last_day(months_before(month_of(max(command.from_day, today)), -rules.refresh_months))
    return [Started(from_day=command.from_day, at=command.at, refresh_due=due)]


def _check_ready(state: Plan, agreement_required: bool) -> None:
    if state.notice_on is None:
        raise Rejected("plan.notice_missing")
    if agreement_required and state.agreed_on is None:
        raise Rejected("plan.agreement_missing")
