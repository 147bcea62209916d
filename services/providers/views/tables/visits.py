"""Read models of visits, of appointments, of reports that came too late, and of the month's seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import appointment, calendar, late_report, month, visit


def _visit(stream: UUID, state: visit.Visit) -> Mapping[str, Any]:
    first = state.first
    return {
        "id": stream,
        "order_id": first.order_id,
        "provider": first.provider,
        "worker": first.worker,
        "item": first.item,
        "units": first.units,
        "day": state.day,
        "month": calendar.month_of(state.day),
        "started_at": state.started_at,
        "ended_at": state.ended_at,
        "minutes": state.minutes,
        "photos": json.dumps(state.photos),
        "exceptions": _rows(state.exceptions),
        "person": first.person,
        "region": first.region,
        "source": first.source,
        "code": state.code,
        "evidence": _rows(state.evidence),
        "goods": _rows(first.goods),
        "facts": _rows(visit.facts.facts(state)),
        "supplements": json.dumps([_mended(one) for one in state.supplements]),
        "returned": state.returned,
        "reported_after_minutes": first.reported_after_minutes,
        "skew_seconds": first.skew_seconds,
        "register_line": state.register_line,
        "confirmed_by": first.confirmed_by,
        "reported_by": first.by,
        "inspected": _inspected(state),
        "reported_at": first.at,
        "device": first.device,
        "sequence": first.sequence,
        "mode": first.mode,
        "signed_by": first.signed_by,
    }


def _inspected(state: visit.Visit) -> str:
    """What an inspection found; empty where there was none."""
    found = state.inspected
    return json.dumps({"accepted": found.accepted, "at": found.at.isoformat()} if found else {})


def _mended(before: visit.Before) -> Mapping[str, Any]:
    """A supplement with the values it took the place of; its reason stays sealed in the event."""
    told = before.supplement
    return {
        "at": told.at.isoformat(),
        "by": told.by,
        "cause": told.cause,
        "photos": [photo.sha256 for photo in told.evidence],
        "started_at_before": before.started_at.isoformat(),
        "ended_at_before": before.ended_at.isoformat(),
        "register_line_before": before.register_line,
    }


def _rows(values: Iterable[Any]) -> str:
    return json.dumps([asdict(one) for one in values], default=lambda instant: instant.isoformat())


def _appointment(stream: UUID, state: appointment.Appointment) -> Mapping[str, Any] | None:
    if state.order_id is None:
        return None
    return {
        "id": stream,
        "order_id": state.order_id,
        "provider": state.provider,
        "worker": state.worker,
        "item": state.item,
        "township": state.township,
        "village": state.village,
        "starts_at": state.starts_at,
        "ends_at": state.ends_at,
        "day": calendar.day_of(state.starts_at) if state.starts_at else None,
        "status": state.status,
        "started_at": state.started_at,
        "reason_code": state.reason_code,
        "visit": state.visit,
        "attempt": state.attempt,
        "wrong_tries": state.wrong_tries,
        "code_right": state.code_right,
        "stands": state.stands,
    }


def _late_report(stream: UUID, state: late_report.LateReport) -> Mapping[str, Any] | None:
    if state.filed is None:
        return None
    report = state.filed.report
    return {
        "id": stream,
        "order_id": report.order_id,
        "provider": report.provider,
        "worker": report.worker,
        "township": state.filed.township,
        "item": report.item,
        "units": report.units,
        "started_at": report.started_at,
        "ended_at": report.ended_at,
        "filed_at": state.filed.at,
        "status": state.status,
        "visit": state.visit,
        "decided_by": state.decided_by,
        "photos": json.dumps([*report.photos, *(photo.sha256 for photo in report.evidence)]),
    }


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {"id": stream, "month": state.month, "sealed": state.sealed, "again_at": state.again_at}


TABLES = (
    View(
        table="visits",
        category=visit.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "provider": "uuid", "worker": "uuid", "item": "text", "units": "integer",
            "day": "date", "month": "text", "started_at": "timestamptz", "ended_at": "timestamptz",
            "minutes": "integer", "photos": "jsonb", "exceptions": "jsonb", "person": "uuid", "region": "text",
            "source": "text", "code": "text", "evidence": "jsonb", "goods": "jsonb", "facts": "jsonb",
            "supplements": "jsonb", "returned": "boolean", "reported_after_minutes": "integer",
            "skew_seconds": "integer", "register_line": "text", "confirmed_by": "text", "reported_at": "timestamptz",
            "reported_by": "text", "inspected": "jsonb",
            "device": "uuid", "sequence": "bigint", "mode": "text", "signed_by": "text",
        },
        row=_visit,
    ),
    View(
        table="appointments",
        category=appointment.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "provider": "uuid", "worker": "uuid", "item": "text", "township": "text",
            "village": "text", "starts_at": "timestamptz", "ends_at": "timestamptz", "day": "date", "status": "text",
            "started_at": "timestamptz", "reason_code": "text", "visit": "uuid", "attempt": "integer",
            "wrong_tries": "integer", "code_right": "boolean", "stands": "boolean",
        },
        row=_appointment,
    ),
    View(
        table="late_reports",
        category=late_report.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "provider": "uuid", "worker": "uuid", "township": "text", "item": "text",
            "units": "integer", "started_at": "timestamptz", "ended_at": "timestamptz", "filed_at": "timestamptz",
            "status": "text", "visit": "uuid", "decided_by": "text", "photos": "jsonb",
        },
        row=_late_report,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={"id": "uuid", "month": "text", "sealed": "boolean", "again_at": "timestamptz"},
        row=_month,
    ),
)  # fmt: skip
