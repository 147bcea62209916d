"""The procurement forecast 采购需求测算: what will have to be bought, by item, township and month."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import Month, policy_of, township_of
from services.orders.domain.days import first_day, months_before
from services.orders.domain.forecast import Origin, forecast
from services.orders.views.ledgers.forecasts import plans_of

routes = Routes(tag="ledgers")


class ForecastRow(Body):
    """So many times of an item: of running plans, or of assessed ones that have not begun."""

    month: Annotated[str, Field(title="月份 Month")]
    township: Annotated[str, Field(title="乡镇 Township")]
    item: Annotated[str, Field(title="项目 Item")]
    origin: Annotated[Origin, Field(title="依据 From plans that are")]
    times: Annotated[int, Field(title="次数 Times")]
    units: Annotated[int, Field(title="数量 Units")]
    people: Annotated[int, Field(title="人数 People")]


class Forecast(Body):
    """The lines by month, township, item and origin."""

    items: list[ForecastRow]


@routes.get(
    "/v1/forecast", answer=Forecast, required=("month",), files="forecast", refusals=("policy.none",),
    filters={"month": Month, "months": Annotated[int, Field(ge=1, le=12)], "township": str},
    summary="采购需求测算 What will have to be bought",
)  # fmt: skip
async def procurement_forecast(call: Call[None]) -> dict[str, Any]:
    """From ``month`` on, so many ``months`` (one where none are named)."""
    township, first = township_of(call), call.query["month"]
    lines: list[dict[str, Any]] = []
    for ahead in range(call.query.get("months", 1)):
        month = months_before(first, -ahead)
        policy = await policy_of(call, first_day(month))
        lines += [asdict(line) for line in forecast(month, await plans_of(call, month, township), policy)]
    return {"items": lines}
