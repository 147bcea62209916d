"""What a plan gives: an item so often in each period, so many units each time, by one of seven modes; and its slots.

A period is a week, half a month, a month or half a year ("four ones": paper 000, part 2 (4)); an item without a fixed
number ("N") is ordered when it is needed and has no slots. The days on which slots end are settlement's (S6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from services.orders.domain.days import ONE_DAY, first_day, last_day

Kind = Literal["purchase", "goods", "aid"]
"""``aid``: whoever helps is not paid by tariff, and no provider is searched."""
Per = Literal["month", "week", "half_month", "half_year", "as_needed"]
Mode = Literal[
    "purchase",
    "charity",
    "institution",
    "department_linkage",
    "party_pairing",
    "social_work_volunteers",
    "neighbour_mutual_aid",
]
"""The seven ways of paper 001, part (4); ``purchase`` is government purchase."""
WEEKS = (7, 14, 21, 28)
HALVES = (15,)
"""The days of a month on which week slots and the first half-month slot end (S6)."""
A_MONTH = {"month": 1, "week": 4, "half_month": 2, "half_year": 0, "as_needed": 0}
"""How many periods end in every month."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An item of a plan: ``times`` orders of ``units`` each in every ``per``.

    ``times`` 0 stands for ``times_per_month``, which plans of before have alone. ``provider`` or ``carer`` serve this
    item where they are named. ``from_day`` and ``to_day`` are a stage of an approval for several (paper 002, item 13).
    ``service_plan``: nothing is ordered before the purchaser agreed to the provider's plan of service.
    """

    item: str
    kind: Kind
    times_per_month: int
    units: int
    per: Per = "month"
    times: int = 0
    mode: Mode = "purchase"
    provider: UUID | None = None
    carer: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    service_plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Days in which one of the times falls; it is asked for where ``counted_on`` is a day of the plan."""

    first: date
    last: date
    counted_on: date


def per_month(per: Per, times: int) -> int:
    """How often that is in every month; nothing for half-yearly items and those without a fixed number."""
    return A_MONTH[per] * times


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


def slots_of(planned: Planned, month: str, half_year_months: Sequence[int]) -> tuple[Slot, ...]:
    """The slots of an item in ``month``. What is given half-yearly falls into two months of the year, one a half."""
    times = planned.times or planned.times_per_month
    match planned.per:
        case "month":
            return slots(month, times)
        case "week":
            return tuple(_parts(slots(month, len(WEEKS)), times))
        case "half_month":
            return tuple(_parts(slots(month, 2), times))
        case "half_year":
            return slots(month, times) if int(month[5:]) in half_year_months else ()
        case "as_needed":
            return ()


def _parts(whole: Iterable[Slot], times: int) -> Iterable[Slot]:
    """Each slot in ``times`` parts up to the day it is counted on, at most one a day; the last goes on to its end."""
    for slot in whole:
        length = (slot.counted_on - slot.first).days + 1
        parts = min(times, length)
        for i in range(parts):
            counted_on = slot.first + timedelta(days=length * (i + 1) // parts - 1)
            last = slot.last if i == parts - 1 else counted_on
            yield Slot(first=slot.first + timedelta(days=length * i // parts), last=last, counted_on=counted_on)
