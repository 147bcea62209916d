"""Every step of a need is timed as the pack says, and a late one is told to township and county."""

from __future__ import annotations

from dataclasses import replace

from chassis.service import Due, Recorded
from services.orders.domain import need
from services.orders.reactions import reactions
from tests.orders.examples import (
    NEED,
    at,
    confirm,
    confirmed,
    day,
    known_need,
    need_registered,
    register_need,
    survey,
    surveyed,
)
from tests.orders.needs_in_depth import a_need, assess, classify, known, refuse, waiting


def steps(state: need.Need) -> dict[str, str]:
    return {clock.step: clock.due_on.isoformat() for clock in state.clocks}


def test_registered_it_is_to_be_accepted_and_surveyed():
    assert steps(a_need.when(register_need, known).state) == {"accept": "2024-09-05", "survey": "2024-09-10"}


def test_the_fast_lane_has_fewer_days():
    fast = a_need.when(replace(register_need, fast_lane=True), known).state
    assert steps(fast) == {"accept": "2024-09-04", "survey": "2024-09-05"}


def test_accepted_only_the_survey_is_waited_for():
    assert steps(a_need.when(register_need, known).when(classify, known).state) == {"survey": "2024-09-10"}


def test_each_step_starts_the_next_clock():
    gone = a_need.when(register_need, known).when(survey, known)
    assert steps(gone.state) == {"review": "2024-09-11"}
    passed = gone.when(confirm, known)
    assert steps(passed.state) == {"assess": "2024-09-12"}
    assert steps(passed.when(assess, known).state) == {"notice": "2024-09-11"}


def test_a_refusal_is_to_be_handed_over():
    refused = a_need.when(register_need, known).when(survey, known).when(refuse, known)
    assert steps(refused.state) == {"refusal_notice": "2024-09-13"}


def test_a_pack_that_names_no_days_starts_no_clock():
    plain = a_need.when(register_need, known_need).when(survey, known_need).when(confirm, known_need)
    assert steps(plain.state) == {}


def test_in_time_nothing_is_told():
    a_need.when(register_need, known).when(need.CheckClocks(at=at("2024-09-05", "23:59")), known).then()


def test_late_it_is_told_once_a_level():
    late = a_need.when(register_need, known).when(need.CheckClocks(at=at("2024-09-06", "00:00")), known)
    [told] = late.events
    assert (told.step, told.level, told.due_on) == ("accept", "township", day("2024-09-05"))
    late.when(need.CheckClocks(at=at("2024-09-06", "12:00")), known).then()
    [again] = late.when(need.CheckClocks(at=at("2024-09-11", "00:00")), known).events[:1]
    assert (again.step, again.level) == ("accept", "county")


def test_done_late_it_is_not_late_any_more():
    late = a_need.when(register_need, known).when(need.CheckClocks(at=at("2024-09-12", "00:00")), known)
    assert {clock.level for clock in late.state.clocks} == {"township", "county"}
    assert [clock.level for clock in late.when(survey, known).state.clocks] == [""]


def test_a_clock_is_looked_at_by_itself():
    begun = a_need.when(register_need, known)
    started = [event for event in begun.events if isinstance(event, need.ClockStarted)]
    dues = [
        due
        for event in started
        for due in reactions(Recorded(originator_id=NEED, originator_version=2, event=event), begun.state)
    ]
    assert [(due.at, due.reason) for due in dues if isinstance(due, Due)] == [
        (at("2024-09-06", "00:00"), "need_clock"),
        (at("2024-09-11", "00:00"), "need_clock"),
    ]


def test_of_before_a_need_without_clocks_goes_on():
    assert steps(a_need.given(need_registered, surveyed, confirmed).state) == {}
    assert waiting.when(need.CheckClocks(at=at("2030-01-01")), known).events == ()
