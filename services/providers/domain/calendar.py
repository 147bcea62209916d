"""Business days, months and times are those of Asia/Shanghai; instants are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
