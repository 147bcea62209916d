"""Plans of a month to come, grouped: those that are alike in township, items and days are one row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.orders.domain.days import first_day, last_day
from services.orders.domain.forecast import Alike
from services.orders.domain.planned import Planned
from services.orders.views.ledgers import Reader

ALIKE = """
select township, case when state = 'started' then 'running' else 'assessed' end as origin, items::text as items,
  greatest(coalesce(from_day, $2), $2) as first, least(coalesce(ends_on, $3), $3) as last,
  array_agg(distinct person) as people, count(*) as plans
from plans
where county = $1 and ($4 = '' or township = $4) and state <> 'ended' and (from_day is null or from_day <= $3)
  and (ends_on is null or ends_on >= $2)
group by 1, 2, 3, 4, 5
"""


async def plans_of(read: Reader, month: str, township: str = "") -> list[Alike]:
    """The plans that will run in ``month``: started ones, and drawn ones as if from its first day."""
    rows = await read.fetch(ALIKE, read.county, first_day(month), last_day(month), township)
    return [_alike(row) for row in rows]


def _alike(row: Mapping[str, Any]) -> Alike:
    first: date = row["first"]
    return Alike(
        township=row["township"],
        origin=row["origin"],
        items=tuple(_planned(item) for item in json.loads(row["items"]) if item["kind"] != "aid"),
        first=first,
        last=row["last"],
        people=frozenset(row["people"]),
        plans=row["plans"],
    )


def _planned(item: Mapping[str, Any]) -> Planned:
    """Rows of before know neither periods nor days."""
    from_day, to_day = (item.get(name) for name in ("from_day", "to_day"))
    return Planned(
        item=item["item"],
        kind=item["kind"],
        times_per_month=item["times_per_month"],
        units=item["units"],
        per=item.get("per", "month"),
        times=item.get("times", 0),
        from_day=date.fromisoformat(from_day) if from_day else None,
        to_day=date.fromisoformat(to_day) if to_day else None,
    )
