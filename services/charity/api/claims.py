"""Routes of claims: claim, wait, confirm, withdraw, and who holds what."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Step
from services.charity.api.shapes import (
    ClaimAnswer,
    Code,
    Minutes,
    Pieces,
    Time,
    acting,
    acting_claimant,
    claim_answer,
    claimed,
    seconds_left,
)
from services.charity.domain import love_order
from services.charity.domain.love_order import claim_id_of

routes = Routes(tag="claims")
HELD = ("claim.unknown", "claim.waiting", "claim.over", "claim.hold_lapsed", "love_order.unknown")
SUITS = (
    "claimant.unknown", "claimant.blocked", "claimant.not_this_kind", "claimant.credit_code_missing",
    "claimant.age_unknown", "claimant.too_young", "claimant.consent_missing", "claimant.skill_missing",
    "claimant.not_fit", "claimant.not_assessed", "claim.quota_reached", "policy.none_in_force",
)  # fmt: skip
"""What a claimant may be refused for, whatever is left."""
SHOWN = "select shown from claimants where county = $1 and id = $2"


class ClaimLoveOrder(Body):
    """So many pieces; ``day``, ``time`` and ``minutes`` (together) say when one means to come."""

    pieces: Pieces = 1
    day: Day | None = None
    time: Time | None = None
    minutes: Minutes | None = None


class JoinWaitingList(Body):
    """Up to so many pieces: what is freed may be fewer."""

    pieces: Pieces = 1


class ConfirmClaim(Body):
    """When one means to come, where it was not said before."""

    day: Day | None = None
    time: Time | None = None
    minutes: Minutes | None = None


class WithdrawClaim(Body):
    """Why one steps back."""

    reason_code: Code = "own_reasons"


class ClaimRow(Body):
    """A claimant's claim."""

    claim_id: UUID
    order_id: UUID
    claimant: UUID
    item: str
    township: str
    standing: str
    pieces: int
    until: datetime | None


class ClaimOfOrder(Body):
    """A claim of one love order, in order of arrival."""

    claim_id: UUID
    claimant: UUID
    standing: str
    pieces: int = 1
    claimed_at: datetime
    until: datetime | None


class ClaimsOfOrder(Body):
    """All claims of a love order."""

    order_id: UUID
    claims: list[ClaimOfOrder]


@routes.post(
    "/v1/love-orders/{order_id}/claims", body=ClaimLoveOrder, bare=True, answer=ClaimAnswer, status=201,
    summary="认领 Claim pieces",
    refusals=(
        "claim.not_published", "claim.no_place_left", "claim.expired", "claim.once_only", "claim.overlaps",
        "claim.planned_by_half", "claim.planned_in_the_past", *SUITS,
    ),
)  # fmt: skip
async def claim_love_order(call: Call[ClaimLoveOrder]) -> Ask:
    """Hold pieces until they are confirmed. Too late, one is told who was first and how many wait."""
    order_id, claimant, body = call.path_id("order_id"), acting_claimant(call), call.body
    claim_id = claim_id_of(order_id, claimant)
    call.permit(owner=claimant)
    command = love_order.Claim(
        claim_id=claim_id,
        claimant=claimant,
        pieces=body.pieces,
        shown=await _shown(call, claimant),
        planned=love_order.planned_on(body.day, body.time, body.minutes),
        at=call.at,
    )
    step = Step(decider=love_order.decider, stream=order_id, command=command)
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id, call.at))


@routes.post(
    "/v1/love-orders/{order_id}/waiting-list", body=JoinWaitingList, bare=True, answer=ClaimAnswer, status=201,
    summary="候补 Wait for a place",
    refusals=(
        "claim.not_published", "claim.no_place_left", "claim.expired", "claim.once_only", "waiting_list.full", *SUITS,
    ),
)  # fmt: skip
async def join_waiting_list(call: Call[JoinWaitingList]) -> Ask:
    """Wait at the end of the list; what is free by then is held at once."""
    order_id, claimant = call.path_id("order_id"), acting_claimant(call)
    claim_id = claim_id_of(order_id, claimant)
    call.permit(owner=claimant)
    shown = await _shown(call, claimant)
    command = love_order.Join(claim_id=claim_id, claimant=claimant, pieces=call.body.pieces, shown=shown, at=call.at)
    step = Step(decider=love_order.decider, stream=order_id, command=command)
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id, call.at))


