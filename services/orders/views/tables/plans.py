"""Read models of care plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import plan
from services.orders.views.tables.shared import items_json


def _plan(stream: UUID, state: plan.Plan) -> Mapping[str, Any]:
    ended = state.stopped or state.life.died_on is not None
    return {
        "id": stream,
        "person": state.person,
        "township": state.township,
        "village": state.village,
        "state": "ended" if ended else "started" if state.started else "drawn",
        "items": items_json(state.items),
        "from_day": state.life.begins_on if state.started else None,
        "ends_on": min(state.life.ends_on or date.max, state.life.died_on or date.max) if ended else None,
        "notice_on": state.notice_on,
        "provider": state.provider,
        "opened": state.opened,
        "drawn_on": state.drawn_on,
    }


TABLES = (
    View(
        table="plans",
        category=plan.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "state": "text", "items": "jsonb",
            "from_day": "date", "ends_on": "date", "notice_on": "date", "provider": "uuid", "opened": "text",
            "drawn_on": "date",
        },
        row=_plan,
    ),
)  # fmt: skip
