"""Read models of visits and of the month's seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import calendar, month, visit


def _visit(stream: UUID, state: visit.Completed) -> Mapping[str, Any]:
    return {
        "id": stream,
        "order_id": state.order_id,
        "provider": state.provider,
        "worker": state.worker,
        "item": state.item,
        "units": state.units,
        "day": state.day,
        "month": calendar.month_of(state.day),
        "started_at": state.started_at,
        "ended_at": state.ended_at,
        "minutes": state.minutes,
        "photos": json.dumps(state.photos),
        "exceptions": json.dumps([asdict(one) for one in state.exceptions]),
    }


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {"id": stream, "month": state.month, "sealed": state.sealed, "again_at": state.again_at}


TABLES = (
    View(
        table="visits",
        category=visit.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "provider": "uuid", "worker": "uuid", "item": "text", "units": "integer",
            "day": "date", "month": "text", "started_at": "timestamptz", "ended_at": "timestamptz",
            "minutes": "integer", "photos": "jsonb", "exceptions": "jsonb",
        },
        row=_visit,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={"id": "uuid", "month": "text", "sealed": "boolean", "again_at": "timestamptz"},
        row=_month,
    ),
)  # fmt: skip
