"""The items of a plan day by day: each holds from a day to a day, and opens orders once what it needs is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.orders.domain.days import ONE_DAY
from services.orders.domain.planned import Mode, Planned

ARRANGED: frozenset[Mode] = frozenset(
    {"institution", "department_linkage", "party_pairing", "social_work_volunteers", "neighbour_mutual_aid"}
)
"""Modes in which somebody helps whom the plan names; until then nothing opens."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Item number ``number`` of the plan, from ``first`` to ``last``, both inclusive.

    ``opens_from`` is the day from which it opens orders: later than ``first`` where help is arranged or a plan of
    service agreed later, ``date.max`` before that. ``helper`` is who was arranged. ``unposted``: it came after the
    notice, which has to hang again before it opens any.
    """

    number: int
    planned: Planned
    first: date
    last: date
    opens_from: date
    urgent: bool = False
    unposted: bool = False
    need_id: UUID | None = None
    helper: UUID | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the plan gives it on ``day``."""
        return self.first <= day <= self.last

    def opens_on(self, day: date) -> bool:
        """Whether an order for ``day`` opens."""
        return self.holds_on(day) and self.opens_from <= day


def entries_of(
    items: Iterable[Planned], *, number: int = 0, first: date = date.min, urgent: bool = False,
    unposted: bool = False, need_id: UUID | None = None, waiting: Iterable[str] = (),
) -> tuple[Entry, ...]:  # fmt: skip
    """Entries from ``number`` on; items in ``waiting`` need an agreed plan of service."""
    return tuple(
        Entry(
            number=place,
            planned=planned,
            first=max(first, planned.from_day or date.min),
            last=planned.to_day or date.max,
            opens_from=date.max if waits(planned) or planned.item in waiting else date.min,
            urgent=urgent,
            unposted=unposted,
            need_id=need_id,
        )
        for place, planned in enumerate(items, number)
    )


def waits(planned: Planned) -> bool:
    """Whether it opens nothing before somebody has arranged or agreed something."""
    return planned.service_plan or planned.mode in ARRANGED


def ended(entries: Iterable[Entry], numbers: Mapping[int, date]) -> tuple[Entry, ...]:
    """With the entries of these numbers ending before their day."""
    return tuple(
        replace(entry, last=min(entry.last, numbers[entry.number] - ONE_DAY)) if entry.number in numbers else entry
        for entry in entries
    )
