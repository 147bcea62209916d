"""Read models of exceptions and what became of them, and of outages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import exception, outage

TOWNSHIP_DIGITS = 9


def _exception(stream: UUID, case: exception.Case) -> Mapping[str, Any]:
    raised, resolved = case.raised, case.resolved
    return {
        "id": stream,
        "visit_id": raised.visit,
        "order_id": raised.order_id,
        "provider": raised.provider,
        "worker": raised.worker,
        "person": raised.person,
        "township": raised.region[:TOWNSHIP_DIGITS],
        "item": raised.item,
        "day": raised.day,
        "code": raised.code,
        "colour": case.colour,
        "state": case.status,
        "raised_at": raised.at,
        "due_on": raised.due_on,
        "times": case.times,
        "explained_at": case.explained_at,
        "reason_code": resolved.reason_code if resolved else "",
        "resolved_by": resolved.by if resolved else "",
        "resolved_at": resolved.at if resolved else None,
    }


def _outage(stream: UUID, state: outage.Outage) -> Mapping[str, Any]:
    told = state.recorded
    return {
        "id": stream,
        "down": told.down,
        "from_at": told.from_at,
        "to_at": told.to_at,
        "reason_code": told.reason_code,
        "recorded_by": told.by,
        "recorded_at": told.at,
        "through": state.through,
        "done": state.done,
    }


TABLES: tuple[View, ...] = (
    View(
        table="exceptions",
        category=exception.CATEGORY,
        columns={
            "id": "uuid", "visit_id": "uuid", "order_id": "uuid", "provider": "uuid", "worker": "uuid",
            "person": "uuid", "township": "text", "item": "text", "day": "date", "code": "text", "colour": "text",
            "state": "text", "raised_at": "timestamptz", "due_on": "date", "times": "integer",
            "explained_at": "timestamptz", "reason_code": "text", "resolved_by": "text", "resolved_at": "timestamptz",
        },
        row=_exception,
    ),
    View(
        table="outages",
        category=outage.CATEGORY,
        columns={
            "id": "uuid", "down": "text", "from_at": "timestamptz", "to_at": "timestamptz", "reason_code": "text",
            "recorded_by": "text", "recorded_at": "timestamptz", "through": "uuid", "done": "boolean",
        },
        row=_outage,
    ),
)  # fmt: skip
