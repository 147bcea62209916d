"""How a plan rests and ends. A reduction or stop needs a hearing and a written notice first (art. 48), but for moving
away; death ends it by itself."""

from __future__ import annotations

from datetime import date, datetime

from chassis.kernel import Rejected
from services.orders.domain.days import business_day, first_day, last_day, month_of, months_before, next_month
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import (
    Event,
    Finish,
    Finished,
    PhasedOut,
    PhaseOut,
    Resume,
    Resumed,
    Stop,
    Stopped,
    Suspend,
    Suspended,
)
from services.orders.domain.policy import in_force

MOVED_AWAY = "moved_away"
"""The one stop, death apart, that needs no hearing (art. 48)."""


def stop(command: Stop, state: Plan) -> list[Event]:
    """End with a day; a plan that is to end later may end earlier."""
    if state.stopped:
        if state.life.ends_on == command.last_day:
            return []
        if state.finished or state.life.ends_on is None or command.last_day > state.life.ends_on:
            raise Rejected("plan.ended")
    if state.started and command.last_day < state.life.begins_on:
        raise Rejected("plan.stops_before_it_starts")
    if command.reason_code != MOVED_AWAY:
        check_heard(command.heard_on, command.notified_on, command.at)
    return [
        Stopped(
            last_day=command.last_day,
            reason_code=command.reason_code,
            heard_on=command.heard_on,
            notified_on=command.notified_on,
            at=command.at,
        )
    ]


def phase_out(command: PhaseOut, state: Plan, known: Known) -> list[Event]:
    """From the 1st of the next month for some months, at most as many as the pack allows."""
    if state.phase is not None and state.phase.months == command.months:
        return []
    check_running(state)
    if state.stopped:
        raise Rejected("plan.ended")
    today = business_day(command.at)
    longest = in_force(known.policies, today).plans.phase_out_months
    if command.months > longest:
        raise Rejected("plan.phase_out_too_long", months=longest)
    check_heard(command.heard_on, command.notified_on, command.at)
    first = next_month(month_of(max(today, state.life.begins_on)))
    return [
        PhasedOut(
            first_month=first,
            months=command.months,
            way=command.way,
            last_day=last_day(months_before(first, 1 - command.months)),
            reason_code=command.reason_code,
            heard_on=command.heard_on,
            notified_on=command.notified_on,
            at=command.at,
        )
    ]


def check_heard(heard: date | None, notified: date | None, at: datetime, code: str = "") -> None:
    """Heard first, then told in writing, both before the decision."""
    if heard is None or notified is None or not heard <= notified <= business_day(at):
        raise Rejected(code or "plan.stop_needs_hearing_and_notice")


def check_running(state: Plan) -> None:
    """Raises ``plan.not_running``."""
    if not state.running:
        raise Rejected("plan.not_running")


def suspend(command: Suspend, state: Plan) -> list[Event]:
    """From a day of this month or the last one on, in days that are not suspended already."""
    check_running(state)
    until = command.to_day or date.max
    if any((span.first, span.last) == (command.from_day, until) for span in state.life.suspended):
        return []
    earliest = first_day(months_before(month_of(business_day(command.at)), 1))
    overlaps = any(span.first <= until and command.from_day <= span.last for span in state.life.suspended)
    if until < command.from_day or command.from_day < earliest or overlaps:
        raise Rejected("plan.suspension_wrong", earliest=earliest.isoformat())
    return [Suspended(from_day=command.from_day, to_day=command.to_day, reason=command.reason, at=command.at)]


def resume(command: Resume, state: Plan) -> list[Event]:
    """Whatever rests on or after the day goes on."""
    check_running(state)
    earliest = first_day(months_before(month_of(business_day(command.at)), 1))
    if command.from_day < earliest:
        raise Rejected("plan.suspension_wrong", earliest=earliest.isoformat())
    rests = any(span.last >= command.from_day for span in state.life.suspended)
    return [Resumed(from_day=command.from_day, at=command.at)] if rests else []


def finish(command: Finish, state: Plan) -> list[Event]:
    """Once its last day has passed."""
    ends = state.life.ends_on
    passed = state.stopped and ends is not None and ends < business_day(command.at)
    return [Finished(at=command.at)] if passed and not state.finished else []
