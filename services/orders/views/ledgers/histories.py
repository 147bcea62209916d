"""Everything that happened to one person, in the order of the county's log; and what they were given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.orders.views.ledgers import Reader

THINGS: Mapping[str, str] = {
    "need": "needs",
    "plan": "plans",
    "order": "orders",
    "contact": "contacts",
    "errand": "errands",
    "duty": "duties",
    "carer": "carers",
    "pair": "pairs",
}
"""What is a person's, by the table whose rows name the person and bear the stream's id."""
_STREAMS = "".join(
    f" union all select id, '{thing}' from {table} where county = $1 and person = $2" for thing, table in THINGS.items()
)
HISTORY = f"""
with streams as materialized (select $2::uuid as id, 'beneficiary' as thing{_STREAMS})
select e.position, e.originator_id as id, streams.thing, e.topic, e.state, e.metadata, e.recorded_at
from streams cross join lateral (
  select * from events e where e.county = $1 and e.originator_id = streams.id offset 0
) e where e.position > $3 order by e.position limit $4
"""
"""``offset 0``, with the position outside, keeps the events of each stream read by the stream's index and not by the
position's: the log of a county is long, a person's is not."""
SERVICES = """
select item, kind, provider, count(*) filter (where state <> 'cancelled') as asked,
  count(*) filter (where state in ('completed', 'accepted', 'turned_down')) as served,
  count(*) filter (where state = 'accepted') as accepted,
  count(*) filter (where state = 'turned_down') as turned_down,
  coalesce(sum(units) filter (where state = 'accepted'), 0)::bigint as units,
  max(day) filter (where state in ('completed', 'accepted', 'turned_down')) as last_on
from orders where county = $1 and person = $2 and window_to between $3 and $4
group by item, kind, provider having count(*) filter (where state <> 'cancelled') > 0
order by item, kind, provider nulls last
"""
SINGLE_ORDERS = """
select item, kind, state, published_on, pieces_accepted, (opened_at at time zone 'Asia/Shanghai')::date as asked_on
from orders where county = $1 and person = $2 and plan_id is null order by opened_at desc, id limit 20
"""
NEXT_WINDOW = """
select window_from, window_to from orders where county = $1 and person = $2 and window_to >= $3
  and state in ('opened', 'nobody_found', 'matched', 'returned') order by window_to, id limit 1
"""


async def history(read: Reader, person: UUID, after: int, limit: int) -> list[dict[str, Any]]:
    """The events after position ``after``, as they are stored."""
    return await read.fetch(HISTORY, read.county, person, after, limit)


async def services(read: Reader, person: UUID, first: date, last: date) -> list[dict[str, Any]]:
    """By item and who served: how often asked for, done, accepted, in orders whose window ends between two days."""
    return await read.fetch(SERVICES, read.county, person, first, last)


async def next_window(read: Reader, person: UUID, today: date) -> Mapping[str, Any] | None:
    """Between which days somebody should come next."""
    rows = await read.fetch(NEXT_WINDOW, read.county, person, today)
    return rows[0] if rows else None
