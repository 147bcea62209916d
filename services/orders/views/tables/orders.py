"""Read models of orders and of the month's seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import month, order
from services.orders.views.tables.loving import LOVE_COLUMNS, love_side


def _order(stream: UUID, state: order.Order) -> Mapping[str, Any]:
    visit = state.waiting or (state.visits[-1] if state.visits else None)
    return {
        "id": stream,
        "kind": state.kind,
        "person": state.person,
        "plan_id": state.plan_id,
        "item": state.item,
        "units": state.units,
        "township": state.township,
        "village": state.village,
        "state": state.stage,
        "provider": state.servers[-1] if state.servers else None,
        "window_from": state.window_from,
        "window_to": state.window_to,
        "opened_at": state.opened_at,
        "visit_id": visit.visit_id if visit else None,
        "day": visit.day if visit else None,
        "red": visit.red if visit else False,
        "policy": state.policy,
        "mode": "government_purchase" if state.mode == "purchase" else state.mode,
        "need_id": state.need_id,
        "emergency": state.emergency,
        "helper": state.helper,
        "judgements": _judgements(state.visits) if state.visits else "[]",
        "exceptions": _exceptions(visit) if visit else "[]",
        "grey": any(one.grey for one in state.visits),
        **love_side(state),
    }


def _judgements(visits: tuple[order.Visit, ...]) -> str:
    """Who reported and who judged each completion, of which day, by which provider; an empty ``by`` where nobody has,
    or it was accepted by itself."""
    return json.dumps(
        [
            {
                "visit": str(one.visit_id),
                "reported_by": one.reported_by,
                "verdict": one.verdict,
                "by": one.judged_by,
                "day": str(one.day),
                "provider": str(one.provider),
                "grey": one.grey,
            }
            for one in visits
        ]
    )


def _exceptions(visit: order.Visit) -> str:
    """Codes that stand against the completion; old ones were told without colours."""
    told = dict(visit.colours)
    other = "red" if visit.red else "amber"
    return json.dumps([{"code": code, "colour": told.get(code, other)} for code in visit.exceptions])


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {
        "id": stream,
        "month": state.month,
        "state": state.stage,
        "parked": state.parked,
        "waiting": state.waiting,
    }


TABLES = (
    View(
        table="orders",
        category=order.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "person": "uuid", "plan_id": "uuid", "item": "text", "units": "integer",
            "township": "text", "village": "text", "state": "text", "provider": "uuid", "window_from": "date",
            "window_to": "date", "opened_at": "timestamptz", "visit_id": "uuid", "day": "date", "red": "boolean",
            "policy": "text", "judgements": "jsonb", "mode": "text", "need_id": "uuid", "emergency": "boolean",
            "helper": "uuid", "exceptions": "jsonb", "grey": "boolean", **LOVE_COLUMNS,
        },
        row=_order,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={"id": "uuid", "month": "text", "state": "text", "parked": "integer", "waiting": "integer"},
        row=_month,
    ),
)  # fmt: skip
