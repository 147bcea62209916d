"""What is read about a year's spot checks, by decisions and by routes alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

STANDING = (
    "select (j ->> 'visit')::uuid as visit, o.id as order_id, coalesce((j ->> 'day')::date, o.day) as day, o.township,"
    " coalesce((j ->> 'provider')::uuid, o.provider) as provider, o.item, o.person,"
    " coalesce((j ->> 'grey')::boolean, false) as grey, j ->> 'by' as by, j ->> 'reported_by' as reported_by,"
    " j ->> 'verdict' as verdict from orders o cross join lateral jsonb_array_elements(o.judgements) as j"
    " where o.county = $1 and o.kind in ('purchase', 'goods')"
)
"""Completions of purchased orders. A list takes those that wait too: most are accepted by themselves if not drawn."""
VISIT = f"{STANDING} and o.id = $2 and j ->> 'visit' = $3"
OF_YEARS = (
    f"select s.* from ({STANDING} and o.day between $3 and $4) s"
    " where s.verdict in ('waiting', 'accepted', 'turned_down') and extract(year from s.day)::int = any($2::int[])"
)
NOT_LISTED = (
    f"{OF_YEARS} and s.visit not in (select v.id::uuid from spot_batches b"
    " cross join lateral jsonb_array_elements_text(b.listed) as v (id) where b.county = $1) order by s.visit"
)
JUDGED = f"select count(*) filter (where verdict <> 'waiting') as judged, count(*) as standing from ({OF_YEARS}) as c"
STRATA = (
    "select distinct on (s.one ->> 'key') s.one ->> 'key' as key, s.one as stratum from spot_batches b"
    " cross join lateral jsonb_array_elements(b.strata) as s (one)"
    " where b.county = $1 and b.year = $2 order by s.one ->> 'key', b.number desc"
)
"""Each stratum of a year as the last batch that has it left it."""
RESULTS = (
    "select stratum, count(*) filter (where state = 'done') as checked,"
    " count(*) filter (where result = 'rejected') as rejected, count(*) filter (where state = 'open') as open"
    " from inspections where county = $1 and year = $2 and batch is not null group by stratum"
)
EXTRA = (
    "select count(*) filter (where state = 'done') as extra from inspections"
    " where county = $1 and year = $2 and batch is null"
)
INSPECTORS = (
    "select id, subject, township, barred from inspectors where county = $1 and not ended and valid_from <= $2"
    " and (valid_to is null or valid_to >= $2) order by id"
)
NEED_HANDS = (
    "select person, surveyed_by, confirmed_by, assessed_by from needs where county = $1 and person = any($2::uuid[])"
)
NUMBERS = (
    "select coalesce(max(number), 0) + 1 as next, coalesce(bool_or(state <> 'drawn'), false) as running,"
    " exists (select from spot_years y where y.county = $1 and y.year = $2) as closed"
    " from spot_batches where county = $1 and year = $2"
)
CLOSED_YEARS = "select year from spot_years where county = $1 and year < $2"


class Fetching(Protocol):
    """Reads rows: a decision's reading, or a request."""

    async def fetch(self, query: str, *arguments: object) -> list[Any]: ...


async def numbers(read: Fetching, county: str, year: int) -> tuple[int, bool, bool]:
    """The number of the next list of a year; whether a batch is not drawn yet; whether the year is closed."""
    [row] = await read.fetch(NUMBERS, county, year)
    return row["next"], row["running"], row["closed"]


async def years_of(read: Fetching, county: str, year: int) -> list[int]:
    """The years whose visits a list of ``year`` takes: its own, and what is late of those that are closed."""
    return [year, *(row["year"] for row in await read.fetch(CLOSED_YEARS, county, year))]


async def not_listed(read: Fetching, county: str, years: Sequence[int]) -> list[Any]:
    """Visits of these years that stand in no list."""
    return await read.fetch(NOT_LISTED, county, list(years), *_days(years))


async def judged(read: Fetching, county: str, year: int) -> Any:
    """How many visits of a year were accepted or rejected, and how many stand."""
    [row] = await read.fetch(JUDGED, county, [year], *_days([year]))
    return row


def _days(years: Sequence[int]) -> tuple[date, date]:
    """The days of orders that may have a visit in these years: an order shows its last one only."""
    return date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31)
