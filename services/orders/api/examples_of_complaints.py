"""Examples of tickets. Who complains is generated and says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.http.examples import OMIT

COMPLAINTS: Mapping[str, Any] = {
    "ReceiveComplaint.channel": "county_line",
    "ReceiveComplaint.kind": "complaint",
    "ReceiveComplaint.reference": OMIT,
    "ReceiveComplaint.text": "上门时间不足半小时（示例）",
    "ReceiveComplaint.name": "李示例（演示数据）",
    "About.whom": "provider",
    "About.owner": "2b6f7c1e-7a54-4f0b-8a6e-4c90d1f7b011",
    "TicketRow.owner": "2b6f7c1e-7a54-4f0b-8a6e-4c90d1f7b011",
    "OneTicket.owner": "2b6f7c1e-7a54-4f0b-8a6e-4c90d1f7b011",
    "complained_of": "2b6f7c1e-7a54-4f0b-8a6e-4c90d1f7b011",
    "About.subject": OMIT,
    "About.township": OMIT,
    "About.order_id": OMIT,
    "About.visit_id": OMIT,
    "HandOn.office": "bureau",
    "HandOn.township": OMIT,
    "HandOn.department": OMIT,
    "Written.text": "反映某日上门时间不足，请说明（示例）",
    "PutToThem.text": "反映某日上门时间不足，请说明（示例）",
    "AnswerComplaint.outcome": "upheld",
    "AnswerComplaint.text": "经核实情况属实，已责令整改（示例）",
    "CloseComplaint.satisfied": True,
    "LookUp.number": "2026-00007",
    "LookUp.secret": "K7QW-2MZD-A5RT-XE3N",
    "Slip.number": "2026-00007",
    "Slip.secret": "K7QW-2MZD-A5RT-XE3N",
    "Progress.number": "2026-00007",
    "Progress.kind": "complaint",
    "Progress.state": "answered",
    "Progress.answer": "经核实情况属实，已责令整改（示例）",
    "TicketState.number": "2026-00007",
    "TicketState.state": "registered",
    "TicketRow.number": "2026-00007",
    "OneTicket.number": "2026-00007",
    "TicketRow.kind": "complaint",
    "TicketRow.channel": "county_line",
    "TicketRow.reference": "",
    "whom": "provider",
    "office": "bureau",
    "TicketRow.place": "130528100",
    "OneTicket.place": "130528100",
    "TicketRow.department": "",
    "OneTicket.department": "",
    "outcome": "upheld",
    "TicketRow.state": "transferred",
    "AboutUs.kind": "complaint",
    "Text.event": "received",
    "Text.text": "上门时间不足半小时（示例）",
    "Reply.channel": "county_line",
    "Reply.office": "bureau",
}
"""By model and field."""
