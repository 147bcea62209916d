"""What decisions of the verification desk may know: what acceptances told settlement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from chassis.service import Reading
from services.orders.domain import order

TOLD = (
    "select subject, event_id, body from public_log where county = $1 and subject = any($2::uuid[])"
    " and type in ('orders.order_verified.v1', 'orders.aid_verified.v1') order by position"
)
"""By the partial index of the migration; a later acceptance of the same completion comes after the earlier."""


async def told_of(read: Reading, orders: list[UUID]) -> dict[UUID, Mapping[UUID, order.Told]]:
    """By order and completion, the fact of its last acceptance: the id of the event that told it, and its month."""
    told: dict[UUID, dict[UUID, order.Told]] = {}
    for row in await read.fetch(TOLD, read.county, orders):
        body = json.loads(row["body"])
        fact = body.get("fact")
        of_visit = told.setdefault(row["subject"], {})
        of_visit[UUID(body["visit_id"])] = order.Told(
            fact=str(row["event_id"]) if fact else "", month=_month(fact) if fact else ""
        )
    return dict(told)


def _month(fact: Mapping[str, str]) -> str:
    """The month a fact belongs to (S1): that of its day; December for neighbours' aid."""
    return f"{fact['day'][:4]}-12" if fact["kind"] == "neighbour_service" else fact["day"][:7]
