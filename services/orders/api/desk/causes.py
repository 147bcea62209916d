"""The report of causes 差错分类: how many corrections of each class, so that errors are never mixed with violations."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import Month, township_of

routes = Routes(tag="verification")
PLACES = {
    "county": "''::text",
    "township": "township",
    "provider": "coalesce(provider::text, '')",
    "item": "item",
}
"""By what the corrections are told apart."""
SQL = (
    "select place, cause, kind, count(*)::integer as corrections,"
    " count(*) filter (where exempted)::integer as exempted,"
    " count(*) filter (where cause <> first_cause)::integer as classed_anew,"
    " sum(count(*)) over (partition by place)::integer as of"
    " from (select {place} as place, cause, first_cause, kind, exempted from corrections"
    " where county = $1 and month = $2 and ($3 = '' or township = $3)) told"
    " group by place, cause, kind order by place, cause, kind"
)


class CauseRow(Body):
    """Of ``of`` corrections of a place so many are of this class and kind; of these so many were exempted, so many
    classed otherwise than at first."""

    place: Annotated[str, Field(title="范围 Place")]
    cause: Annotated[str, Field(title="性质 Cause")]
    kind: Annotated[str, Field(title="类型 Kind")]
    corrections: Annotated[int, Field(title="更正数 Corrections")]
    exempted: Annotated[int, Field(title="免责 Exempted")]
    classed_anew: Annotated[int, Field(title="改认定 Classed anew")]
    of: Annotated[int, Field(title="合计 Of")]


class Causes(Body):
    """The lines, by place, class and kind; none where nothing was corrected."""

    items: list[CauseRow]


@routes.get(
    "/v1/causes", answer=Causes, required=("month",), files="causes",
    filters={"month": Month, "by": Literal["county", "township", "provider", "item"], "township": str},
    summary="差错分类统计 Corrections by cause",
)  # fmt: skip
async def causes(call: Call[None]) -> dict[str, Any]:
    """Objective reasons, mistakes and violations of the month that they are about (paper 000, error tolerance)."""
    township, place = township_of(call), PLACES[call.query.get("by", "township")]
    rows = await call.fetch(SQL.format(place=place), call.county, call.query["month"], township)
    return {"items": [dict(row) for row in rows]}
