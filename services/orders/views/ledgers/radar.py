"""What the radar looks at in many people at once: their plans, and the orders that somebody took around a day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.orders.domain.coverage import Looked, Running, Taken
from services.orders.views.ledgers import Reader

AROUND = timedelta(days=31)
PLANS = """
select id, person, state, drawn_on, from_day, notice_on, provider, items from plans
where county = $1 and person = any($2::uuid[]) and state <> 'ended' order by person, from_day nulls last, id
"""
TAKEN = """
select person, item, provider, window_from, window_to from orders
where county = $1 and person = any($2::uuid[]) and window_to between $3 and $4 and provider is not null
  and kind = 'purchase' and state <> 'cancelled' order by person, window_to, id
"""


async def looked(read: Reader, people: Sequence[Mapping[str, Any]], day: date) -> Mapping[UUID, Looked]:
    """By person; ``people`` are rows of the register."""
    ids = [person["id"] for person in people]
    plans: dict[UUID, list[Running]] = {}
    for row in await read.fetch(PLANS, read.county, ids):
        plans.setdefault(row["person"], []).append(_running(row))
    orders: dict[UUID, list[Taken]] = {}
    for row in await read.fetch(TAKEN, read.county, ids, day - AROUND, day + AROUND):
        one = Taken(item=row["item"], provider=row["provider"], first=row["window_from"], last=row["window_to"])
        orders.setdefault(row["person"], []).append(one)
    return {
        person["id"]: Looked(
            born=person["born"],
            died=person["died_on"] is not None,
            tier=person["tier"],
            categories=tuple(json.loads(person["categories"])),
            plans=tuple(plans.get(person["id"], ())),
            orders=tuple(orders.get(person["id"], ())),
        )
        for person in people
    }


def _running(row: Mapping[str, Any]) -> Running:
    items = json.loads(row["items"])
    return Running(
        id=row["id"],
        started=row["state"] == "started",
        drawn_on=row["drawn_on"] or date.max,
        from_day=row["from_day"],
        notice_on=row["notice_on"],
        provider=row["provider"],
        items=tuple((item["item"], item["times_per_month"]) for item in items),
        bought=any(item["kind"] == "purchase" for item in items),
    )
