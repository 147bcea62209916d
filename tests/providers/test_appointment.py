"""A worker is sent inside the order's window and when free, begins once, and is missed where nobody comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.providers.domain import appointment
from tests.providers.examples import ANNING, BAIXIN, ORDER_ID, VISIT_ID, WORKER, hours
from tests.providers.visiting import (
    AN_APPOINTMENT,
    EARLIER,
    ENDED,
    ENDS,
    FREE,
    NOTE,
    OTHER_WORKER,
    POLICY,
    RESCHEDULE,
    SCHEDULE,
    START,
    STARTS,
    TOLERANCE,
    TRIES,
    try_code,
)

SCHEDULED = AN_APPOINTMENT.when(SCHEDULE, known=FREE).events[0]
STARTED = AN_APPOINTMENT.given(SCHEDULED).when(START).events[0]
MISSED = appointment.Missed(at=STARTS + TOLERANCE)


def test_a_worker_is_sent_and_missed_after_the_tolerance() -> None:
    assert (SCHEDULED.worker, SCHEDULED.starts_at, SCHEDULED.missed_at) == (WORKER, STARTS, STARTS + TOLERANCE)


def test_the_same_appointment_again_is_a_repetition_and_another_is_refused() -> None:
    stands = AN_APPOINTMENT.given(SCHEDULED)
    stands.when(SCHEDULE, known=FREE).then()
    stands.when(replace(SCHEDULE, ends_at=ENDS + hours(1)), known=FREE).rejected("appointment.stands_already")


@pytest.mark.parametrize(
    ("command", "known", "code"),
    [
        ({}, {"provider": None}, "appointment.order_not_taken"),
        ({}, {"provider": BAIXIN}, "appointment.order_not_taken"),
        ({"worker": None}, {}, "appointment.worker_not_named"),
        ({}, {"worker_provider": BAIXIN}, "appointment.worker_unknown"),
        ({}, {"worker_left_on": date(2026, 11, 3)}, "appointment.worker_left"),
        ({}, {"worker_busy": True}, "appointment.worker_busy"),
        ({}, {"visit": VISIT_ID}, "appointment.visited_already"),
        ({}, {"window_to": date(2026, 11, 2)}, "appointment.outside_window"),
        ({"ends_at": STARTS}, {}, "appointment.ends_before_it_begins"),
        ({"ends_at": STARTS + timedelta(hours=24, seconds=1)}, {}, "appointment.longer_than_a_day"),
        ({"at": STARTS + timedelta(seconds=1)}, {}, "appointment.in_the_past"),
    ],
)
def test_what_cannot_be_is_refused(command: dict[str, Any], known: dict[str, Any], code: str) -> None:
    AN_APPOINTMENT.when(replace(SCHEDULE, **command), known=replace(FREE, **known)).rejected(code)


def test_an_appointment_moves_to_another_time_and_worker() -> None:
    moved = AN_APPOINTMENT.given(SCHEDULED).when(replace(RESCHEDULE, worker=OTHER_WORKER), known=FREE)
    assert (moved.state.worker, moved.state.starts_at) == (OTHER_WORKER, STARTS + hours(24))
    moved.when(appointment.Miss(at=STARTS + TOLERANCE)).then()


def test_a_missed_appointment_gets_another_time() -> None:
    later = replace(RESCHEDULE, at=STARTS + hours(2))
    assert AN_APPOINTMENT.given(SCHEDULED, MISSED).when(later, known=FREE).state.status == "scheduled"


def test_what_has_begun_is_neither_moved_nor_cancelled() -> None:
    begun = AN_APPOINTMENT.given(SCHEDULED, STARTED)
    begun.when(RESCHEDULE, known=FREE).rejected("appointment.not_open", status="started")
    cancel = appointment.Cancel(provider=ANNING, reason_code="weather", at=STARTS)
    begun.when(cancel).rejected("appointment.not_open", status="started")


def test_another_provider_knows_of_no_appointment() -> None:
    AN_APPOINTMENT.given(SCHEDULED).when(replace(START, provider=BAIXIN)).rejected("appointment.unknown")


def test_a_cancelled_appointment_can_be_made_anew() -> None:
    cancel = appointment.Cancel(provider=ANNING, reason_code="weather", at=EARLIER)
    cancelled = AN_APPOINTMENT.given(SCHEDULED).when(cancel)
    cancelled.then(appointment.Cancelled(reason_code="weather", at=EARLIER))
    assert cancelled.when(SCHEDULE, known=FREE).state.status == "scheduled"


def test_a_beginning_is_told_once() -> None:
    begun = AN_APPOINTMENT.given(SCHEDULED, STARTED)
    assert begun.when(replace(START, started_at=STARTS + timedelta(minutes=5))).events == ()
    assert STARTED.open_until == STARTS + timedelta(hours=POLICY.visits.unended_after_hours)


def test_a_beginning_in_the_future_is_refused_unless_the_device_is_ahead() -> None:
    ahead = replace(START, started_at=START.at + hours(3))
    AN_APPOINTMENT.given(SCHEDULED).when(ahead).rejected("appointment.in_the_future")
    wrong_clock = replace(ahead, device_now=START.at + hours(3))
    (started,) = AN_APPOINTMENT.given(SCHEDULED).when(wrong_clock).events
    assert (started.started_at, started.skew_seconds) == (START.at, -3 * 3600)


def test_nobody_came_in_time() -> None:
    scheduled = AN_APPOINTMENT.given(SCHEDULED)
    scheduled.when(appointment.Miss(at=STARTS + TOLERANCE - timedelta(seconds=1))).then()
    scheduled.when(appointment.Miss(at=STARTS + TOLERANCE)).then(MISSED)
    AN_APPOINTMENT.given(SCHEDULED, STARTED).when(appointment.Miss(at=STARTS + TOLERANCE)).then()


def test_a_beginning_told_late_mends_what_was_taken_for_missed() -> None:
    assert AN_APPOINTMENT.given(SCHEDULED, MISSED).when(replace(START, at=STARTS + hours(9))).state.status == "started"


def test_a_visit_begun_and_never_ended_is_noticed() -> None:
    begun = AN_APPOINTMENT.given(SCHEDULED, STARTED)
    begun.when(appointment.LeaveOpen(at=STARTED.open_until - timedelta(seconds=1))).then()
    left = appointment.LeaveOpen(at=STARTED.open_until)
    begun.when(left).then(appointment.LeftOpen(at=left.at))
    assert begun.when(left).when(NOTE).state.status == "ended"


def test_a_visit_without_appointment_ends_one_that_was_never_made() -> None:
    ended = AN_APPOINTMENT.when(NOTE)
    assert (ended.state.status, ended.state.visit, ended.state.code_right) == ("ended", VISIT_ID, True)
    ended.when(NOTE).then()


def test_an_order_taken_back_calls_the_worker_off() -> None:
    off = appointment.Withdraw(taken_by=None, reason_code="died", at=EARLIER)
    AN_APPOINTMENT.given(SCHEDULED).when(off).then(appointment.Cancelled(reason_code="died", at=EARLIER))
    AN_APPOINTMENT.given(SCHEDULED, STARTED).when(off).then()
    AN_APPOINTMENT.given(SCHEDULED).when(replace(off, taken_by=ANNING)).then()


def test_no_try_counts_after_the_last_one() -> None:
    asked = AN_APPOINTMENT.given(SCHEDULED)
    for _ in range(TRIES):
        asked = asked.when(try_code(), known=FREE)
        assert asked.events == (appointment.CodeWrong(order_id=ORDER_ID, at=EARLIER),)
    asked.when(try_code(1), known=FREE).rejected("code.no_tries_left")


def test_the_right_code_is_right_once_and_for_its_own_attempt_only() -> None:
    right = AN_APPOINTMENT.given(SCHEDULED).when(try_code(1), known=FREE)
    right.then(appointment.CodeRight(order_id=ORDER_ID, at=EARLIER))
    right.when(try_code(), known=FREE).then()
    AN_APPOINTMENT.given(SCHEDULED).when(try_code(2), known=FREE).then(
        appointment.CodeWrong(order_id=ORDER_ID, at=EARLIER)
    )


def test_a_visit_sent_back_has_another_code_and_all_its_tries() -> None:
    wrong = AN_APPOINTMENT.when(replace(NOTE, code="wrong"))
    again = wrong.when(appointment.Reopen(visit=VISIT_ID, at=ENDED + hours(9)))
    assert (again.state.attempt, again.state.wrong_tries, again.state.status) == (2, 0, "open")
    wrong.when(appointment.Reopen(visit=UUID(int=1), at=ENDED)).then()


def test_where_the_county_checks_no_code_none_is_tried() -> None:
    plain = replace(FREE, policy=replace(POLICY, visits=replace(POLICY.visits, code_tries=None)))
    AN_APPOINTMENT.when(try_code(1), known=plain).rejected("code.not_asked_for")
