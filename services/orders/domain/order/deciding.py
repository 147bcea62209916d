"""What officers decide about an order that is open: search again, let somebody give it, call it off, put it off; and
the record of help that nobody is paid for by tariff.

Mutual aid among neighbours: the village records number and content (paper 001, part (4) item 6).
"""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.order.known import Known
from services.orders.domain.order.officers import (
    CallOff,
    ChangeWindow,
    Record,
    SearchAgain,
    SearchedAgain,
    TurnedToLove,
    TurnToLove,
    WindowChanged,
)
from services.orders.domain.order.single import LONGEST_AHEAD
from services.orders.domain.order.state import Order
from services.orders.domain.order.words import Cancelled, Completed, Event
from services.orders.domain.policy import Policy, in_force


def search_again(command: SearchAgain, state: Order, known: Known) -> list[Event]:
    """Where nobody was found, and its days are not over."""
    if state.stage == "opened":
        return []
    today = business_day(command.at)
    _check_nobody(state, in_force(known.policies, today), "search_again")
    if state.window_to < today:
        raise Rejected("order.window_wrong")
    return [SearchedAgain(at=command.at)]


def turn_to_love(command: TurnToLove, state: Order, known: Known) -> list[Event]:
    """By the body that forms love orders, for an item that may be given by charity."""
    if state.kind == "love":
        return []
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    if command.role != policy.forms_love:
        raise Rejected("order.not_yours_to_form", body=policy.forms_love)
    _check_nobody(state, policy, "love_order")
    policy.allow(state.item, "charity", today)
    if command.expires_at <= command.at:
        raise Rejected("order.expires_in_the_past")
    return [
        TurnedToLove(charity_id=command.charity_id, expires_at=command.expires_at, policy=policy.version, at=command.at)
    ]


def _check_nobody(state: Order, policy: Policy, way: str) -> None:
    if state.stage != "nobody_found":
        raise Rejected("order.somebody_was_found")
    if way not in policy.plans.nobody:
        raise Rejected("order.not_this_way")


def call_off(command: CallOff, state: Order) -> list[Event]:
    """Before it is done (paper 001, part (5) item 3: changed or stopped in time)."""
    if state.cancelled_on is not None:
        return []
    if state.stage in {"completed", "accepted", "turned_down", "lapsed"}:
        raise Rejected("order.already_done")
    return [Cancelled(reason_code=command.reason_code, at=command.at)]


def change_window(command: ChangeWindow, state: Order) -> list[Event]:
    """Before somebody has taken it: who has taken it agrees with the person, or it is called off."""
    if (state.window_from, state.window_to) == (command.window_from, command.window_to):
        return []
    if state.kind == "love" or state.stage not in {"opened", "nobody_found"}:
        raise Rejected("order.taken_already")
    today = business_day(command.at)
    if not command.window_from <= command.window_to or not today <= command.window_to <= today + LONGEST_AHEAD:
        raise Rejected("order.window_wrong")
    return [
        WindowChanged(
            window_from=command.window_from,
            window_to=command.window_to,
            reason_code=command.reason_code,
            at=command.at,
        )
    ]


def record(command: Record, state: Order) -> list[Event]:
    """Once, or again after it was returned; what is more than ordered is for a person to judge, as all of it is."""
    if state.kind != "aid" or state.helper is None:
        raise Rejected("order.not_recorded_here")
    told = state.visit(command.visit_id)
    if told is not None and told.verdict != "returned":
        return []
    if state.cancelled_on is not None or state.stage not in {"opened", "returned"}:
        raise Rejected("order.already_done")
    if command.day > business_day(command.at):
        raise Rejected("order.recorded_in_the_future")
    exceptions = ("more_units_than_ordered",) if command.units > state.units else ()
    return [
        Completed(
            visit_id=command.visit_id,
            provider=state.helper,
            item=state.item,
            units=min(command.units, state.units),
            day=command.day,
            time=command.time,
            exceptions=exceptions,
            red=False,
            reported_by=command.by,
            accepts_at=None,
            at=command.at,
            content=command.content,
        )
    ]
