"""Read models of care plans."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import plan
from services.orders.domain.plan.entries import Entry
from services.orders.domain.plan.state import ServicePlan
from services.orders.views.tables.shared import box


def _plan(stream: UUID, state: plan.Plan) -> Mapping[str, Any]:
    """``state`` is ``ended`` once the last day has passed; a plan that ends later shows ``ends_on`` and runs."""
    ended = state.finished or state.life.died_on is not None or (state.stopped and not state.started)
    ends = min(state.life.ends_on or date.max, state.life.died_on or date.max)
    rests = state.life.suspended[-1] if state.life.suspended else None
    return {
        "id": stream,
        "person": state.person,
        "township": state.township,
        "village": state.village,
        "state": "ended" if ended else "started" if state.started else "drawn",
        "items": json.dumps([_item(entry) for entry in state.entries if entry.first <= entry.last]),
        "from_day": state.life.begins_on if state.started else None,
        "ends_on": ends if ends < date.max else None,
        "notice_on": state.notice_on,
        "provider": state.provider,
        "opened": state.opened,
        "drawn_on": state.drawn_on,
        "urgent": state.urgent,
        "agreed_on": state.agreed_on,
        "agreed_by": state.agreed_by,
        "refreshed_on": state.refreshed_on,
        "refresh_due": state.refresh_due,
        "stale": state.stale and not ended,
        "entitled": state.entitled,
        "suspended_from": rests.first if rests else None,
        "suspended_to": rests.last if rests and rests.last < date.max else None,
        "service_plans": json.dumps({str(number): _service_plan(one) for number, one in state.service_plans.items()}),
    }


def _item(entry: Entry) -> Mapping[str, Any]:
    """An item with its days; ``waits`` until help is arranged, or the provider's plan of service agreed."""
    planned = entry.planned
    return {
        "number": entry.number,
        "item": planned.item,
        "kind": planned.kind,
        "times_per_month": planned.times_per_month,
        "units": planned.units,
        "per": planned.per,
        "times": planned.times or planned.times_per_month,
        "mode": planned.mode,
        "provider": str(planned.provider) if planned.provider else None,
        "carer": str(planned.carer) if planned.carer else None,
        "helper": str(entry.helper) if entry.helper else None,
        "from_day": entry.first.isoformat() if entry.first > date.min else None,
        "to_day": entry.last.isoformat() if entry.last < date.max else None,
        "waits": entry.opens_from == date.max,
    }


def _service_plan(one: ServicePlan) -> Mapping[str, Any]:
    return {
        "provider": str(one.provider),
        "stage": one.stage,
        "text_box": one.text.box,
        "reason_box": box(one.reason),
    }


TABLES = (
    View(
        table="plans",
        category=plan.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "state": "text", "items": "jsonb",
            "from_day": "date", "ends_on": "date", "notice_on": "date", "provider": "uuid", "opened": "text",
            "drawn_on": "date",
            "urgent": "boolean", "agreed_on": "date", "agreed_by": "text", "refreshed_on": "date",
            "refresh_due": "date", "stale": "boolean", "entitled": "boolean", "suspended_from": "date",
            "suspended_to": "date", "service_plans": "jsonb",
        },
        row=_plan,
    ),
)  # fmt: skip
