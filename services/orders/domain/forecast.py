"""What will have to be bought: so many times of an item, in a township, in a month to come.

Counted from what opens: every running plan opens its orders month by month (``opening``), so the quantity of a month is
the number of slots its plans have there. Plans that were assessed and have not begun count as if they began with the
month (paper 003, part 3 (1): what is to be purchased is drawn up from accurate assessment).

Four plans that give cleaning four times and run all November are 16 times; one that ends on the 15th has the slots of
7 and 14 November, 2 times. Quantities add up: the county's are the sum of its townships'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal
from uuid import UUID

from services.orders.domain.planned import Planned, slots_of
from services.orders.domain.policy import Policy

Origin = Literal["running", "assessed"]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Plans of one township with the same items and the same days in the month, and whose they are."""

    township: str
    origin: Origin
    items: tuple[Planned, ...]
    first: date
    last: date
    people: frozenset[UUID]
    plans: int


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """So many ``times`` of an item, ``units`` all together, for so many people."""

    month: str
    township: str
    item: str
    origin: Origin
    times: int
    units: int
    people: int


@dataclass
class _Sum:
    times: int = 0
    units: int = 0
    people: set[UUID] = field(default_factory=set)


def forecast(month: str, plans: Iterable[Alike], policy: Policy) -> tuple[Quantity, ...]:
    """The quantities of ``month`` by township, item and origin."""
    counted = lru_cache(maxsize=None)(lambda items, first, last: _counted(month, items, first, last, policy))
    sums: dict[tuple[str, str, Origin], _Sum] = {}
    for alike in plans:
        for item, (times, units) in counted(alike.items, alike.first, alike.last).items():
            total = sums.setdefault((alike.township, item, alike.origin), _Sum())
            total.times += times * alike.plans
            total.units += units * alike.plans
            total.people |= alike.people
    return tuple(
        Quantity(
            month=month, township=township, item=item, origin=origin, times=one.times, units=one.units,
            people=len(one.people),
        )
        for (township, item, origin), one in sorted(sums.items())
    )  # fmt: skip


def _counted(
    month: str, items: Sequence[Planned], first: date, last: date, policy: Policy
) -> dict[str, tuple[int, int]]:
    """Times and units of each item that one such plan asks for in the month: the rule is that of ``plan.asking``."""
    found: dict[str, tuple[int, int]] = {}
    for planned in items:
        item = policy.items.get(planned.item)
        begins, ends = max(first, planned.from_day or first), min(last, planned.to_day or last)
        for slot in slots_of(planned, month, policy.plans.half_year_months):
            if item is not None and begins <= slot.counted_on <= ends and item.valid_on(min(slot.last, ends)):
                times, units = found.get(planned.item, (0, 0))
                found[planned.item] = times + 1, units + planned.units
    return found
