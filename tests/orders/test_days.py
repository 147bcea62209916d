"""Days and months are those of Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.orders.domain.days import (
    birthday_in,
    business_day,
    completed_years,
    last_day,
    month_begins,
    months_before,
    next_month,
)


def test_the_day_turns_at_sixteen_hours_utc():
    assert business_day(datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)) == date(2026, 10, 31)
    assert business_day(datetime(2026, 10, 31, 16, 0, tzinfo=UTC)) == date(2026, 11, 1)


def test_a_month_begins_at_midnight_in_shanghai():
    assert month_begins("2026-11") == datetime(2026, 10, 31, 16, tzinfo=UTC)


def test_the_month_after_december_is_january():
    assert next_month("2026-12") == "2027-01"


def test_february_of_a_leap_year_ends_on_the_29th():
    assert last_day("2028-02") == date(2028, 2, 29)


@pytest.mark.parametrize(("count", "expected"), [(1, "2025-12"), (12, "2025-01"), (-12, "2027-01"), (0, "2026-01")])
def test_months_are_counted_over_the_turn_of_the_year(count: int, expected: str):
    assert months_before("2026-01", count) == expected


def test_a_year_is_completed_on_the_birthday():
    assert completed_years(date(1946, 11, 22), date(2026, 11, 21)) == 79
    assert completed_years(date(1946, 11, 22), date(2026, 11, 22)) == 80


def test_who_was_born_on_29_february_completes_a_year_on_1_march():
    assert birthday_in(date(1944, 2, 29), 2026) == date(2026, 3, 1)
    assert completed_years(date(1944, 2, 29), date(2026, 2, 28)) == 81
    assert completed_years(date(1944, 2, 29), date(2026, 3, 1)) == 82
