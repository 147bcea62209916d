"""A visit is taken when it can be true; what is odd about it is noticed, and only what a person did is red."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.providers.domain.visit import Known, Report
from tests.providers.examples import A_VISIT, ANNING, BAIXIN, NEARBY, ORDER_ID, POLICY, TOWN, WORKER, hours

STARTED = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
ENDED = STARTED + timedelta(minutes=45, seconds=30)
REPORT = Report(
    order_id=ORDER_ID,
    provider=ANNING,
    worker=WORKER,
    item="home_cleaning",
    units=1,
    started_at=STARTED,
    ended_at=ENDED,
    place=NEARBY,
    photos=("a" * 64,),
    code_given=True,
    by="anning-system",
    at=ENDED + hours(1),
)
AROUND = Known(
    policy=POLICY,
    window_from=date(2026, 11, 1),
    window_to=date(2026, 11, 7),
    village=TOWN,
    worker_provider=ANNING,
    worker_left_on=None,
    photo_reused=False,
    worker_elsewhere=False,
)


def noticed(report: Report, around: Known = AROUND) -> list[tuple[str, str]]:
    (completed,) = A_VISIT.when(report, known=around).events
    return [(one.code, one.colour) for one in completed.exceptions]


def test_a_visit_as_it_should_be_has_no_exceptions() -> None:
    assert noticed(REPORT) == []


def test_a_visit_carries_its_day_and_time_in_shanghai_and_whole_minutes() -> None:
    (completed,) = A_VISIT.when(REPORT, known=AROUND).events
    assert (completed.day, completed.time, completed.minutes) == (date(2026, 11, 3), "09:00:00", 45)


def test_a_visit_after_midnight_in_shanghai_is_of_the_next_day() -> None:
    night = datetime(2026, 11, 3, 16, 30, tzinfo=UTC)
    report = replace(REPORT, started_at=night, ended_at=night + hours(1), at=night + hours(2))
    (completed,) = A_VISIT.when(report, known=AROUND).events
    assert (completed.day, completed.time) == (date(2026, 11, 4), "00:30:00")


def test_the_place_is_kept_as_a_distance_only() -> None:
    (completed,) = A_VISIT.when(REPORT, known=AROUND).events
    assert completed.metres_from_village == 2837
    assert not hasattr(completed, "place")


def test_a_visit_is_taken_once() -> None:
    completed = A_VISIT.when(REPORT, known=AROUND).events[0]
    A_VISIT.given(completed).when(REPORT, known=AROUND).then()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ended_at": STARTED - timedelta(seconds=1)}, "visit.ended_before_it_began"),
        ({"at": ENDED - timedelta(seconds=1)}, "visit.in_the_future"),
        ({"started_at": ENDED - timedelta(hours=24, seconds=1)}, "visit.longer_than_a_day"),
        ({"provider": BAIXIN}, "visit.worker_unknown"),
    ],
)
def test_a_visit_that_cannot_be_true_is_refused(changes: dict[str, object], code: str) -> None:
    A_VISIT.when(replace(REPORT, **changes), known=AROUND).rejected(code)  # type: ignore[arg-type]


def test_a_visit_for_an_order_nobody_knows_is_refused() -> None:
    A_VISIT.when(REPORT, known=None).rejected("visit.order_unknown")


def test_a_worker_serves_until_the_day_before_leaving() -> None:
    left = replace(AROUND, worker_left_on=date(2026, 11, 3))
    A_VISIT.when(REPORT, known=left).rejected("visit.worker_left", left_on="2026-11-03")
    assert noticed(REPORT, replace(AROUND, worker_left_on=date(2026, 11, 4))) == []


def test_a_short_visit_is_amber() -> None:
    least = POLICY.least_minutes("home_cleaning")
    short = replace(REPORT, ended_at=STARTED + timedelta(minutes=least, seconds=-1))
    assert noticed(short) == [("too_short", "amber")]
    assert noticed(replace(REPORT, ended_at=STARTED + timedelta(minutes=least))) == []


def test_the_least_time_depends_on_the_item() -> None:
    ten_minutes = replace(REPORT, ended_at=STARTED + timedelta(minutes=10))
    assert noticed(replace(ten_minutes, item="errands")) == []
    assert noticed(replace(ten_minutes, item="rehabilitation")) == [("too_short", "amber")]


def test_a_photo_told_before_is_red() -> None:
    assert noticed(REPORT, replace(AROUND, photo_reused=True)) == [("photo_reused", "red")]


def test_a_worker_in_two_homes_at_once_is_red() -> None:
    assert noticed(REPORT, replace(AROUND, worker_elsewhere=True)) == [("overlap_worker", "red")]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 11, 4), date(2026, 11, 7)), (date(2026, 11, 1), date(2026, 11, 2))]
)
def test_a_visit_outside_the_window_is_amber(first: date, last: date) -> None:
    assert noticed(REPORT, replace(AROUND, window_from=first, window_to=last)) == [("outside_window", "amber")]


def test_a_late_report_is_amber() -> None:
    limit = hours(POLICY.report_within_hours)
    assert noticed(replace(REPORT, at=ENDED + limit)) == []
    assert noticed(replace(REPORT, at=ENDED + limit + timedelta(seconds=1))) == [("reported_late", "amber")]


def test_what_technique_may_fail_to_deliver_is_amber_and_the_visit_is_taken() -> None:
    bare = replace(REPORT, place=None, photos=(), code_given=False)
    assert noticed(bare) == [("code_missing", "amber"), ("place_missing", "amber")]


def test_no_code_is_missed_where_the_policy_asks_for_none() -> None:
    without = replace(AROUND, policy=replace(POLICY, one_time_code=False))
    assert noticed(replace(REPORT, code_given=False), without) == []
