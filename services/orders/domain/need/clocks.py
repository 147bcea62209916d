"""The clocks of a need: each step is timed as the pack says; a late one is the township's, then the county's.

Found in time, answered fast, helped at once (paper 000, part 1): a step that takes too long is an event, not a report
that somebody asks for.
"""

from __future__ import annotations

from datetime import datetime

from services.orders.domain.days import business_day
from services.orders.domain.deadline import days_after, late
from services.orders.domain.need.state import Event, Need
from services.orders.domain.need.words import Approved
from services.orders.domain.need.words_beside import CheckClocks, ClockStarted, StepOverdue
from services.orders.domain.policy import Policy
from services.orders.domain.policy.needs import ESCALATE_AFTER_DAYS


def starts(policy: Policy, at: datetime, *steps: str, fast: bool) -> list[Event]:
    """The clocks of ``steps`` that the policy names."""
    today = business_day(at)
    running = [one for one in (policy.needs.starts(step, today, fast=fast) for step in steps) if one]
    return [ClockStarted(step=one.step, due_on=one.due_on, county_on=one.county_on, at=at) for one in running]


def filing(policy: Policy, approved: Approved) -> list[Event]:
    """The clock of an urgent approval's papers: it always runs, to the day that the approval names."""
    due_on = approved.papers_due
    if due_on is None:
        return []
    clock = policy.needs.clocks.get("filing")
    working = policy.needs.calendar if clock and clock.working else None
    county_on = days_after(due_on, clock.escalate_after_days if clock else ESCALATE_AFTER_DAYS, working)
    return [ClockStarted(step="filing", due_on=due_on, county_on=county_on, at=approved.at)]


def check(command: CheckClocks, state: Need) -> list[Event]:
    """Every step that has become later than anybody was told."""
    reached = late(state.clocks, business_day(command.at))
    return [StepOverdue(step=one.step, level=one.level, due_on=one.due_on, at=command.at) for one in reached]
