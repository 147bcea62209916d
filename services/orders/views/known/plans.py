"""What decisions about care plans may know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import plan

SERVED = (
    "select plan_id as id, array_agg(orders.id) as served from orders where county = $1 and plan_id = any($2::uuid[])"
    " and state in ('completed', 'accepted', 'turned_down') group by plan_id"
)
OTHERS = (
    "select mine.id, max(coalesce(other.ends_on, 'infinity'::date)) as until from plans mine"
    " join plans other on other.county = mine.county and other.person = mine.person and other.id <> mine.id"
    " where mine.county = $1 and mine.id = any($2::uuid[]) and other.from_day is not null group by mine.id"
)
GUARDIANS = (
    "select p.id, b.guardian from plans p join beneficiaries b on b.county = p.county and b.id = p.person"
    " where p.county = $1 and p.id = any($2::uuid[])"
)


async def of_plans(read: Reading, steps: Sequence[Step]) -> Sequence[plan.Known]:
    """The policies; to adjust what is served, to start other plans of the person, to sign the guardian."""
    adopted = await read.policies()
    served = await _by_plan(read, SERVED, "served", steps, plan.Adjust)
    others = await _by_plan(read, OTHERS, "until", steps, plan.Start)
    guardians = await _by_plan(read, GUARDIANS, "guardian", steps, plan.Agree)
    return [
        plan.Known(
            policies=adopted,
            served=frozenset(served.get(step.stream, ())),
            other_plan_until=others.get(step.stream),
            guardian=guardians.get(step.stream, ""),
        )
        for step in steps
    ]


async def _by_plan(read: Reading, query: str, column: str, steps: Sequence[Step], kind: type) -> dict[UUID, Any]:
    """A column by plan, for the plans of the steps with this command; nothing is asked where there are none."""
    streams = [step.stream for step in steps if isinstance(step.command, kind)]
    if not streams:
        return {}
    return {row["id"]: row[column] for row in await read.fetch(query, read.county, streams)}
