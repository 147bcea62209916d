"""The first need of people since they entered the roll, for many people at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.orders.views.ledgers import Reader

FIRST_NEEDS = """
select distinct on (entrant.person) entrant.person, n.id as need_id, n.state as need_state,
  (n.registered_at at time zone 'Asia/Shanghai')::date as registered_on, decided.day as decided_on
from unnest($2::uuid[], $3::date[]) as entrant (person, entered_on)
join needs n on n.county = $1 and n.person = entrant.person
  and n.registered_at >= entrant.entered_on::timestamp at time zone 'Asia/Shanghai'
left join lateral (
  select (min(e.recorded_at) at time zone 'Asia/Shanghai')::date as day from events e
  where e.county = $1 and e.originator_id = n.id and e.topic in ('orders.need.approved', 'orders.need.refused')
) decided on true
order by entrant.person, n.number
"""


async def first_needs(read: Reader, entered: Mapping[UUID, date]) -> Mapping[UUID, Mapping[str, Any]]:
    """By person, where there is one since the day of entry."""
    people: Sequence[UUID] = list(entered)
    rows = await read.fetch(FIRST_NEEDS, read.county, people, [entered[person] for person in people])
    return {row["person"]: row for row in rows}
