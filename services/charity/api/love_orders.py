"""Routes of love orders: what a charity has been referred, accepted or sent back, its publication, the public hall."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Id, Routes, field_class
from chassis.service import Ask, Outcome, Step
from services.charity.api.shapes import Code, Reason, Wording, acting, referred
from services.charity.domain import love_order

routes = Routes(tag="love orders")
STANDING = ("love_order.unknown", "love_order.closed", "charity.not_acting")
COLUMNS = (
    "select id, charity, item, units, township, village, places, price_fen, expires_at, status, publish_by,"
    " places_left, held, waiting, fulfilled, form, claimants, min_age,"
    " array(select jsonb_array_elements_text(skills)) as skills from love_orders where county = $1"
)


class PublishLoveOrder(Body):
    """The charity's own words for the hall; no name, no address of anybody."""

    wording: Wording = ""


class DeclineLoveOrder(Body):
    """Why it goes back to the bureau; the ``reason`` is sealed."""

    reason_code: Code
    reason: Reason | None = None


class NameOffer(Body):
    """An offer of a company, from the resource library."""

    offer_id: Id


class LoveOrderAnswer(Body):
    """Where the love order stands."""

    order_id: UUID
    status: str


class LoveOrderRow(Body):
    """A love order as its charity and the bureau see it; ``places`` and what is counted are pieces, ``waiting`` are
    claimants."""

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
    form: str
    claimants: str
    min_age: int
    skills: list[str]


class HallRow(Body):
    """A love order as everybody sees it; pieces that are left can be claimed, else one may wait. ``village`` is null
    where the county does not show it."""

    id: UUID
    charity: UUID
    charity_name: str | None
    item: str
    units: int
    township: str
    village: str | None
    places: int
    places_left: int
    waiting: int
    price_fen: int
    wording: str
    expires_at: datetime
    form: str
    claimants: str
    min_age: int
    skills: list[str]


@routes.post(
    "/v1/love-orders/{order_id}/acceptance", answer=LoveOrderAnswer,
    summary="接受转介 Accept a love order", refusals=(*STANDING, "charity.suspended"),
)  # fmt: skip
async def accept_love_order(call: Call[None]) -> Ask:
    """The charity takes what the bureau has referred to it."""
    return _ask(call, love_order.Accept(acting=acting(call), at=call.at))


@routes.post(
    "/v1/love-orders/{order_id}/decline", body=DeclineLoveOrder, answer=LoveOrderAnswer,
    summary="退回转介 Send a love order back", refusals=(*STANDING, "love_order.published_already"),
)  # fmt: skip
async def decline_love_order(call: Call[DeclineLoveOrder]) -> Ask:
    """Back to the bureau, which refers it elsewhere, buys it or ends it."""
    boxes = {}
    if call.body.reason is not None:
        boxes = await call.vault.seal(call.path_id("order_id"), {"decline": call.body.reason})
    command = love_order.Decline(
        reason_code=call.body.reason_code, reason=boxes.get("decline"), acting=acting(call), at=call.at
    )
    return _ask(call, command)


@routes.post(
    "/v1/love-orders/{order_id}/publication", body=PublishLoveOrder, answer=LoveOrderAnswer,
    status=201, summary="发布爱心订单 Publish a love order", refusals=(*STANDING, "charity.suspended"),
)  # fmt: skip
async def publish_love_order(call: Call[PublishLoveOrder]) -> Ask:
    """Put a referred love order on the hall."""
    return _ask(call, love_order.Publish(wording=call.body.wording, acting=acting(call), at=call.at))


@routes.post(
    "/v1/love-orders/{order_id}/offer", body=NameOffer, answer=LoveOrderAnswer,
    summary="选用低偿报价 Name a low-price offer",
    refusals=(*STANDING, "offer.above_the_agreed_price", "offer.does_not_fit"),
)  # fmt: skip
async def name_offer(call: Call[NameOffer]) -> Ask:
    """A company's offer of the item, in force there today and not above the agreed price: it may claim at its price."""
    offered = await _offered(call)
    return _ask(call, love_order.NameOffer(offered=offered, acting=acting(call), at=call.at))


async def _offered(call: Call[NameOffer]) -> love_order.Offered | None:
    row = await call.fetchrow(
        "select o.id, o.claimant, o.rule, o.price_fen * ceil(l.units::numeric / l.places)::bigint as price_fen"
        " from offers o"
        " join love_orders l on l.county = o.county and l.item = o.item and o.townships ? l.township"
        " where o.county = $1 and o.id = $2 and l.id = $3 and o.status = 'offered'"
        " and ($4::timestamptz at time zone 'Asia/Shanghai')::date between o.from_day and o.to_day",
        call.county, call.body.offer_id, call.path_id("order_id"), call.at,
    )  # fmt: skip
    if row is None:
        return None
    return love_order.Offered(
        offer_id=row["id"], claimant=row["claimant"], price_fen=row["price_fen"], rule=row["rule"]
    )


def _ask(call: Call[Any], command: love_order.Command) -> Ask:
    order_id = call.path_id("order_id")
    step = Step(decider=love_order.decider, stream=order_id, command=command, permit=call.judged(referred))
    return call.ask(step, answer=_answer)


def _answer(outcomes: tuple[Outcome, ...]) -> LoveOrderAnswer:
    return LoveOrderAnswer(order_id=outcomes[0].stream, status=outcomes[0].state.status)


routes.page(
    "/v1/love-orders", row=LoveOrderRow,
    owner="charity", township="township", filters={"charity": UUID, "township": str, "status": str}, sql=COLUMNS,
    order=("expires_at", "id"), summary="爱心订单 Love orders",
    sorts={"expires_at": ("expires_at", "id"), "publish_by": ("publish_by", "id")},
)  # fmt: skip


@routes.get("/v1/love-orders/{order_id}", answer=LoveOrderRow, summary="爱心订单详情 A love order", stream="order_id")
async def one_love_order(call: Call[None]) -> dict[str, Any] | None:
    """For its charity, the bureau, its township, and supervision."""
    row = await call.fetchrow(f"{COLUMNS} and id = $2", call.county, call.path_id("order_id"))
    if row:
        call.permit(township=row["township"], owner=row["charity"])
    return row


routes.page(
    "/v1/hall", row=HallRow, filters={"township": str, "item": str, "form": str},
    sql="select l.id, l.charity, c.name as charity_name, l.item, l.units, l.township, l.hall_village as village,"
        " l.places, l.places_left, l.waiting, l.price_fen, l.wording, l.expires_at, l.form, l.claimants, l.min_age,"
        " array(select jsonb_array_elements_text(l.skills)) as skills from love_orders l"
        " left join charities c on c.county = l.county and c.id = l.charity"
        " where l.county = $1 and l.status = 'published'",
    order=("expires_at", "id"), summary="爱心大厅 The hall",
)  # fmt: skip