async def _shown(call: Call[Any], claimant: UUID) -> str:
    """The masked name, which never changes; nobody's where nobody is registered, which the decision refuses."""
    row = await call.fetchrow(SHOWN, call.county, claimant)
    return str(row["shown"]) if row else ""


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/confirmation", body=ConfirmClaim, bare=True, answer=ClaimAnswer,
    summary="确认认领 Confirm a claim",
    refusals=(*HELD, "claim.overlaps", "claim.planned_by_half", "claim.planned_in_the_past"),
)  # fmt: skip
async def confirm_claim(call: Call[ConfirmClaim]) -> Ask:
    """Be sure: the place is kept until it is to be fulfilled."""
    order_id, claim_id, body = call.path_id("order_id"), call.path_id("claim_id"), call.body
    when = love_order.planned_on(body.day, body.time, body.minutes)
    return _ask(call, order_id, love_order.Confirm(claim_id=claim_id, planned=when, at=call.at), claim_id)


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/withdrawal", body=WithdrawClaim, bare=True, answer=ClaimAnswer,
    summary="退出认领 Withdraw a claim",
    refusals=(
        "claim.unknown", "claim.fulfilled_already", "claim.share_received", "love_order.unknown", "charity.not_acting",
    ),
)  # fmt: skip
async def withdraw_claim(call: Call[WithdrawClaim]) -> Ask:
    """Step back with a reason; who waited longest gets the place."""
    order_id, claim_id = call.path_id("order_id"), call.path_id("claim_id")
    command = love_order.Withdraw(claim_id=claim_id, reason_code=call.body.reason_code, acting=acting(call), at=call.at)
    return _ask(call, order_id, command, claim_id)


def _ask(call: Call[Any], order_id: UUID, command: love_order.Command, claim_id: UUID) -> Ask:
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(claimed(claim_id)))
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id, call.at))


routes.page(
    "/v1/claims", row=ClaimRow, owner="claimant",
    filters={"claimant": UUID, "standing": str},
    sql="select (c.claim->>'claim_id')::uuid as claim_id, l.id as order_id, (c.claim->>'claimant')::uuid as claimant,"
        " l.item, l.township, c.claim->>'standing' as standing, (c.claim->>'until')::timestamptz as until,"
        " coalesce((c.claim->>'pieces')::int, 1) as pieces,"
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
    row = await _order(call)
    if row:
        call.permit(township=row["township"], owner=row["charity"])
    return row and {"order_id": call.path_id("order_id"), "claims": row["claims"]}


@routes.get("/v1/love-orders/{order_id}/claims/{claim_id}", answer=ClaimAnswer, summary="认领状态与倒计时 One claim")
async def one_claim(call: Call[None]) -> dict[str, Any] | None:
    """Where a claim stands, for whoever made it and the charity: the countdown, the place on the waiting list."""
    claim_id, row = call.path_id("claim_id"), await _order(call)
    if row is None:
        return None
    claim = next((one for one in row["claims"] if one["claim_id"] == str(claim_id)), None)
    if claim is None:
        call.permit(township=row["township"], owner=row["charity"])
        return None
    call.permit(township=row["township"], owners=(row["charity"], claim["claimant"]))
    until = datetime.fromisoformat(claim["until"]) if claim["until"] else None
    waiting = [one["claim_id"] for one in row["claims"] if one["standing"] == "waiting"]
    waits_as = waiting.index(claim["claim_id"]) + 1 if claim["claim_id"] in waiting else None
    return {
        "pieces": 1, **claim, "order_id": call.path_id("order_id"), "waits_as": waits_as, "until": until,
        "seconds_left": seconds_left(until, call.at),
    }  # fmt: skip


async def _order(call: Call[None]) -> dict[str, Any] | None:
    sql = "select charity, township, claims from love_orders where county = $1 and id = $2"
    row = await call.fetchrow(sql, call.county, call.path_id("order_id"))
    return row and {**row, "claims": json.loads(row["claims"])}
