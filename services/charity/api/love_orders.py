"""Routes of love orders: what a charity has been referred, its publication, and the public hall."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from chassis.http import Body, Call, Routes, field_class
from chassis.service import Ask, Outcome, Step
from services.charity.api.shapes import Wording, referred
from services.charity.domain import love_order

routes = Routes(tag="love orders")


class PublishLoveOrder(Body):
    """The charity's own words for the hall; no name, no address of anybody."""

    wording: Wording = ""


class LoveOrderAnswer(Body):
    """Where the love order stands."""

    order_id: UUID
    status: str


class LoveOrderRow(Body):
    """A love order as its charity and the bureau see it."""

    id: UUID
    charity: UUID
    item: str
    units: int
    township: str
    village: str
    places: int
    price_fen: Annotated[int | None, field_class("money")]
    expires_at: datetime
    status: str
    publish_by: datetime
    places_left: int
    held: int
    waiting: int
    fulfilled: int


class HallRow(Body):
    """A love order as everybody sees it; a place that is left can be claimed, else one waits."""

    id: UUID
    charity: UUID
    charity_name: str | None
    item: str
    units: int
    township: str
    places: int
    places_left: int
    waiting: int
    price_fen: int
    wording: str
    expires_at: datetime


@routes.post(
    "/v1/love-orders/{order_id}/publication", body=PublishLoveOrder, answer=LoveOrderAnswer,
    status=201, summary="发布爱心订单 Publish a love order", refusals=("love_order.unknown", "love_order.closed"),
)  # fmt: skip
async def publish_love_order(call: Call[PublishLoveOrder]) -> Ask:
    """Put a referred love order on the hall."""
    order_id = call.path_id("order_id")
    command = love_order.Publish(wording=call.body.wording, at=call.at)
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(referred))
    return call.ask(step, answer=_answer)


def _answer(outcomes: tuple[Outcome, ...]) -> LoveOrderAnswer:
    return LoveOrderAnswer(order_id=outcomes[0].stream, status=outcomes[0].state.status)


routes.page(
    "/v1/love-orders", row=LoveOrderRow,
    owner="charity", township="township", filters={"charity": UUID, "township": str, "status": str},
    sql="select id, charity, item, units, township, village, places, price_fen, expires_at, status, publish_by,"
        " places_left, held, waiting, fulfilled from love_orders where county = $1",
    order=("expires_at", "id"), summary="爱心订单 Love orders",
    sorts={"expires_at": ("expires_at", "id"), "publish_by": ("publish_by", "id")},
)  # fmt: skip

routes.page(
    "/v1/hall", row=HallRow, filters={"township": str, "item": str},
    sql="select l.id, l.charity, c.name as charity_name, l.item, l.units, l.township, l.places, l.places_left,"
        " l.waiting, l.price_fen, l.wording, l.expires_at from love_orders l"
        " left join charities c on c.county = l.county and c.id = l.charity"
        " where l.county = $1 and l.status = 'published'",
    order=("expires_at", "id"), summary="爱心大厅 The hall",
)  # fmt: skip
