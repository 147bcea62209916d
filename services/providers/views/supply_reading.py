"""Reads the county's supply: agreements, crews, points and loads, once for many orders."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Reading
from services.providers.domain import calendar
from services.providers.domain.provider import Held
from services.providers.domain.ranking import Order
from services.providers.domain.reach import Point
from services.providers.views import register_rows
from services.providers.views.register_rows import Supplier
from services.providers.views.supply import Staff, Supply

PROVIDERS = f"select {register_rows.COLUMNS} from providers where county = $1 and agreements <> '[]' order by id"
STAFF = (
    "select id, provider, township, outlet, village, qualifications, trained_to, monthly_capacity, left_on, evaluated,"
    " leaves from workers where county = $1 and (left_on is null or left_on > $2) and township = any($3::text[])"
    " order by id"
)
LOADS = (
    "select provider, agreement, month, worker, count(*) as taken from searches"
    " where county = $1 and month = any($2::text[]) and status in ('offered', 'found') group by 1, 2, 3, 4"
)
ORDERS_UNDER = (
    "select provider, agreement, count(*) as taken from searches where county = $1 and agreement = any($2::text[])"
    " and status in ('offered', 'found') group by 1, 2"
)
PLACES = "select code, latitude_udeg, longitude_udeg from places where county = $1 and code = any($2::text[])"
WAYS = "select place, times from travel_times where county = $1 and place = any($2::text[])"


async def read_supply(read: Reading, orders: Iterable[Order]) -> Supply:
    """Everything that may matter to ``orders``."""
    wanted = list(orders)
    townships = sorted({one.township for one in wanted})
    earliest = min((one.window_from for one in wanted), default=date.max)
    suppliers = [Supplier.of(row) for row in await read.fetch(PROVIDERS, read.county)]
    staff: dict[tuple[UUID, str], list[Staff]] = defaultdict(list)
    for row in await read.fetch(STAFF, read.county, earliest, townships):
        staff[row["provider"], row["township"]].append(_staff(row))
    starts = {one.village for crew in staff.values() for one in crew}
    starts |= {outlet.village for supplier in suppliers for outlet in supplier.outlets}
    codes = sorted(({one.village for one in wanted} | set(townships) | starts) - {""})
    loads = await read.fetch(LOADS, read.county, sorted({calendar.month_of(one.window_from) for one in wanted}))
    supply = Supply(
        suppliers=suppliers,
        staff=dict(staff),
        points={row["code"]: _point(row) for row in await read.fetch(PLACES, read.county, codes)},
        ways={row["place"]: json.loads(row["times"]) for row in await read.fetch(WAYS, read.county, codes)},
        taken_ever=await _taken_ever(read, suppliers),
    )
    for row in loads:
        supply.taken[row["provider"], row["agreement"], row["month"]] += row["taken"]
        if row["worker"] is not None:
            supply.busy[row["worker"], row["month"]] += row["taken"]
    return supply


async def _taken_ever(read: Reading, suppliers: Iterable[Supplier]) -> Counter[tuple[UUID, str]]:
    """How many orders stand under each agreement that limits them in all; nothing is read where none does."""
    limited = {held.agreed.number for one in suppliers for held in one.agreements if _limits(held)}
    if not limited:
        return Counter()
    rows = await read.fetch(ORDERS_UNDER, read.county, sorted(limited))
    return Counter({(row["provider"], row["agreement"]): row["taken"] for row in rows})


def _limits(held: Held) -> bool:
    return any(terms.most_orders for terms in held.terms)


def _staff(row: Any) -> Staff:
    return Staff(
        worker=row["id"],
        outlet=row["outlet"],
        village=row["village"],
        qualifications=tuple(json.loads(row["qualifications"])),
        trained_to=row["trained_to"],
        monthly_capacity=row["monthly_capacity"],
        left_on=row["left_on"],
        evaluated=row["evaluated"],
        leaves=tuple(
            (date.fromisoformat(one["from_day"]), date.fromisoformat(one["to_day"]))
            for one in json.loads(row["leaves"])
        ),
    )


def _point(row: Any) -> Point:
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])
