"""What the radar of omissions looks at in many people at once: orders that are not over, needs approved for charity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from services.orders.domain.omission import Approved, Waits
from services.orders.views.ledgers import Reader

WAITING = """
select id, person, item, kind, state, (opened_at at time zone 'Asia/Shanghai')::date as formed_on, window_to,
  published_on, desk_since from orders
where county = $1 and person = any($2::uuid[]) and window_to >= $3::date - 366
  and state in ('opened', 'nobody_found', 'matched', 'returned', 'declined', 'unclaimed', 'considered')
order by person, window_to, id
"""
NEEDS = """
select n.id, n.person, coalesce((n.decided_at at time zone 'Asia/Shanghai')::date, $3::date) as decided_on,
  exists (select from orders o where o.county = n.county and o.need_id = n.id and o.state <> 'lapsed')
    as ordered,
  (select max(r.decide_by) from referrals r where r.county = n.county
    and r.entries @> jsonb_build_array(jsonb_build_object('need_id', n.id::text, 'standing', 'waiting'))) as decide_by
from needs n where n.county = $1 and n.person = any($2::uuid[]) and n.state = 'approved' and n.mode = 'charity'
order by n.person, n.number
"""


async def waiting_orders(read: Reader, people: Sequence[UUID], day: date) -> Mapping[UUID, list[Waits]]:
    """By person the orders that are not over."""
    found: dict[UUID, list[Waits]] = {}
    for row in await read.fetch(WAITING, read.county, people, day):
        told = dict(row)
        found.setdefault(told.pop("person"), []).append(Waits(**told))
    return found


async def charity_needs(read: Reader, people: Sequence[UUID], day: date) -> Mapping[UUID, list[Approved]]:
    """By person the needs that were approved for charity."""
    found: dict[UUID, list[Approved]] = {}
    for row in await read.fetch(NEEDS, read.county, people, day):
        told = dict(row)
        found.setdefault(told.pop("person"), []).append(Approved(**told))
    return found
