"""Which orders a provider holds that it may not serve any more, because an agreement ended or it takes no orders.

At once those whose whole window lies after the end. Of those whose window began before, what has no day left goes
when the hours have passed in which work done before is still reported: a late record never costs an order.
"""

from __future__ import annotations

from datetime import date, datetime

from services.providers.domain.provider.agreement import Held, Lost, OpenOrder, OrdersReleased, ReleaseOrders
from services.providers.domain.provider.known import Known
from services.providers.domain.provider.state import Event, Provider

PORTION = 100
"""How many orders are released in one decision."""


def release(command: ReleaseOrders, provider: Provider, known: Known) -> list[Event]:
    """The next portion of what is lost by now, the earliest windows first."""
    lost = [one for order in known.orders if (one := _lost(order, provider, command.at)) is not None]
    if not lost:
        return []
    return [OrdersReleased(orders=tuple(lost[:PORTION]), more=len(lost) > PORTION, at=command.at)]


def _lost(order: OpenOrder, provider: Provider, at: datetime) -> Lost | None:
    held = provider.agreement(order.agreement)
    ends = [(stop.from_day, stop.to_day, stop.reason_code, stop.release_at) for stop in provider.stops]
    if held is not None and held.ended_from is not None and held.release_at is not None:
        ends.insert(0, (held.ended_from, None, held.reason_code, held.release_at))
    for from_day, to_day, reason_code, release_at in ends:
        if _nothing_left(order, from_day, to_day, past=at >= release_at):
            return Lost(
                order_id=order.order_id, agreement=order.agreement, from_day=from_day, reason_code=reason_code
            )  # fmt: skip
    if held is not None and (day := _not_covered(order, held)) is not None:
        return Lost(order_id=order.order_id, agreement=order.agreement, from_day=day, reason_code="agreement_amended")
    return None


def _nothing_left(order: OpenOrder, from_day: date, to_day: date | None, *, past: bool) -> bool:
    """Whether no day of the window is left outside ``from_day`` to ``to_day``; the days before only until ``past``."""
    begins_after = from_day <= order.window_from or (past and from_day <= order.window_to)
    return begins_after and (to_day is None or order.window_to <= to_day)


def _not_covered(order: OpenOrder, held: Held) -> date | None:
    """From which day on a change leaves the item or township of an order out that begins on that day or later."""
    then = held.during(order.window_from, order.window_from)
    if order.item in then.items and order.township in then.townships:
        return None
    return next(
        (
            change.from_day
            for change in held.changes
            if change.from_day <= order.window_from
            and not (order.item in change.items and order.township in change.townships)
        ),
        None,
    )
