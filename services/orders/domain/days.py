"""Business days and months: those of Asia/Shanghai; instants are UTC. A month is written ``YYYY-MM``."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def business_day(instant: datetime) -> date:
    """The day in Asia/Shanghai at ``instant``."""
    return instant.astimezone(SHANGHAI).date()


def begins(day: date) -> datetime:
    """The instant, in UTC, at which ``day`` begins in Asia/Shanghai."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def month_of(day: date) -> str:
    """The month ``day`` lies in."""
    return f"{day.year:04}-{day.month:02}"


def first_day(month: str) -> date:
    """The 1st of ``month``."""
    return date.fromisoformat(f"{month}-01")


def next_month(month: str) -> str:
    """The month after ``month``."""
    return month_of(first_day(month) + timedelta(days=31))


def last_day(month: str) -> date:
    """The last day of ``month``."""
    return first_day(next_month(month)) - ONE_DAY


def month_begins(month: str) -> datetime:
    """The instant, in UTC, of the 1st of ``month``, 00:00 in Asia/Shanghai."""
    return begins(first_day(month))


def months_before(month: str, count: int) -> str:
    """The month ``count`` months before ``month``."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{number // 12:04}-{number % 12 + 1:02}"


def completed_years(born: date, day: date) -> int:
    """Age on ``day`` in completed years; who was born on 29 February completes a year on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday_in(born: date, year: int) -> date:
    """The day of ``year`` on which a year of life is completed."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
