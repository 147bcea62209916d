"""Read models of duties, contacts, errands, pairs and care. What names or describes somebody stays sealed in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import care, contact, duty, duty_month, duty_round, errand, pair
from services.orders.domain.days import ONE_DAY
from services.orders.views.tables.shared import box


def _duty(stream: UUID, state: duty.Duty) -> Mapping[str, Any]:
    return {
        "id": stream,
        "person": state.facts.person,
        "township": state.facts.township,
        "village": state.facts.village,
        "responsible": state.responsible,
        "assigned": bool(state.responsible),
        "assigned_on": state.assigned_on,
        "covered": state.covered,
        "since": state.since,
    }


def _month(stream: UUID, state: duty_month.DutyMonth) -> Mapping[str, Any]:
    return {
        "id": stream,
        "month": state.opened.month,
        "person": state.opened.person,
        "township": state.township,
        "village": state.village,
        "responsible": state.responsible,
        "needed": state.opened.needed,
        "had": len(state.days),
        "state": state.stage,
        "late": state.late,
        "reminded": state.reminded,
        "last_on": max((day for _, day in state.days), default=None),
    }


def _contact(stream: UUID, state: contact.Recorded) -> Mapping[str, Any]:
    return {
        "id": stream,
        "person": state.person_id,
        "township": state.township,
        "village": state.village,
        "way": state.way,
        "visitor": state.visitor,
        "reached": state.reached,
        "day": state.day,
        "captured_at": state.captured_at,
        "recorded_at": state.at,
        "late": state.late,
        "trouble": bool(state.trouble),
        "checklist": json.dumps(dict(state.checklist)),
        "goods": len(state.goods),
        "need": state.need_id,
        "notes_box": box(state.notes),
    }


def _errand(stream: UUID, state: errand.Errand) -> Mapping[str, Any]:
    first = state.first
    return {
        "id": stream,
        "person": first.person_id,
        "contact": first.contact_id,
        "township": first.township,
        "village": first.village,
        "goods": first.goods,
        "quantity": first.quantity,
        "amount_fen": state.amount_fen,
        "state": state.stage,
        "level": state.level if state.stage == "missing" else "",
        "how": state.how,
        "day": first.day,
        "settle_by": first.settle_by if isinstance(first, errand.Missing) else None,
        "sha256": first.sha256 if isinstance(first, errand.Bought) else "",
    }


def _pair(stream: UUID, state: pair.Pair) -> Mapping[str, Any]:
    return {
        "id": stream,
        "person": state.begun.person_id,
        "helper": state.begun.helper,
        "township": state.township,
        "village": state.village,
        "state": state.stage,
        "from_day": state.begun.from_day,
        "last_on": state.last_on,
        "lapses_on": state.lapses_after + ONE_DAY,
        "lapses": state.lapses,
        "ended_on": state.ended_on,
    }


def _care(stream: UUID, state: care.Care) -> Mapping[str, Any]:
    last, escort = state.last, state.escort
    findings = [
        {
            "id": str(found.finding_id),
            "code": found.code,
            "contact": str(found.contact_id) if found.contact_id else None,
        }
        for found in state.findings
    ]
    boxes = {f"finding/{found.finding_id}": found.text.box for found in state.findings}
    named = {
        "carer_name": last.terms.name if last else None,
        "carer_phone": last.terms.phone if last else None,
        "escort_name": escort.name if escort else None,
        "escort_phone": escort.phone if escort else None,
        "rectification": state.order.text if state.order else None,
        "judgement": state.judgement,
    }
    boxes |= {field: sealed.box for field, sealed in named.items() if sealed is not None}
    return {
        "id": stream,
        "person": state.person_id,
        "township": state.township,
        "village": state.village,
        "covered": state.covered,
        "state": state.stage,
        "relation": last.terms.relation if last else "",
        "from_day": last.terms.from_day if last else None,
        "valid_to": last.last if last else None,
        "agreements": len(state.agreements),
        "duties": json.dumps(last.terms.duties if last else []),
        "findings": json.dumps(findings),
        "rectify_by": state.order.due_on if state.order else None,
        "running": state.running,
        "escorted": escort is not None,
        "boxes": json.dumps(boxes),
    }


TABLES: tuple[View, ...] = (
    View(
        table="duties",
        category=duty.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "responsible": "text",
            "assigned": "boolean", "assigned_on": "date", "covered": "boolean", "since": "date",
        },
        row=_duty,
    ),
    View(
        table="duty_months",
        category=duty_month.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "person": "uuid", "township": "text", "village": "text",
            "responsible": "text", "needed": "integer", "had": "integer", "state": "text", "late": "boolean",
            "reminded": "boolean", "last_on": "date",
        },
        row=_month,
    ),
    View(
        table="duty_rounds",
        category=duty_round.CATEGORY,
        columns={"id": "uuid", "through": "bigint"},
        row=lambda stream, state: {"id": stream, "through": state.through},
    ),
    View(
        table="contacts",
        category=contact.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "way": "text", "visitor": "text",
            "reached": "boolean", "day": "date", "captured_at": "timestamptz", "recorded_at": "timestamptz",
            "late": "boolean", "trouble": "boolean", "checklist": "jsonb", "goods": "integer", "need": "uuid",
            "notes_box": "text",
        },
        row=_contact,
    ),
    View(
        table="errands",
        category=errand.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "contact": "uuid", "township": "text", "village": "text", "goods": "text",
            "quantity": "integer", "amount_fen": "bigint", "state": "text", "level": "text", "how": "text",
            "day": "date", "settle_by": "date", "sha256": "text",
        },
        row=_errand,
    ),
    View(
        table="pairs",
        category=pair.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "helper": "text", "township": "text", "village": "text", "state": "text",
            "from_day": "date", "last_on": "date", "lapses_on": "date", "lapses": "integer", "ended_on": "date",
        },
        row=_pair,
    ),
    View(
        table="carers",
        category=care.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "township": "text", "village": "text", "covered": "boolean",
            "state": "text", "relation": "text", "from_day": "date", "valid_to": "date", "agreements": "integer",
            "duties": "jsonb", "findings": "jsonb", "rectify_by": "date", "running": "boolean", "escorted": "boolean",
            "boxes": "jsonb",
        },
        row=_care,
    ),
)  # fmt: skip
