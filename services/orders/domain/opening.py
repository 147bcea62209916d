"""The orders a plan opens for a month: one for each slot of each item that ends on a day of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from services.orders.domain.planned import Kind, Planned, slots
from services.orders.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An order to be opened."""

    order_id: UUID
    kind: Kind
    item: str
    units: int
    window_from: date
    window_to: date


def openings(
    plan_id: UUID, month: str, days: tuple[date, date], items: Sequence[Planned], policy: Policy
) -> tuple[Opening, ...]:
    """The month's orders within the plan's first and last day in it; items no longer in the catalogue are left out."""
    first, last = days
    opened = []
    for number, planned in enumerate(items):
        item = policy.items.get(planned.item)
        for time, slot in enumerate(slots(month, planned.times_per_month)):
            window = max(slot.first, first), min(slot.last, last)
            if item is not None and item.valid_on(window[1]) and first <= slot.counted_on <= last:
                opened.append(
                    Opening(
                        order_id=uuid5(plan_id, f"{month}/{number}/{planned.item}/{time}"),
                        kind=planned.kind,
                        item=planned.item,
                        units=planned.units,
                        window_from=window[0],
                        window_to=window[1],
                    )
                )
    return tuple(opened)
