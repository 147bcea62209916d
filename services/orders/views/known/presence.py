"""Where the persons of orders were, for completions and for what is accepted by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step, Timely
from services.orders.domain import order
from services.orders.domain.policy import Policy
from services.orders.domain.status import Stay

WHERE = (
    "select o.id, b.died_on, b.stays, p.ends_on, p.suspended_from, p.suspended_to from orders o"
    " join beneficiaries b on b.county = o.county and b.id = o.person"
    " left join plans p on p.county = o.county and p.id = o.plan_id"
    " where o.county = $1 and o.id = any($2::uuid[])"
    " and (b.died_on is not null or b.stays <> '[]' or p.ends_on is not null or p.suspended_from is not null)"
)
"""Most people are at home: for them there is no row."""


async def whereabouts(read: Reading, steps: Sequence[Step], adopted: Sequence[Policy]) -> dict[UUID, order.Whereabouts]:
    """By order, of those whose person or plan has anything to tell; read only where a pack judges exceptions."""
    asked = [step.stream for step in steps if isinstance(step.command, order.Complete | order.AcceptUnsampled | Timely)]
    if not asked or not any(policy.exceptions.judged for policy in adopted):
        return {}
    return {row["id"]: _read(row) for row in await read.fetch(WHERE, read.county, asked)}


def _read(row: Any) -> order.Whereabouts:
    return order.Whereabouts(
        died_on=row["died_on"],
        stays=tuple(_stay(one) for one in json.loads(row["stays"])),
        plan_ends_on=row["ends_on"],
        suspended_from=row["suspended_from"],
        suspended_to=row["suspended_to"],
    )


def _stay(one: dict[str, str | None]) -> Stay:
    admitted, discharged = one["admitted"], one["discharged"]
    assert admitted is not None
    return Stay(date.fromisoformat(admitted), None if discharged is None else date.fromisoformat(discharged))
