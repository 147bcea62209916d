"""Routes of tenders: put out and awarded by whoever buys; public, as public procurement is."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Routes, Thing
from chassis.service import Ask, Step
from services.providers.api.shapes import MONEY, Amount, Item, Line, Purchaser, buyer
from services.providers.domain import tender

routes = Routes(tag="tenders")

Method = Literal[
    "public_tender", "invited_tender", "competitive_negotiation", "competitive_consultation", "inquiry", "single_source"
]
"""政府采购法 art. 26, and competitive consultation 竞争性磋商."""
COLUMNS = "id, number, project, purchaser, method, day, amount_fen from tenders where county = $1"


class PutOutTender(Body):
    """What is bought, by which procedure, for at most how much; ``number`` is the one agreements name."""

    number: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,100}}$")]
    project: Line
    purchaser: Purchaser = ""
    method: Method = "public_tender"
    day: Day
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=200)]
    amount_fen: Annotated[Amount, Field(ge=1)]


class AwardTender(Body):
    """To whom, for at most how much, on which day."""

    provider_id: Id
    amount_fen: Annotated[Amount, Field(ge=1)]
    day: Day


class TenderRow(Body):
    """A tender in a list."""

    id: UUID
    number: str
    project: str
    purchaser: str
    method: str
    day: date
    amount_fen: Annotated[int | None, MONEY]


class AwardRow(Body):
    """A provider that may be agreed with."""

    provider: UUID
    amount_fen: Annotated[int | None, MONEY]
    day: date


class TenderWhole(TenderRow):
    """A tender with its items and awards."""

    items: list[str]
    awards: list[AwardRow]


@routes.post(
    "/v1/tenders", body=PutOutTender, status=201, summary="登记招投标项目 Enter a tender",
    refusals=("tender.number_taken",),
)  # fmt: skip
async def put_out_tender(call: Call[PutOutTender]) -> Ask:
    """Once for each number; the bureau for the county, a township for what it buys itself."""
    call.permit(township=buyer(call.body.purchaser))
    command = tender.PutOut(**dict(call.body), at=call.at)
    stream = tender.stream_of(call.county, call.body.number)
    return call.ask(Step(decider=tender.decider, stream=stream, command=command))


@routes.post(
    "/v1/tenders/{tender_id}/award", body=AwardTender, guarded="tender_id", summary="登记中标 Award a tender",
    refusals=(
        "tender.unknown", "tender.awarded_already", "tender.awarded_before_it_was_put_out", "tender.more_than_put_out",
        "provider.unknown",
    ),
)  # fmt: skip
async def award_tender(call: Call[AwardTender]) -> Ask:
    """Several providers may share it; together never more than was put out."""
    body = call.body
    command = tender.Award(provider=body.provider_id, amount_fen=body.amount_fen, day=body.day, at=call.at)
    return call.ask(
        Step(
            decider=tender.decider,
            stream=call.path_id("tender_id"),
            command=command,
            permit=call.judged(_bought_by),
        )
    )


def _bought_by(state: tender.Tender) -> Thing:
    return Thing(township=buyer(state.put_out.purchaser) if state.put_out else "")


routes.page(
    "/v1/tenders", row=TenderRow, filters={"number": str, "purchaser": str, "method": str},
    sql=f"select {COLUMNS}", order=("day", "id"), newest_first=True, summary="招投标项目 Tenders",
)  # fmt: skip


@routes.get("/v1/tenders/{tender_id}", answer=TenderWhole, summary="招投标项目 A tender", stream="tender_id")
async def one_tender(call: Call[None]) -> dict[str, Any] | None:
    """With its items and awards."""
    call.permit()
    row = await call.fetchrow(
        "select * from tenders where county = $1 and id = $2", call.county, call.path_id("tender_id")
    )  # fmt: skip
    return row and {**row, "items": json.loads(row["items"]), "awards": json.loads(row["awards"])}
