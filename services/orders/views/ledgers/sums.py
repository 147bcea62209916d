"""The ledger summed: a line for each village, each township, or the county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.orders.domain.days import first_day, last_day
from services.orders.views.ledgers import Reader
from services.orders.views.ledgers.people import COUNTS

PLACES: Mapping[str, str] = {"village": "village", "township": "township", "county": "county"}
_HERE = "county = $1 and ($2 = '' or township = $2)"
PEOPLE = """
select {place} as place, count(*) as people from beneficiaries
where {here} and (died_on is null or died_on >= $3) group by 1
"""
NEEDS = """
select {place} as place, count(distinct person) as people_with_need from needs
where {here} and registered_at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai' group by 1
"""
PLANS = """
select {place} as place, count(distinct person) as people_with_plan,
  count(distinct person) filter (where notice_on is not null) as people_with_notice
from plans where {here} and from_day <= $4 and (ends_on is null or ends_on >= $3) group by 1
"""
ORDERS = """
select {place} as place, {counts} from orders where {here} and window_to between $3 and $4 group by 1
"""
NOTHING = dict.fromkeys(
    ("people", "people_with_need", "people_with_plan", "people_with_notice", "asked", "served", "verified", "accepted",
     "units"), 0
)  # fmt: skip


async def sums(read: Reader, month: str, by: str, township: str = "") -> list[dict[str, Any]]:
    """A line for each place where anybody lives or anything was asked for, in order of codes."""
    first, last = first_day(month), last_day(month)
    words = {"place": PLACES[by], "here": _HERE, "counts": COUNTS}
    lines: dict[str, dict[str, Any]] = {}
    asked = ((PEOPLE, (first,)), (NEEDS, (last,)), (PLANS, (first, last)), (ORDERS, (first, last)))
    for sql, days in asked:
        for row in await read.fetch(sql.format(**words), read.county, township, *days):
            lines.setdefault(row["place"], dict(NOTHING)).update(row)
    return [{**line, "place": place} for place, line in sorted(lines.items())]
