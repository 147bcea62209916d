"""Business days and times are those of Asia/Shanghai; instants are UTC."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The business day of an instant."""
    return instant.astimezone(SHANGHAI).date()


def instant_of(day: date, time_of_day: str) -> datetime:
    """The instant of a business day and time, ``HH:MM`` or ``HH:MM:SS``."""
    return datetime.combine(day, time.fromisoformat(time_of_day), SHANGHAI)
