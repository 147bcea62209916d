"""Days and months of the contract as texts and whole numbers; no clock, no time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def length(month: str) -> int:
    """Days in ``month`` (YYYY-MM)."""
    return monthrange(int(month[:4]), int(month[5:7]))[1]


def first_day(month: str) -> str:
    return month + "-01"


def last_day(month: str) -> str:
    return f"{month}-{length(month):02d}"


def day_number(day: str, month: str) -> int:
    """The number of ``day`` within ``month``: 0 for any day before it, 32 for any day after it."""
    if day[:7] == month:
        return int(day[8:10])
    return 0 if day < month else 32


@lru_cache(maxsize=65536)
def ordinal(day: str) -> int:
    """Consecutive whole numbers for consecutive days."""
    return date.fromisoformat(day).toordinal()


@lru_cache(maxsize=65536)
def day_text(number: int) -> str:
    """The day whose ``ordinal`` is ``number``."""
    return date.fromordinal(number).isoformat()


def moment(day: str, time: str, name: str) -> tuple[str, str, str]:
    """The order of service time: day, time to the second, then id; ``09:00`` and ``09:00:00`` are the same time."""
    return day, time if len(time) > 5 else time + ":00", name
