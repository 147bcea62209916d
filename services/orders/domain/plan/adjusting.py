"""The orders of the opened months kept equal to what the plan asks for: after a change some are taken back, some open.

A slot whose order is served already keeps it, whatever changes. A slot that is asked for again gets a new order, and so
does one before which the person moved or the provider was ended. Nothing opens for days that have passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from services.orders.domain.days import business_day, first_day, months_before
from services.orders.domain.opening import Opening
from services.orders.domain.plan.asking import asked
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Live, Plan
from services.orders.domain.plan.words import Adjust, Event, MonthChanged, MonthOpened, OpenMonth
from services.orders.domain.policy import in_force


def open_month(command: OpenMonth, state: Plan, known: Known) -> list[Event]:
    """Each month once, in order."""
    days = state.life.days_in(command.month)
    if command.month != state.next_opening or days is None or state.finished:
        return []
    orders = asked(state, command.month, in_force(known.policies, days[0]))
    return [MonthOpened(month=command.month, orders=orders, provider=state.provider, at=command.at)]


def adjust(command: Adjust, state: Plan, known: Known) -> list[Event]:
    """For the opened month and the one before it."""
    if not state.opened:
        return []
    changed = (_changed(command, state, known, month) for month in (months_before(state.opened, 1), state.opened))
    return [one for one in changed if one.opened or one.closed]


def _changed(command: Adjust, state: Plan, known: Known, month: str) -> MonthChanged:
    live = {slot: one for slot, one in state.live.items() if one.month == month and one.open}
    days = state.life.days_in(month)
    policy = in_force(known.policies, days[0] if days else first_day(month))
    wanted = {opening.slot: opening for opening in asked(state, month, policy)}
    closed = tuple(sorted(_closed(live, wanted, known), key=str))
    kept = live.keys() - closed
    today = business_day(command.at)
    opened = () if state.finished else tuple(_opened(state, wanted, kept, today))
    return MonthChanged(
        month=month,
        opened=opened,
        closed=closed,
        taken_back=tuple(live[slot].order_id for slot in closed),
        reason_code=command.reason_code,
        provider=state.provider,
        at=command.at,
    )


def _closed(live: Mapping[UUID, Live], wanted: Mapping[UUID, Opening], known: Known) -> Iterator[UUID]:
    for slot, one in live.items():
        asked_for = slot in wanted and wanted[slot].turn == one.turn
        if not asked_for and one.order_id not in known.served:
            yield slot


def _opened(state: Plan, wanted: Mapping[UUID, Opening], kept: set[UUID], today: date) -> Iterator[Opening]:
    for slot, opening in wanted.items():
        if slot in kept or opening.window_to < today:
            continue
        before = state.live.get(slot)
        back = before.taken_back + before.open if before else 0
        yield replace(opening, order_id=uuid5(slot, str(back)) if back else slot)
