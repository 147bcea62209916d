"""Deadlines: working days by the recorded calendar, and whose business a late step is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.orders.domain.deadline import Calendar, Clock, begun, days_after, late, worst
from tests.orders.examples import at, day

GOLDEN_WEEK = Calendar(
    holidays=frozenset(day(f"2024-10-0{number}") for number in (1, 2, 3, 4, 7)),
    workdays=frozenset({day("2024-09-29"), day("2024-10-12")}),
)
REVIEW = Clock(step="review", days=5, working=True, fast_days=2, escalate_after_days=3)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def test_working_days_skip_week_ends_and_recorded_holidays():
    assert days_after(day("2024-09-30"), 1, GOLDEN_WEEK) == day("2024-10-08")


def test_a_week_end_that_is_worked_counts():
    assert days_after(day("2024-09-27"), 1, GOLDEN_WEEK) == day("2024-09-29")
    assert days_after(day("2024-10-11"), 2, GOLDEN_WEEK) == day("2024-10-14")


def test_calendar_days_skip_nothing():
    assert days_after(day("2024-09-30"), 3, None) == day("2024-10-03")


def test_a_step_is_late_after_its_last_day_only():
    running = begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=False)
    assert running.due_on == day("2024-10-14")
    assert running.level_on(day("2024-10-14")) == ""
    assert running.level_on(day("2024-10-15")) == "township"


def test_it_becomes_the_countys_business_when_the_township_does_nothing():
    running = begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=False)
    assert running.county_on == day("2024-10-17")
    assert running.level_on(day("2024-10-18")) == "county"


def test_who_is_late_is_told_once_a_level():
    running = begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=False)
    [told] = late((running,), day("2024-10-16"))
    assert told.level == "township"
    assert late((told,), day("2024-10-17")) == ()
    assert [one.level for one in late((told,), day("2024-10-18"))] == ["county"]


def test_urgent_steps_have_fewer_days():
    assert begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=True).due_on == day("2024-10-10")


def test_it_is_looked_at_when_the_day_after_begins_in_shanghai():
    running = begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=True)
    assert running.wakes_at == at("2024-10-11", "00:00")


def test_the_longest_late_step_is_shown():
    early = late((begun(REVIEW, GOLDEN_WEEK, day("2024-10-08"), fast=True),), day("2024-11-01"))
    later = late((begun(REVIEW, GOLDEN_WEEK, day("2024-10-09"), fast=False),), day("2024-11-01"))
    shown = worst((*later, *early))
    assert shown is not None
    assert shown.due_on == day("2024-10-10")


@given(start=days, count=st.integers(0, 40), holidays=st.frozensets(days, max_size=20))
def test_exactly_so_many_working_days_lie_between(start: date, count: int, holidays: frozenset[date]):
    calendar = Calendar(holidays=holidays)
    last = days_after(start, count, calendar)
    between = [start + timedelta(days=number) for number in range(1, (last - start).days + 1)]
    assert sum(calendar.works_on(each) for each in between) == count
    assert last == start or calendar.works_on(last)
