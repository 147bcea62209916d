"""Read models of needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import need
from services.orders.views.tables.shared import items_json


def _need(stream: UUID, state: need.Need) -> Mapping[str, Any]:
    registered, approved = state.registered, state.approved
    return {
        "id": stream,
        "number": registered.number,
        "person": registered.person_id,
        "township": registered.township,
        "village": registered.village,
        "channel": registered.channel,
        "urgent": registered.urgent,
        "state": state.stage,
        "items": items_json(approved.items) if approved else json.dumps([{"item": item} for item in registered.items]),
        "mode": approved.mode if approved else None,
        "price_fen": approved.price_fen if approved else 0,
        "rule": approved.rule if approved else "",
        "papers_due": approved.papers_due if approved else None,
        "registered_at": registered.at,
        "surveyed_by": json.dumps(state.surveyors) if state.surveyors else "[]",
        "confirmed_by": state.confirmer,
        "assessed_by": approved.by if approved else "",
    }


TABLES = (
    View(
        table="needs",
        category=need.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "person": "uuid", "township": "text", "village": "text",
            "channel": "text", "urgent": "boolean", "state": "text", "items": "jsonb", "mode": "text",
            "price_fen": "bigint", "rule": "text", "papers_due": "date", "registered_at": "timestamptz",
            "surveyed_by": "jsonb", "confirmed_by": "text", "assessed_by": "text",
        },
        row=_need,
    ),
)  # fmt: skip
