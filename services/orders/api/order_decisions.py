"""Routes of what officers decide about an open order, and of the record of help that nobody is paid for by tariff."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Instant, Routes, Thing
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.orders.api.orders import OrderState, state_of
from services.orders.api.shapes import Code, Units, Writing
from services.orders.domain import order

routes = Routes(tag="orders")


class RecordHelp(Body):
    """When somebody helped, how many units, and what was done, which is sealed."""

    day: Day
    time: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    units: Units = 1
    content: Writing


class TurnToLove(Body):
    """Which charity publishes it, until when."""

    charity_id: Id
    expires_at: Instant


class CancelOrder(Body):
    """Why the order is not needed any more."""

    reason_code: Code


class ChangeWindow(Body):
    """The days between which it is to be served, and why."""

    window_from: Day
    window_to: Day
    reason_code: Code


@routes.post(
    "/v1/orders/{order_id}/record", body=RecordHelp, answer=OrderState, status=201,
    summary="登记帮扶 Record help given",
    refusals=("order.unknown", "order.not_recorded_here", "order.already_done", "order.recorded_in_the_future"),
)  # fmt: skip
async def record_help(call: Call[RecordHelp]) -> Ask:
    """Neighbours, pairs, teams, departments, institutions: the village records it (paper 001, part (4) item 6)."""
    body = call.body
    row = await call.fetchrow(
        "select person from orders where county = $1 and id = $2", call.county, call.path_id("order_id")
    )
    if row is None:
        raise Rejected("order.unknown")
    command = order.Record(
        visit_id=call.new_id("record"),
        units=body.units,
        day=body.day,
        time=body.time,
        content=(await call.vault.seal(row["person"], {"content": body.content}))["content"],
        by=call.caller.subject,
        at=call.at,
    )
    return _ask(call, command)


@routes.post(
    "/v1/orders/{order_id}/new-search", answer=OrderState,
    summary="重新派单 Search again",
    refusals=("order.unknown", "order.somebody_was_found", "order.not_this_way", "order.window_wrong", "policy.none"),
    guarded="order_id",
)  # fmt: skip
async def search_again(call: Call[None]) -> Ask:
    """Nobody was found: providers are asked once more."""
    return _ask(call, order.SearchAgain(role=call.caller.role, at=call.at))


@routes.post(
    "/v1/orders/{order_id}/love-order", body=TurnToLove, answer=OrderState,
    summary="转为爱心订单 Turn into a love order",
    refusals=("order.unknown", "order.somebody_was_found", "order.not_this_way", "order.not_yours_to_form",
              "order.expires_in_the_past", "policy.none", "policy.item_unknown", "policy.item_not_by_this_mode"),
    guarded="order_id",
)  # fmt: skip
async def turn_to_love(call: Call[TurnToLove]) -> Ask:
    """Nobody was found: a charity publishes it as a gift; unclaimed it goes back (paper 003, part 2 (3) item 4)."""
    body = call.body
    expires_at = body.expires_at.astimezone(UTC)
    command = order.TurnToLove(charity_id=body.charity_id, expires_at=expires_at, role=call.caller.role, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/orders/{order_id}/cancellation", body=CancelOrder, answer=OrderState,
    summary="撤销订单 Call an order off", refusals=("order.unknown", "order.already_done"), guarded="order_id",
)  # fmt: skip
async def cancel_order(call: Call[CancelOrder]) -> Ask:
    """Whoever was asked or has taken it is told (paper 001, part (5) item 3)."""
    return _ask(call, order.CallOff(reason_code=call.body.reason_code, at=call.at))


@routes.post(
    "/v1/orders/{order_id}/window", body=ChangeWindow, answer=OrderState,
    summary="变更服务时段 Change the days", refusals=("order.unknown", "order.taken_already", "order.window_wrong"),
    guarded="order_id",
)  # fmt: skip
async def change_window(call: Call[ChangeWindow]) -> Ask:
    """While nobody has taken it; it is searched for anew."""
    body = call.body
    command = order.ChangeWindow(
        window_from=body.window_from, window_to=body.window_to, reason_code=body.reason_code, at=call.at
    )
    return _ask(call, command)


def _ask(call: Call[Any], command: order.Command) -> Ask:
    step = Step(decider=order.decider, stream=call.path_id("order_id"), command=command, permit=call.judged(_facts))
    return call.ask(step, answer=state_of)


def _facts(state: order.Order | None) -> Thing | None:
    return Thing(township=state.township) if state else None
