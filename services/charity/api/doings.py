"""Routes of what becomes of a claim: done, not come to, its share of money received."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.charity.api.claims import HELD
from services.charity.api.shapes import ClaimAnswer, Fulfilment, acting, acting_claimant, claim_answer, claimed
from services.charity.domain import love_order
from services.charity.domain.love_order import claim_id_of

routes = Routes(tag="claims")


class ShareOfMoney(Body):
    """The number of the receipt that the charity gave for the money."""

    receipt_number: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$")]


@routes.post(
    "/v1/love-orders/{order_id}/fulfilment", body=Fulfilment, answer=ClaimAnswer,
    status=201, summary="报告完成 Report fulfilment",
    refusals=(
        *HELD, "fulfilment.claim_unnamed", "fulfilment.in_the_future", "fulfilment.before_the_claim",
        "fulfilment.more_than_claimed", "fulfilment.by_the_charity", "delivery.no_share", "delivery.shares_missing",
        "charity.not_acting",
    ),
)  # fmt: skip
async def fulfil_love_order(call: Call[Fulfilment]) -> Ask:
    """Tell that it was done; a charity names the claim where several are open, or delivers what money was given for."""
    order_id, body, claim_id = call.path_id("order_id"), call.body, call.body.claim_id
    if call.caller.role == "claimant":
        claim_id = claim_id_of(order_id, acting_claimant(call))
    command = love_order.Fulfil(
        claim_id=claim_id,
        day=body.day,
        time=body.time,
        photos=body.photos,
        by=call.caller.subject,
        pieces=body.pieces,
        minutes=body.minutes,
        acting=acting(call),
        at=call.at,
    )
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(claimed(claim_id)))
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id or _done(outcomes[0]), call.at))


def _done(outcome: Outcome) -> UUID:
    """The claim that is done now, or was before."""
    now = [event.claim_id for event in outcome.events if isinstance(event, love_order.Fulfilled)]
    order: love_order.LoveOrder = outcome.state
    return next(iter([*now, *(one.claim_id for one in order.claims if one.standing == "fulfilled")]))


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/no-show", answer=ClaimAnswer,
    summary="报告爽约 Report a no-show", refusals=(*HELD, "claim.not_confirmed", "claim.not_due", "charity.not_acting"),
)  # fmt: skip
async def report_no_show(call: Call[None]) -> Ask:
    """A claimant was sure and did not come at the time planned: who waits gets the place."""
    claim_id = call.path_id("claim_id")
    return _ask(call, love_order.ReportNoShow(claim_id=claim_id, acting=acting(call), at=call.at), claim_id)


@routes.post(
    "/v1/love-orders/{order_id}/claims/{claim_id}/share", body=ShareOfMoney, answer=ClaimAnswer,
    summary="登记善款到账 A share of money is received",
    refusals=(*HELD, "love_order.not_of_money", "charity.not_acting"),
)  # fmt: skip
async def receive_share(call: Call[ShareOfMoney]) -> Ask:
    """The charity has the money and has given a receipt for it."""
    claim_id = call.path_id("claim_id")
    command = love_order.ReceiveShare(
        claim_id=claim_id, receipt=call.body.receipt_number, acting=acting(call), at=call.at
    )
    return _ask(call, command, claim_id)


def _ask(call: Call[Any], command: love_order.Command, claim_id: UUID) -> Ask:
    order_id = call.path_id("order_id")
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(claimed(claim_id)))
    return call.ask(step, answer=lambda outcomes: claim_answer(outcomes[0], claim_id, call.at))
