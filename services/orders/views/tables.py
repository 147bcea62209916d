"""The read models: one row a stream, columns as the migrations make them. Personal fields stay sealed in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from chassis.service import View
from services.orders.domain import beneficiary, month, need, order, plan
from services.orders.domain.planned import Planned


def _box(sealed: Sealed | None) -> str | None:
    return None if sealed is None else sealed.box


def _items(items: tuple[Planned, ...]) -> str:
    return json.dumps(
        [
            {
                "item": planned.item,
                "kind": planned.kind,
                "times_per_month": planned.times_per_month,
                "units": planned.units,
            }
            for planned in items
        ]
    )


def _beneficiary(stream: UUID, state: beneficiary.Beneficiary) -> Mapping[str, Any]:
    person = state.person
    return {
        "id": stream,
        "number": state.number,
        "service_number": state.service_number,
        "id_index": person.id_index,
        "township": person.township,
        "village": person.village,
        "born": person.born,
        "tier": state.now.tier,
        "categories": json.dumps(state.now.categories),
        "died_on": state.died_on,
        "plan_id": state.plan_id,
        "generated": person.generated,
        "name_box": _box(person.name),
        "id_number_box": _box(person.id_number),
        "phone_box": _box(person.phone),
        "address_box": _box(person.address),
    }


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
        "items": _items(approved.items) if approved else json.dumps([{"item": item} for item in registered.items]),
        "mode": approved.mode if approved else None,
        "price_fen": approved.price_fen if approved else 0,
        "rule": approved.rule if approved else "",
        "papers_due": approved.papers_due if approved else None,
        "registered_at": registered.at,
        "surveyed_by": json.dumps(state.surveyors) if state.surveyors else "[]",
        "confirmed_by": state.confirmer,
        "assessed_by": approved.by if approved else "",
    }


def _plan(stream: UUID, state: plan.Plan) -> Mapping[str, Any]:
    ended = state.stopped or state.life.died_on is not None
    return {
        "id": stream,
        "person": state.person,
        "township": state.township,
        "village": state.village,
        "state": "ended" if ended else "started" if state.started else "drawn",
        "items": _items(state.items),
        "from_day": state.life.begins_on if state.started else None,
        "ends_on": min(state.life.ends_on or date.max, state.life.died_on or date.max) if ended else None,
        "notice_on": state.notice_on,
        "provider": state.provider,
        "opened": state.opened,
    }


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
        "judgements": _judgements(state.visits) if state.visits else "[]",
    }


def _judgements(visits: tuple[order.Visit, ...]) -> str:
    """Who reported and who judged each completion; an empty ``by`` where nobody has, or it was accepted by itself."""
    return json.dumps(
        [
            {"visit": str(one.visit_id), "reported_by": one.reported_by, "verdict": one.verdict, "by": one.judged_by}
            for one in visits
        ]
    )


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
        table="beneficiaries",
        category=beneficiary.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "service_number": "text", "id_index": "text", "township": "text",
            "village": "text", "born": "date", "tier": "text", "categories": "jsonb", "died_on": "date",
            "plan_id": "uuid", "generated": "boolean", "name_box": "text", "id_number_box": "text",
            "phone_box": "text", "address_box": "text",
        },
        row=_beneficiary,
    ),
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
    View(
        table="plans",
        category=plan.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "state": "text", "items": "jsonb",
            "from_day": "date", "ends_on": "date", "notice_on": "date", "provider": "uuid", "opened": "text",
        },
        row=_plan,
    ),
    View(
        table="orders",
        category=order.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "person": "uuid", "plan_id": "uuid", "item": "text", "units": "integer",
            "township": "text", "village": "text", "state": "text", "provider": "uuid", "window_from": "date",
            "window_to": "date", "opened_at": "timestamptz", "visit_id": "uuid", "day": "date", "red": "boolean",
            "policy": "text", "judgements": "jsonb",
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
