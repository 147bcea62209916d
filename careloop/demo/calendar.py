"""Months and days of the demonstration, all in Asia/Shanghai; a month is written ``YYYY-MM``."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chassis.clock import SHANGHAI

FIRST_MONTH = "2024-11"
"""The month the first run plays."""
BEGINS = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
"""What the clock shows when the first run begins: needs are surveyed in October, help starts in November."""
EVENING = time(20, 30)
"""When a day's visits have been done and are told."""
CLOSING_DAY = 5
"""The day of the following month on which a month is closed."""
ANSWER_DAYS = 6
"""The pack gives a payee five days to dispute; on the sixth silence has confirmed."""


def first_day(month: str) -> date:
    """The 1st of ``month``."""
    return date.fromisoformat(f"{month}-01")


def next_month(month: str) -> str:
    """The month after ``month``."""
    return f"{first_day(month) + timedelta(days=31):%Y-%m}"


def closing_day(month: str) -> date:
    """The day on which ``month`` is closed."""
    return first_day(next_month(month)) + timedelta(days=CLOSING_DAY - 1)


def instant(day: date, at: time) -> datetime:
    """The instant of a business day and a time of it."""
    return datetime.combine(day, at, SHANGHAI)


def paying_day(month: str) -> date:
    """The day on which ``month`` is paid: whoever has not answered by then agrees by silence."""
    return closing_day(month) + timedelta(days=ANSWER_DAYS)
