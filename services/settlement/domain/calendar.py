"""Business days and months are those of Asia/Shanghai; instants are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The business day of an instant."""
    return instant.astimezone(SHANGHAI).date()


def first_day_after(month: str) -> date:
    """The first day of the month after ``month`` (``YYYY-MM``)."""
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).replace(day=1)


def last_day(month: str) -> str:
    """The last day of ``month``, ``YYYY-MM-DD``."""
    return (first_day_after(month) - timedelta(days=1)).isoformat()


def next_month(month: str) -> str:
    """The month after ``month``."""
    return f"{first_day_after(month):%Y-%m}"


def end_of(day: date) -> datetime:
    """The instant at which ``day`` is over."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)
