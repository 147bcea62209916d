"""The ledger summed 汇总台账: a line for each village or township, or one for the county."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import Month, township_of
from services.orders.views.ledgers import sums

routes = Routes(tag="ledgers")


class SumRow(Body):
    """A place in a month; orders count in the month in which their window ends."""

    place: Annotated[str, Field(title="地区 Place")]
    people: Annotated[int, Field(title="登记人数 People")]
    people_with_need: Annotated[int, Field(title="有需求人数 With a need")]
    people_with_plan: Annotated[int, Field(title="有方案人数 With a plan")]
    people_with_notice: Annotated[int, Field(title="已公示人数 With a notice")]
    asked: Annotated[int, Field(title="应服务次数 Asked for")]
    served: Annotated[int, Field(title="已服务次数 Served")]
    verified: Annotated[int, Field(title="已验收次数 Verified")]
    accepted: Annotated[int, Field(title="合格次数 Accepted")]
    units: Annotated[int, Field(title="合格数量 Units accepted")]


class Sums(Body):
    """The lines, in order of codes."""

    items: list[SumRow]


@routes.get(
    "/v1/ledgers/sums", answer=Sums, required=("month",), files="sums",
    filters={"month": Month, "by": Literal["village", "township", "county"], "township": str},
    summary="汇总台账 The ledger summed by place",
)  # fmt: skip
async def ledger_sums(call: Call[None]) -> dict[str, Any]:
    """The township's ledger is the sum of its villages', the county's that of its townships'."""
    township, by = township_of(call), call.query.get("by", "township")
    return {"items": await sums.sums(call, call.query["month"], by, township)}
