"""A month of many people: their needs, the plan that runs, what was asked for, done and verified.

An order belongs to the month in which its window ends, so each is counted in exactly one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.orders.domain.days import first_day, last_day
from services.orders.views.ledgers import Reader

NEEDS = """
select person, count(*) as needs, count(*) filter (where state in ('registered', 'surveyed', 'confirmed')) as open_needs
from needs where county = $1 and person = any($2::uuid[]) and registered_at < ($3::date + 1)::timestamp at time zone
  'Asia/Shanghai' group by person
"""
PLANS = """
select distinct on (person) person, id as plan_id, state as plan_state, items, provider, notice_on
from plans where county = $1 and person = any($2::uuid[])
  and (from_day is null or from_day <= $4) and (ends_on is null or ends_on >= $3)
order by person, from_day desc nulls last, id
"""
COUNTS = """
count(*) filter (where state <> 'cancelled') as asked,
count(*) filter (where state in ('completed', 'accepted', 'turned_down')) as served,
count(*) filter (where state in ('accepted', 'turned_down')) as verified,
count(*) filter (where state = 'accepted') as accepted,
coalesce(sum(units) filter (where state = 'accepted'), 0)::bigint as units
"""
"""Of orders: asked for and not called off; with a completion; judged; accepted, and so many units."""
ORDERS = f"""
select person, {COUNTS} from orders
where county = $1 and person = any($2::uuid[]) and window_to between $3 and $4 group by person
"""
NOTHING: Mapping[str, Any] = {
    "needs": 0, "open_needs": 0, "plan_id": None, "plan_state": None, "items": [], "provider": None, "notice_on": None,
    "asked": 0, "served": 0, "verified": 0, "accepted": 0, "units": 0,
}  # fmt: skip


async def months_of(read: Reader, people: Sequence[UUID], month: str) -> Mapping[UUID, Mapping[str, Any]]:
    """By person, what ``NOTHING`` names; whoever has nothing of it has that."""
    first, last = first_day(month), last_day(month)
    found: dict[UUID, dict[str, Any]] = {person: dict(NOTHING) for person in people}
    for row in await read.fetch(NEEDS, read.county, people, last):
        found[row["person"]] |= row
    for row in await read.fetch(PLANS, read.county, people, first, last):
        found[row["person"]] |= {**row, "items": json.loads(row["items"])}
    for row in await read.fetch(ORDERS, read.county, people, first, last):
        found[row["person"]] |= row
    return found
