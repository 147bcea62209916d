"""The route that forms a love order of an approved need; charity publishes it, people claim it."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from pydantic import Field

from chassis.http import Body, Call, Id, Instant, Routes
from chassis.service import Ask, Step
from services.orders.api.orders import OrderState, state_of
from services.orders.api.shapes import Code, ItemId, Units, covered
from services.orders.domain import order
from services.orders.domain.referral import love_stream

routes = Routes(tag="love-orders")


class FormLoveOrder(Body):
    """What of the need is referred to which charity; ``price_fen`` is agreed for each place, 0 for a gift.

    ``places`` are for so many claimants, or the pieces they share (10 bags of rice). ``form`` is usually the item's;
    ``claimants``, ``min_age`` and ``skills`` say who may claim: anybody, where they are absent.
    """

    need_id: Id
    item: ItemId
    units: Units = 1
    charity_id: Id
    places: Annotated[int, Field(ge=1, le=1000)] = 1
    expires_at: Instant
    price_fen: Annotated[int, Field(ge=0, le=10**9)] = 0
    rule: ItemId | None = None
    form: Literal["service", "goods", "money"] | None = None
    claimants: Literal["anybody", "persons", "companies"] | None = None
    min_age: Annotated[int, Field(ge=0, le=150)] | None = None
    skills: Annotated[tuple[Code, ...], Field(max_length=10)] = ()


@routes.post(
    "/v1/love-orders", body=FormLoveOrder, answer=OrderState, status=201,
    summary="形成爱心服务订单 Form a love order",
    refusals=(
        "order.love_order_exists", "order.not_yours_to_form", "order.need_not_for_charity", "order.not_in_the_need",
        "order.price_not_approved", "order.expires_in_the_past", "order.need_not_declared",
        "order.content_is_the_charitys", "order.duplicate", "policy.none",
    ),
)  # fmt: skip
async def form_love_order(call: Call[FormLoveOrder]) -> Ask:
    """The bureau forms, a charity publishes, people claim, the bureau verifies (paper 003, part 2 (3) item 4)."""
    body = call.body
    await covered(call, "needs", body.need_id)
    row = await call.fetchrow("select person from needs where county = $1 and id = $2", call.county, body.need_id)
    command = order.FormLove(
        need_id=body.need_id,
        item=body.item,
        units=body.units,
        charity_id=body.charity_id,
        places=body.places,
        expires_at=body.expires_at.astimezone(UTC),
        price_fen=body.price_fen,
        rule=body.rule or "",
        role=call.caller.role,
        at=call.at,
        form=body.form or "",
        claimants=body.claimants or "",
        min_age=body.min_age,
        skills=body.skills,
        person=row["person"] if row else None,
    )
    stream = love_stream(body.need_id, body.item)
    return call.ask(Step(decider=order.decider, stream=stream, command=command), answer=state_of)
