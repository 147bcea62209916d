"""What a plan asks for in a month: one order for each slot of each item that ends on a day the plan gives the item.

The same whatever day it is asked: it follows from the days of the items, of the plan, of its suspensions and homes
alone. A change takes the orders that are no longer asked back and opens those that are now (see ``adjusting``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

from services.orders.domain.days import ONE_DAY
from services.orders.domain.opening import Opening
from services.orders.domain.place import home_on
from services.orders.domain.plan.entries import Entry
from services.orders.domain.plan.state import Plan
from services.orders.domain.planned import Slot, slots_of
from services.orders.domain.policy import Policy


def asked(plan: Plan, month: str, policy: Policy) -> tuple[Opening, ...]:
    """The orders of ``month``; items that are not in the catalogue then are left out."""
    return tuple(
        opening
        for entry, time, slot in asked_slots(plan, month, policy)
        if (opening := _opening(plan, month, policy, entry, time, slot)) is not None
    )


def asked_slots(plan: Plan, month: str, policy: Policy) -> Iterator[tuple[Entry, int, Slot]]:
    """Each entry's slots that are asked for, with their number in the month."""
    days = plan.life.days_in(month)
    if days is None:
        return
    for entry in plan.entries:
        made = slots_of(entry.planned, month, policy.plans.half_year_months)
        for time, slot in enumerate(made[: plan.kept_of(len(made), month)]):
            day = slot.counted_on
            served = days[0] <= day <= days[1] and not plan.life.suspended_on(day)
            if served and entry.opens_on(day) and not plan.waits_for_notice(entry):
                yield entry, time, slot


def _opening(plan: Plan, month: str, policy: Policy, entry: Entry, time: int, slot: Slot) -> Opening | None:
    first, last = _window(plan, month, entry, slot)
    planned, home = entry.planned, home_on(plan.homes, slot.counted_on)
    item = policy.items.get(planned.item)
    if item is None or not item.valid_on(last):
        return None
    slot_id = uuid5(plan.plan_id, f"{month}/{entry.number}/{planned.item}/{time}")
    return Opening(
        order_id=slot_id,
        kind=planned.kind,
        item=planned.item,
        units=planned.units,
        window_from=first,
        window_to=last,
        base=slot_id,
        turn=_turn(plan, entry, slot.counted_on),
        township=home.township,
        village=home.village,
        mode=planned.mode,
        provider=planned.provider,
        helper=entry.helper,
    )


def _window(plan: Plan, month: str, entry: Entry, slot: Slot) -> tuple[date, date]:
    """The slot's days as far as they are days of the plan, of the item, and of the home where the slot is counted."""
    days = plan.life.days_in(month)
    assert days is not None
    begun = [home.from_day for home in plan.homes if home.from_day <= slot.counted_on][-1]
    next_home = min((home.from_day for home in plan.homes if home.from_day > slot.counted_on), default=date.max)
    first = max(slot.first, days[0], entry.first, entry.opens_from, begun)
    last = min(slot.last, days[1], entry.last, next_home - ONE_DAY)
    return first, last


def _turn(plan: Plan, entry: Entry, day: date) -> int:
    """How many moves and changes of this item's provider come before ``day``."""
    return sum(
        restart.from_day <= day and (restart.provider is None or _concerns(entry, restart.provider))
        for restart in plan.restarts
    )


def _concerns(entry: Entry, ended: UUID) -> bool:
    return entry.planned.kind == "purchase" and entry.planned.provider in (None, ended)
