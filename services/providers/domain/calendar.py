"""Business days, months and times are those of Asia/Shanghai; instants are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The business day of an instant."""
    return instant.astimezone(SHANGHAI).date()


def beginning_of(day: date) -> datetime:
    """The first instant of a business day."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def time_of(instant: datetime) -> str:
    """The time of day, ``HH:MM:SS``."""
    return instant.astimezone(SHANGHAI).strftime("%H:%M:%S")


def month_of(day: date) -> str:
    """The month of a day, ``YYYY-MM``."""
    return f"{day:%Y-%m}"


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def first_day_after(month: str) -> date:
    """The first day after a month ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)


def last_day_of(month: str) -> date:
    """The last day of a month ``YYYY-MM``."""
    return first_day_after(month) - timedelta(days=1)


def month_before(day: date) -> str:
    """The month before that of ``day``."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def end_of(day: date) -> datetime:
    """The first instant after a business day: a deadline of that day is over then."""
    return beginning_of(day + timedelta(days=1))
