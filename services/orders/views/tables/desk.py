"""Read models of the verification desk: what waits on it, appeals, corrections with their causes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import appeal, correction, order
from services.orders.domain.queueing import Waiting, on_the_desk
from services.orders.views.tables.shared import box


def _desk(stream: UUID, state: order.Order) -> Mapping[str, Any] | None:
    """A row from the first completion on; ``open`` while something of it is on the desk."""
    if not state.visits:
        return None
    waiting = on_the_desk(state)
    first = waiting[0] if waiting else None
    shown = first.visit if first else state.visits[-1]
    return {
        "id": stream,
        "open": first is not None,
        "rank": first.rank if first else 0,
        "urgency": first.urgencies[0] if first else "",
        "act_by": first.act_by if first else state.opened_at,
        "kind": state.kind,
        "person": state.person,
        "item": state.item,
        "township": state.township,
        "village": state.village,
        "provider": shown.provider,
        "window_from": state.window_from,
        "window_to": state.window_to,
        "units": state.units,
        "completions": json.dumps([_completion(one) for one in waiting]),
        "judged": json.dumps([_judged(visit) for visit in state.visits]),
    }


def _completion(one: Waiting) -> dict[str, Any]:
    visit, report = one.visit, one.visit.report or order.Report()
    colours = dict(visit.colours)
    return {
        "visit_id": str(visit.visit_id),
        "provider": str(visit.provider),
        "urgencies": one.urgencies,
        "act_by": one.act_by.isoformat(),
        "verdict": visit.verdict,
        "day": visit.day.isoformat(),
        "time": visit.time,
        "units": visit.units,
        "worker": str(report.worker) if report.worker else None,
        "minutes": report.minutes,
        "source": report.source,
        "code": report.code,
        "complete": report.complete,
        "exceptions": [{"code": code, "colour": colours.get(code, "red")} for code in visit.exceptions],
        "reported_by": visit.reported_by,
        "told_at": visit.told_at.isoformat() if visit.told_at else None,
        "accepts_at": visit.accepts_at.isoformat() if visit.accepts_at else None,
        "mend_by": visit.mend_by.isoformat() if visit.mend_by else None,
        "draw": str(visit.draw) if visit.draw else None,
        "appeal": str(visit.appeal) if visit.appeal else None,
        "earlier": [
            {"verdict": past.verdict, "reason_code": past.reason_code, "at": past.at.isoformat(), "cause": past.cause}
            for past in visit.judgements
        ],
    }


def _judged(visit: order.Visit) -> dict[str, Any]:
    """The judgement that stands on a completion, for who appeals against it."""
    last = visit.judgements[-1] if visit.judgements else None
    return {
        "visit": str(visit.visit_id),
        "provider": str(visit.provider),
        "verdict": visit.verdict,
        "by": visit.judged_by,
        "reported_by": visit.reported_by,
        "reason_code": last.reason_code if last else "",
        "at": last.at.isoformat() if last else None,
    }


def _appeal(stream: UUID, state: appeal.Appeal) -> Mapping[str, Any]:
    lodged = state.lodged
    return {
        "id": stream,
        "order_id": lodged.order_id,
        "visit_id": lodged.visit_id,
        "person": lodged.person,
        "provider": lodged.provider,
        "township": lodged.township,
        "item": lodged.item,
        "state": state.stage,
        "rejected_by": lodged.rejected_by,
        "rejected_at": lodged.rejected_at,
        "rejected_for": lodged.rejected_for,
        "evidence": json.dumps(lodged.evidence),
        "lodged_at": lodged.at,
        "answer_by": lodged.answer_by,
        "overdue": state.overdue,
        "answered_at": state.answered_at,
        "reason_code": state.reason_code,
        "cause": state.cause,
        "grounds_box": box(lodged.grounds),
        "answer_box": box(state.text),
    }


def _correction(stream: UUID, state: correction.Correction) -> Mapping[str, Any]:
    noted = state.noted
    return {
        "id": stream,
        "kind": noted.kind,
        "order_id": noted.order_id,
        "visit_id": noted.visit_id,
        "person": noted.person,
        "township": noted.township,
        "provider": noted.provider,
        "item": noted.item,
        "month": noted.month,
        "reason_code": noted.reason_code,
        "first_cause": noted.cause,
        "cause": state.cause,
        "exempted": state.exempted,
        "corrected_at": noted.at,
    }


TABLES: tuple[View, ...] = (
    View(
        table="verifications",
        category=order.CATEGORY,
        columns={
            "id": "uuid", "open": "boolean", "rank": "smallint", "urgency": "text", "act_by": "timestamptz",
            "kind": "text", "person": "uuid", "item": "text", "township": "text", "village": "text",
            "provider": "uuid", "window_from": "date", "window_to": "date", "units": "integer",
            "completions": "jsonb", "judged": "jsonb",
        },
        row=_desk,
    ),
    View(
        table="appeals",
        category=appeal.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "visit_id": "uuid", "person": "uuid", "provider": "uuid",
            "township": "text", "item": "text", "state": "text", "rejected_by": "text", "rejected_at": "timestamptz",
            "rejected_for": "text", "evidence": "jsonb", "lodged_at": "timestamptz", "answer_by": "timestamptz",
            "overdue": "boolean", "answered_at": "timestamptz", "reason_code": "text", "cause": "text",
            "grounds_box": "text", "answer_box": "text",
        },
        row=_appeal,
    ),
    View(
        table="corrections",
        category=correction.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "order_id": "uuid", "visit_id": "uuid", "person": "uuid",
            "township": "text", "provider": "uuid", "item": "text", "month": "text", "reason_code": "text",
            "first_cause": "text", "cause": "text", "exempted": "boolean", "corrected_at": "timestamptz",
        },
        row=_correction,
    ),
)  # fmt: skip
