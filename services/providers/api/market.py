"""Routes of the county's supply: figures of the market, and which villages are within reach."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from services.providers.api.shapes import Township
from services.providers.domain import calendar, policy
from services.providers.domain.reach import Point
from services.providers.views import market

routes = Routes(tag="market")


class Market(Body):
    """Who can serve on a day. Percents are rounded down; an aim is null where the pack names none.

    ``stopped`` are suspended or off the register and counted nowhere else.
    """

    day: date
    organisations: int
    organisations_aim: int | None
    stopped: int
    by_kind: dict[str, int]
    with_agreement: int
    outlets: int
    agreements: int
    monthly_capacity: int
    workers: int
    workers_trained: int
    workers_evaluated: int
    workers_low_income: int
    low_income_percent: int | None
    low_income_aim_percent: int | None


class VillageReach(Body):
    """A village and who is nearest to it; ``minutes`` null: nobody has agreed to serve its township."""

    village: str
    minutes: int | None
    provider: UUID | None
    outlet: str
    reached: bool


class Coverage(Body):
    """Which villages of the map somebody reaches in time."""

    day: date
    reach_within_minutes: int
    reached: int
    unreached: int
    villages: list[VillageReach]


@routes.get(
    "/v1/market", answer=Market, filters={"day": date}, summary="服务市场统计 The market in figures",
    refusals=("policy.none_in_force",),
)  # fmt: skip
async def market_figures(call: Call[None]) -> dict[str, Any]:
    """Organisations by kind, agreements, outlets and workers on ``day``, today where none is named."""
    call.permit()
    day, rules = await _day_and_rules(call)
    rows = await call.fetch(market.SUPPLIERS, call.county)
    workers = await call.fetch(market.WORKERS, call.county, day)
    return {"day": day, **market.figures(rows, workers, day, rules)}


@routes.get(
    "/v1/coverage/villages", answer=Coverage, filters={"day": date, "township": Township, "reached": bool},
    summary="三十分钟服务圈覆盖 Which villages are within reach", refusals=("policy.none_in_force",),
)  # fmt: skip
async def village_coverage(call: Call[None]) -> dict[str, Any]:
    """Minutes from the nearest open outlet or worker's village of who has agreed to serve the village's township."""
    call.permit()
    day, rules = await _day_and_rules(call)
    points = {
        row["code"]: Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])
        for row in await call.fetch(market.PLACES, call.county)
    }
    rows = await call.fetch(market.SUPPLIERS, call.county)
    workers = await call.fetch(market.WORKERS, call.county, day)
    township = call.query.get("township", "")
    villages = [(code, point) for code, point in points.items() if len(code) == VILLAGE and code.startswith(township)]
    starts = market.starts(rows, workers, day, points, rules)
    found = await asyncio.to_thread(market.nearest, villages, starts, rules)
    wanted = call.query.get("reached")
    return {
        "day": day,
        "reach_within_minutes": rules.reach_within_minutes,
        "reached": sum(one.reached for one in found),
        "unreached": sum(not one.reached for one in found),
        "villages": [vars(one) for one in found if wanted is None or one.reached == wanted],
    }


VILLAGE = 12
"""Digits of a village's code."""


async def _day_and_rules(call: Call[Any]) -> tuple[date, policy.Policy]:
    day: date = call.query.get("day") or calendar.day_of(call.at)
    return day, policy.in_force(await call.policies(), day)
