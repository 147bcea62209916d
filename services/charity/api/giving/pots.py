"""Routes of appeals 募捐倡议 and village funds 社区基金: opening, closing, setting aside, and the public account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes
from chassis.service import Ask, Outcome, Step
from services.charity.api.giving.shapes import (
    Amount,
    Line,
    Township,
    Village,
    What,
    acting_owner,
    name_of,
    pot_of_charity,
)
from services.charity.domain import fundraising, pot
from services.charity.domain.ledger import MONEY

routes = Routes(tag="giving")
Items = Annotated[tuple[What, ...], Field(max_length=50, strict=False)]
PUBLISHED = "募捐信息公开"


class Qualify(Body):
    """A certificate of qualification for public fund-raising 公开募捐资格证书: number, first and last day."""

    number: Line
    valid_from: Day
    valid_to: Day


class QualificationRow(Body):
    """Which charity may raise funds in public, and when."""

    charity: UUID
    number: str
    valid_from: date
    valid_to: date


class OpenAppeal(Body):
    """What the appeal is for: items and townships (empty: all), how much, on which days."""

    title: Line
    items: Items = ()
    townships: Annotated[tuple[Township, ...], Field(max_length=50, strict=False)] = ()
    target_fen: Annotated[int, Field(ge=0, le=10**13)] = 0
    first: Day
    last: Day


class OpenVillageFund(Body):
    """A fund for the love orders of one village; of certain items, where any are named."""

    title: Line
    village: Village
    items: Items = ()


class Allot(Body):
    """Set aside for a love order: money in fen, or pieces of its item."""

    order_id: Id
    what: What = MONEY
    amount: Amount


class AllotmentAnswer(Body):
    """What the pot has left without an order, of the same kind."""

    pot_id: UUID
    allotment_id: UUID
    left: int


class PotRow(Body):
    """An appeal or fund and its book, in fen: ``left_fen`` is what is set aside for no order."""

    id: UUID
    charity: UUID
    charity_name: str | None
    title: str
    village: str
    target_fen: int
    first: date | None
    last: date | None
    standing: str
    received_fen: int
    spent_fen: int
    left_fen: int


class GoodsLine(Body):
    """Goods of one item, in pieces."""

    item: str
    received: int
    allotted: int
    spent: int
    left: int


class PotAccount(Body):
    """The book of an appeal or fund, in fen: ``allotted_fen`` is set aside for orders and not spent."""

    id: UUID
    kind: str
    charity: UUID
    title: str
    village: str
    items: list[str]
    townships: list[str]
    target_fen: int
    first: date | None
    last: date | None
    standing: str
    received_fen: int
    moved_in_fen: int
    allotted_fen: int
    spent_fen: int
    left_fen: int
    goods: list[GoodsLine]
    donations: int


class DonorRow(Body):
    """A donation as the donor wishes it shown: by name, masked, or without one."""

    day: date
    what: str
    amount: int
    donor: str | None


@routes.post(
    "/v1/charities/{charity_id}/fundraising", body=Qualify, status=201,
    summary="登记公开募捐资格 Record a qualification for public fund-raising",
    refusals=("charity.unknown", "fundraising.days_reversed"),
)  # fmt: skip
async def qualify(call: Call[Qualify]) -> Ask:
    """A later certificate takes the place of the one before."""
    charity, body = call.path_id("charity_id"), call.body
    command = fundraising.Qualify(
        charity=charity, number=body.number, first=body.valid_from, last=body.valid_to, at=call.at
    )
    return call.ask(Step(decider=fundraising.decider, stream=fundraising.stream_of(charity), command=command))


routes.page(
    "/v1/fundraising", row=QualificationRow, filters={"charity": UUID}, name="list_fundraising",
    sql="select charity, number, valid_from, valid_to, id from fundraisings where county = $1",
    order=("charity", "id"), summary="公开募捐资格 Qualifications for public fund-raising",
)  # fmt: skip


@routes.post(
    "/v1/appeals", body=OpenAppeal, status=201, summary="发布募捐倡议 Publish an appeal",
    refusals=("appeal.days_reversed", "appeal.not_offered", "fundraising.not_qualified"),
)  # fmt: skip
async def open_appeal(call: Call[OpenAppeal]) -> Ask:
    """Only a charity that may raise funds in public on all its days."""
    body, charity = call.body, acting_owner(call)
    terms = pot.Terms(
        kind="appeal",
        charity=charity,
        title=body.title,
        items=body.items,
        townships=body.townships,
        target_fen=body.target_fen,
        first=body.first,
        last=body.last,
    )
    return _open(call, terms)


@routes.post(
    "/v1/village-funds", body=OpenVillageFund, status=201, summary="设立社区基金 Set up a village fund",
    refusals=("village_fund.not_offered",),
)  # fmt: skip
async def open_village_fund(call: Call[OpenVillageFund]) -> Ask:
    """For the love orders of one village."""
    body = call.body
    return _open(
        call,
        pot.Terms(
            kind="village_fund", charity=acting_owner(call), title=body.title, village=body.village, items=body.items
        ),
    )


def _open(call: Call[Any], terms: pot.Terms) -> Ask:
    call.permit(owner=terms.charity)
    return call.ask(Step(decider=pot.decider, stream=call.new_id("pot"), command=pot.Open(terms=terms, at=call.at)))


@routes.post(
    "/v1/pots/{pot_id}/closing", guarded="pot_id", summary="停止接收 Take nothing more", refusals=("pot.unknown",)
)
async def close_pot(call: Call[None]) -> Ask:
    """What is there can still be set aside."""
    step = Step(
        decider=pot.decider,
        stream=call.path_id("pot_id"),
        command=pot.Close(at=call.at),
        permit=call.judged(pot_of_charity),
    )
    return call.ask(step)


@routes.post(
    "/v1/pots/{pot_id}/allotments", body=Allot, answer=AllotmentAnswer, status=201,
    summary="安排用于爱心订单 Set aside for a love order",
    refusals=(
        "pot.unknown", "pot.too_little", "pot.not_covered", "pot.is_of_one_order", "pot.of_another_charity",
        "love_order.unknown", "support.order_closed", "support.exceeds_price", "support.other_item",
    ),
)  # fmt: skip
async def allot(call: Call[Allot]) -> Ask:
    """Never more than is left, and never more than the order needs with all that was promised before."""
    pot_id, body, allotment = call.path_id("pot_id"), call.body, call.new_id("allotment")
    command = pot.Allot(allotment_id=allotment, order_id=body.order_id, what=body.what, amount=body.amount, at=call.at)
    step = Step(decider=pot.decider, stream=pot_id, command=command, permit=call.judged(pot_of_charity))

    def answer(outcomes: tuple[Outcome, ...]) -> AllotmentAnswer:
        left = outcomes[0].state.line(body.what).left
        return AllotmentAnswer(pot_id=pot_id, allotment_id=allotment, left=left)

    return call.ask(step, answer=answer)


for _kind, _path, _summary in (
    ("appeal", "/v1/appeals", "募捐倡议 Appeals"),
    ("village_fund", "/v1/village-funds", "社区基金 Village funds"),
):
    routes.page(
        _path, row=PotRow, filters={"charity": UUID, "village": str, "standing": str},
        sql="select p.id, p.charity, c.name as charity_name, p.title, p.village, p.target_fen, p.first, p.last,"
            " p.standing, p.received_fen, p.spent_fen, p.left_fen, p.opened_at from pots p"
            f" left join charities c on c.county = p.county and c.id = p.charity where p.county = $1"
            f" and p.kind = '{_kind}'",
        order=("opened_at", "id"), newest_first=True, summary=_summary,
    )  # fmt: skip


@routes.get(
    "/v1/pots/{pot_id}", answer=PotAccount, stream="pot_id", summary="收支公开 The account of an appeal or fund"
)
async def one_pot(call: Call[None]) -> dict[str, Any] | None:
    """Received, set aside, spent and left, for everybody to see (what is raised in public is published)."""
    row = await call.fetchrow(
        "select p.*, (select count(*) from donations d where d.county = p.county and d.pot = p.id"
        " and d.standing = 'recorded') as donations from pots p where p.county = $1 and p.id = $2 and"
        " p.kind <> 'bound'",
        call.county, call.path_id("pot_id"),
    )  # fmt: skip
    if row is None:
        return None
    call.permit()
    bound = row["allotted_fen"] - row["returned_fen"] - row["spent_fen"]
    told = {name: json.loads(row[name]) for name in ("items", "townships", "goods")}
    return {**row, **told, "allotted_fen": bound}


async def _shown(call: Call[None], rows: Sequence[Any]) -> Sequence[Any]:
    """Names only where the donor wishes it; each opening is noted."""
    shown = []
    for row in rows:
        name = await name_of(call, row["id"], row, PUBLISHED) if row["shown"] == "named" else None
        shown.append({**row, "donor": name or (row["masked"] or None if row["shown"] == "masked" else None)})
    return shown


routes.page(
    "/v1/donors", row=DonorRow, filters={"pot": UUID}, required=("pot",), filled=_shown, name="list_donors",
    sql="select id, pot, day, what, amount, donor, name_box, masked, shown, recorded_at from donations"
        " where county = $1 and pot is not null and standing = 'recorded'",
    order=("recorded_at", "id"), newest_first=True, summary="捐赠公示 Donors of an appeal or fund, as they wish",
)  # fmt: skip
