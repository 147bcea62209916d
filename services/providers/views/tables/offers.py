"""Read models of searches and offers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import calendar, search


def _search(stream: UUID, state: search.State) -> Mapping[str, Any] | None:
    order = state.order
    if order is None:
        return None
    return {
        "id": stream,
        "status": state.status,
        "kind": order.kind,
        "person": order.person,
        "item": order.item,
        "units": order.units,
        "township": order.township,
        "village": order.village,
        "window_from": order.window_from,
        "window_to": order.window_to,
        "month": calendar.month_of(order.window_from),
        "policy": order.policy,
        "provider": state.provider,
        "agreement": state.agreement,
        "until": state.until,
        "visit": state.visit,
        "considered": json.dumps([{**asdict(one), "provider": str(one.provider)} for one in state.considered]),
    }


TABLES = (
    View(
        table="searches",
        category=search.CATEGORY,
        columns={
            "id": "uuid", "status": "text", "kind": "text", "person": "uuid", "item": "text", "units": "integer",
            "township": "text", "village": "text", "window_from": "date", "window_to": "date", "month": "text",
            "policy": "text", "provider": "uuid", "agreement": "text", "until": "timestamptz", "visit": "uuid",
            "considered": "jsonb",
        },
        row=_search,
    ),
)  # fmt: skip
