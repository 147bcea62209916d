"""Read models of complaints and hot-line tickets. Who complains stays sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import complaint
from services.orders.domain.days import business_day, month_of
from services.orders.domain.deadline import worst
from services.orders.views.tables.shared import box


def _complaint(stream: UUID, state: complaint.Complaint) -> Mapping[str, Any]:
    received, late = state.received, worst(state.clocks)
    who = received.complainant
    return {
        "id": stream,
        "kind": received.kind,
        "channel": received.channel,
        "reference": received.reference,
        "state": state.stage,
        "year": state.registered.year if state.registered else None,
        "number": state.registered.number if state.registered else None,
        "whom": received.about.whom,
        "owner": received.about.owner,
        "subject": received.about.subject,
        "order_id": received.about.order_id,
        "visit_id": received.about.visit_id,
        "township": state.township,
        "place": received.township,
        "office": state.office,
        "department": state.transferred.department if state.transferred else "",
        "outcome": state.answered.outcome if state.answered else "",
        "satisfied": state.closed.satisfied if state.closed else None,
        "anonymous": who is None,
        "urged": state.urged,
        "reopened": state.reopened,
        "heard": state.summarised is not None,
        "stated": state.stated,
        "need_id": state.need_id,
        "received_at": received.at,
        "answered_at": state.answered.at if state.answered else None,
        "closed_at": state.closed.at if state.closed else None,
        "month": month_of(business_day(received.at)),
        "overdue": late is not None,
        "overdue_step": late.step if late else "",
        "overdue_level": late.level if late else "",
        "due_on": min((one.due_on for one in state.clocks), default=None),
        "contact_boxes": json.dumps({"name": who.name.box, "phone": who.phone.box} if who else {}),
        "summary_box": box(state.summarised.summary) if state.summarised else None,
        "answer_box": box(state.answered.text) if state.answered else None,
    }


TABLES = (
    View(
        table="complaints",
        category=complaint.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "channel": "text", "reference": "text", "state": "text", "year": "integer",
            "number": "integer", "whom": "text", "owner": "uuid", "subject": "text", "order_id": "uuid",
            "visit_id": "uuid", "township": "text", "place": "text", "office": "text", "department": "text",
            "outcome": "text", "satisfied": "boolean", "anonymous": "boolean", "urged": "integer",
            "reopened": "integer", "heard": "boolean", "stated": "boolean", "need_id": "uuid",
            "received_at": "timestamptz", "answered_at": "timestamptz", "closed_at": "timestamptz", "month": "text",
            "overdue": "boolean", "overdue_step": "text", "overdue_level": "text", "due_on": "date",
            "contact_boxes": "jsonb", "summary_box": "text", "answer_box": "text",
        },
        row=_complaint,
    ),
)  # fmt: skip
