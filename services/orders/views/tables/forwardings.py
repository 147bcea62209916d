"""Read models of needs forwarded to other departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import forwarding
from services.orders.domain.deadline import worst
from services.orders.views.tables.shared import box


def _forwarding(stream: UUID, state: forwarding.Forwarding) -> Mapping[str, Any]:
    sent, late = state.sent, worst(state.clocks)
    return {
        "id": stream,
        "person": sent.person,
        "need_id": sent.need_id,
        "department": sent.department,
        "matter_code": sent.matter_code,
        "township": sent.township,
        "village": sent.village,
        "state": state.stage,
        "reference": state.reference,
        "result": state.answer.result if state.answer else "",
        "outcome_code": state.outcome_code,
        "sent_at": sent.at,
        "overdue_step": late.step if late else "",
        "overdue_level": late.level if late else "",
        "overdue": late is not None,
        "note_box": box(sent.note),
        "answer_box": box(state.answer.note) if state.answer else None,
    }


TABLES = (
    View(
        table="forwardings",
        category=forwarding.CATEGORY,
        columns={
            "id": "uuid", "person": "uuid", "need_id": "uuid", "department": "text", "matter_code": "text",
            "township": "text", "village": "text", "state": "text", "reference": "text", "result": "text",
            "outcome_code": "text", "sent_at": "timestamptz", "overdue_step": "text", "overdue_level": "text",
            "overdue": "boolean", "note_box": "text", "answer_box": "text",
        },
        row=_forwarding,
    ),
)  # fmt: skip
