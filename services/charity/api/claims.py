"""Routes of claims: claim, confirm, withdraw, fulfil, and who holds what."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Step
from services.charity.api.shapes import (
    ClaimAnswer,
    Fulfilment,
    acting_claimant,
    claim_answer,
    claimed,
)
from services.charity.domain import love_order
from services.charity.domain.love_order import claim_id_of

routes = Routes(tag="claims")
HELD = ("claim.unknown", "claim.waiting", "claim.over", "claim.hold_lapsed", "love_order.unknown")


class ClaimRow(Body):
    """A claimant's claim."""

    claim_id: UUID
    order_id: UUID
    claimant: UUID
    item: str
    township: str
    standing: str
    until: datetime | None


class ClaimOfOrder(Body):
    """A claim of one love order, in order of arrival."""

    claim_id: UUID
    claimant: UUID
    standing: str
    claimed_at: datetime
    until: datetime | None


class ClaimsOfOrder(Body):
    """All claims of a love order."""

    order_id: UUID
    claims: list[ClaimOfOrder]


@routes.post(
    "/v1/love-orders/{order_id}/claims", answer=ClaimAnswer, status=201, summary="认领 Claim a place",
    refusals=(
        "claim.not_published", "claim.quota_reached", "claim.no_place_left", "claim.expired", "claim.once_only",
        "claimant.unknown", "policy.none_in_force",
    ),
)  # fmt: skip
async def claim_love_order(call: Call[None]) -> Ask:
    """Claim a place; where none is left, wait in order of arrival."""
    order_id, claimant = call.path_id("order_id"), acting_claimant(call)
    claim_id = claim_id_of(order_id, claimant)
    call.permit(owner=claimant)
    command = love_order.Claim(claim_id=claim_id, claimant=claimant, at=call.at)
    step = Step(decider=love_order.decider, stream=order_id, command=command)
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id))


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/confirmation", answer=ClaimAnswer,
    summary="确认认领 Confirm a claim", refusals=HELD,
)  # fmt: skip
async def confirm_claim(call: Call[None]) -> Ask:
    """Be sure: the place is kept until it is to be fulfilled."""
    order_id, claim_id = call.path_id("order_id"), call.path_id("claim_id")
    return _ask(call, order_id, love_order.Confirm(claim_id=claim_id, at=call.at), claim_id)


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/withdrawal", answer=ClaimAnswer,
    summary="退出认领 Withdraw a claim", refusals=("claim.unknown", "claim.fulfilled_already", "love_order.unknown"),
)  # fmt: skip
async def withdraw_claim(call: Call[None]) -> Ask:
    """Step back; who waited longest gets the place."""
    order_id, claim_id = call.path_id("order_id"), call.path_id("claim_id")
    return _ask(call, order_id, love_order.Withdraw(claim_id=claim_id, at=call.at), claim_id)


@routes.post(
    "/v1/love-orders/{order_id}/fulfilment", body=Fulfilment, answer=ClaimAnswer,
    status=201, summary="报告完成 Report fulfilment",
    refusals=(*HELD, "fulfilment.claim_unnamed", "fulfilment.in_the_future", "fulfilment.before_the_claim"),
)  # fmt: skip
async def fulfil_love_order(call: Call[Fulfilment]) -> Ask:
    """Tell that it was done; a charity names the claim where several are open."""
    order_id, body, claim_id = call.path_id("order_id"), call.body, call.body.claim_id
    if call.caller.role == "claimant":
        claim_id = claim_id_of(order_id, acting_claimant(call))
    command = love_order.Fulfil(
        claim_id=claim_id, day=body.day, time=body.time, photos=body.photos, by=call.caller.subject, at=call.at
    )
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(claimed(claim_id)))
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id or _fulfilled(outcomes[0].events)))


def _fulfilled(events: tuple[Any, ...]) -> UUID:
    return next(event.claim_id for event in events if isinstance(event, love_order.Fulfilled))


def _ask(call: Call[Any], order_id: UUID, command: love_order.Command, claim_id: UUID) -> Ask:
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(claimed(claim_id)))
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id))


routes.page(
    "/v1/claims", row=ClaimRow, owner="claimant",
    filters={"claimant": UUID, "standing": str},
    sql="select (c.claim->>'claim_id')::uuid as claim_id, l.id as order_id, (c.claim->>'claimant')::uuid as claimant,"
        " l.item, l.township, c.claim->>'standing' as standing, (c.claim->>'until')::timestamptz as until,"
        " (c.claim->>'claimed_at')::timestamptz as claimed_at from love_orders l"
        " cross join lateral jsonb_array_elements(l.claims) as c (claim) where l.county = $1",
    order=("claimed_at", "claim_id"), newest_first=True, summary="我的认领 Claims",
)  # fmt: skip


@routes.get(
    "/v1/love-orders/{order_id}/claims", answer=ClaimsOfOrder,
    summary="订单的认领 Claims of an order", stream="order_id",
)  # fmt: skip
async def claims_of_order(call: Call[None]) -> dict[str, Any] | None:
    """Who holds, waits, has done it or is out, in order of arrival."""
    order_id = call.path_id("order_id")
    row = await call.fetchrow(
        "select charity, township, claims from love_orders where county = $1 and id = $2", call.county, order_id
    )
    if row:
        call.permit(township=row["township"], owner=row["charity"])
    return row and {"order_id": order_id, "claims": json.loads(row["claims"])}
