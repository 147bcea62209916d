"""Routes of the bureau's desk: what a charity declined or nobody claimed is referred elsewhere or bought."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from chassis.http import Body, Call, Id, Instant, Routes, Thing
from chassis.service import Ask, Step
from services.orders.api.orders import OrderState, state_of
from services.orders.domain import order

routes = Routes(tag="love-orders")


class ReferElsewhere(Body):
    """Which charity publishes what is left, until when; it may be the one that had it before."""

    charity_id: Id
    expires_at: Instant


@routes.post(
    "/v1/orders/{order_id}/referral", body=ReferElsewhere, answer=OrderState,
    summary="改转其他慈善组织 Refer to another charity",
    refusals=("order.unknown", "order.not_on_the_desk", "order.not_yours_to_form", "order.expires_in_the_past",
              "policy.none"),
    guarded="order_id",
)  # fmt: skip
async def refer_elsewhere(call: Call[ReferElsewhere]) -> Ask:
    """Declined, unclaimed or turned down: what is left is published again (paper 003, part 2 (3) item 4)."""
    body = call.body
    expires_at = body.expires_at.astimezone(UTC)
    command = order.ReferElsewhere(
        charity_id=body.charity_id, expires_at=expires_at, role=call.caller.role, at=call.at
    )  # fmt: skip
    return _ask(call, command)


@routes.post(
    "/v1/orders/{order_id}/purchase", answer=OrderState, summary="转为政府购买 Buy what nobody gave",
    refusals=("order.unknown", "order.not_on_the_desk", "order.not_yours_to_form", "order.not_purchasable",
              "policy.none"),
    guarded="order_id",
)  # fmt: skip
async def buy(call: Call[None]) -> Ask:
    """What is left is bought; where the policy says so, only if settlement answers that a fund can bear it."""
    return _ask(call, order.Buy(role=call.caller.role, at=call.at))


def _ask(call: Call[Any], command: order.Command) -> Ask:
    step = Step(decider=order.decider, stream=call.path_id("order_id"), command=command, permit=call.judged(_facts))
    return call.ask(step, answer=state_of)


def _facts(state: order.Order | None) -> Thing | None:
    return Thing(township=state.township) if state else None
