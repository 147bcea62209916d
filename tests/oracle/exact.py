"""Exact numbers and days: fen from yuan, rounding half away from zero, days of a month."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

Json = dict[str, Any]


def rounded(amount: Fraction) -> int:
    """The nearest whole fen, halves away from zero (S4)."""
    size = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return -size if amount < 0 else size


def exact(number: object) -> Fraction:
    """A JSON or TOML number, or a decimal string, as the rational its digits say."""
    return _of_digits(str(number))


@cache
def _of_digits(digits: str) -> Fraction:
    return Fraction(digits)


def fen(yuan: object) -> int:
    """Integer fen of a decimal yuan amount of at most two places; ValueError beyond."""
    amount = exact(yuan) * 100
    if amount.denominator != 1:
        raise ValueError(f"{yuan} yuan is not a whole number of fen")
    return amount.numerator


@cache
def month_days(month: str) -> tuple[str, ...]:
    """Every day of YYYY-MM as YYYY-MM-DD."""
    year, number = int(month[:4]), int(month[5:7])
    return tuple(f"{month}-{day:02d}" for day in range(1, monthrange(year, number)[1] + 1))


def days_between(first: str, last: str) -> list[str]:
    """Every day from first to last, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=step)).isoformat() for step in range((end - start).days + 1)]
