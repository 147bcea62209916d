"""What a plan gives: an item so many times a month, so many units each time, and the slots these times fall into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.orders.domain.days import ONE_DAY, first_day, last_day

Kind = Literal["purchase", "goods"]
WEEKS = (7, 14, 21, 28)
HALVES = (15,)
"""The days of a month on which week slots and the first half-month slot end (S6)."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An item of a plan: ``times_per_month`` orders of ``units`` each."""

    item: str
    kind: Kind
    times_per_month: int
    units: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Days in which one of the times falls; it is asked for where ``counted_on`` is a day of the plan."""

    first: date
    last: date
    counted_on: date


def slots(month: str, times: int) -> tuple[Slot, ...]:
    """The slots of an item given ``times`` a month: weeks and halves as settlement counts them, else equal parts."""
    start, end = first_day(month), last_day(month)
    if times == 4:
        ends = [start.replace(day=day) for day in WEEKS]
    elif times == 2:
        ends = [start.replace(day=day) for day in HALVES] + [end]
    else:
        ends = [start.replace(day=max(1, end.day * (i + 1) // times)) for i in range(times)]
    made, first = [], start
    for i, counted_on in enumerate(ends):
        last = end if i == len(ends) - 1 else counted_on
        made.append(Slot(first=min(first, last), last=last, counted_on=counted_on))
        first = last + ONE_DAY
    return tuple(made)
