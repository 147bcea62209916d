"""How a plan is kept fitting: items change from a day on; every month somebody looks whether it still fits.

An increase helps at once; a reduction needs a hearing and a written notice first (art. 48). Only what was approved for
the person is ever added: something new is a need of its own (paper 003, part 2 (1) item 1 and (2) item 2).
"""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day, last_day, month_of, months_before
from services.orders.domain.plan.ending import check_heard, check_running
from services.orders.domain.plan.entries import Entry
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import (
    Change,
    Changed,
    Event,
    FlagStale,
    GrewStale,
    ItemChange,
    Refresh,
    Refreshed,
)
from services.orders.domain.planned import Kind, Per, Planned, per_month
from services.orders.domain.policy import GOODS, Policy, in_force

A_YEAR: dict[Per, int] = {"week": 48, "half_month": 24, "month": 12, "half_year": 2, "as_needed": 0}
"""Slots of a year, by which more and less are told apart."""


def change(command: Change, state: Plan, known: Known) -> list[Event]:
    """By the body that assesses, from today or later."""
    policy = in_force(known.policies, business_day(command.at))
    if command.role != policy.assesses:
        raise Rejected("plan.not_yours_to_change", body=policy.assesses)
    if state.stopped or state.life.died_on is not None:
        raise Rejected("plan.ended")
    if command.from_day < business_day(command.at):
        raise Rejected("plan.change_in_the_past")
    ended: list[int] = []
    begun: list[Planned] = []
    reduction = False
    for number, one in enumerate(command.items, 1):
        given = _given(state, one, command, number)
        planned = [planned_of(one, policy, command, number)] if one.change != "drop" else []
        if [entry.planned for entry in given] == planned:
            continue
        ended.extend(entry.number for entry in given)
        begun.extend(planned)
        reduction = reduction or _volume(one) < sum(_volume_of(entry.planned) for entry in given)
    if not ended and not begun:
        return []
    if reduction:
        code = "plan.reduction_needs_hearing_and_notice"
        check_heard(command.heard_on, command.notified_on, command.at, code)
    return [
        Changed(
            from_day=command.from_day,
            ended=tuple(ended),
            begun=tuple(begun),
            reduction=reduction,
            reason_code=command.reason_code,
            heard_on=command.heard_on,
            notified_on=command.notified_on,
            role=command.role,
            at=command.at,
        )
    ]


def _given(state: Plan, one: ItemChange, command: Change, number: int) -> list[Entry]:
    """What the plan gives of the item on the day or later, which ``add`` leaves as it is."""
    ever = [entry for entry in state.entries if entry.planned.item == one.item]
    if not ever:
        raise Rejected("plan.item_not_approved", number=number)
    given = [entry for entry in ever if entry.last >= command.from_day]
    if one.change == "add":
        return []
    if not given:
        raise Rejected("plan.item_not_planned", number=number)
    return given


def planned_of(one: ItemChange, policy: Policy, command: Change, number: int) -> Planned:
    """The item as it will be given; raises what the catalogue refuses."""
    if one.mode == "charity":
        raise Rejected("policy.item_not_by_this_mode", number=number)
    item = policy.allow(one.item, one.mode, command.from_day, number)
    kind: Kind = "goods" if item.group == GOODS else "purchase" if one.mode == "purchase" else "aid"
    return Planned(
        item=one.item,
        kind=kind,
        times_per_month=per_month(one.per, one.times),
        units=one.units,
        per=one.per,
        times=one.times,
        mode=one.mode,
        provider=one.provider,
        carer=one.carer,
        service_plan=one.service_plan or one.item in policy.plans.service_plan_items,
    )


def _volume(one: ItemChange) -> int:
    """Units a year; an added item reduces nothing."""
    if one.change == "drop":
        return 0
    return A_YEAR[one.per] * one.times * one.units


def _volume_of(planned: Planned) -> int:
    return A_YEAR[planned.per] * (planned.times or planned.times_per_month) * planned.units


def refresh(command: Refresh, state: Plan, known: Known) -> list[Event]:
    """At most every so many months (paper 003, part 2 (1) item 1): by the end of the last of them it is done again."""
    check_running(state)
    if command.looked_on > business_day(command.at):
        raise Rejected("plan.looked_in_the_future")
    if state.refreshed_on == command.looked_on:
        return []
    if state.refreshed_on is not None and command.looked_on < state.refreshed_on:
        raise Rejected("plan.looked_at_later", looked_on=state.refreshed_on.isoformat())
    months = in_force(known.policies, command.looked_on).plans.refresh_months
    return [
        Refreshed(
            looked_on=command.looked_on,
            result=command.result,
            findings=command.findings,
            by=command.by,
            role=command.role,
            due=last_day(months_before(month_of(command.looked_on), -months)),
            at=command.at,
        )
    ]


def flag_stale(command: FlagStale, state: Plan) -> list[Event]:
    """Once for each day that passed."""
    due = state.refresh_due
    if not state.running or state.stale or due is None or business_day(command.at) <= due:
        return []
    return [GrewStale(due=due, at=command.at)]
