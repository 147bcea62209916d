"""Read models of monthly grades, duties, findings and satisfaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import duty, finding, grade_round, month_grade, rating, upheld
from services.providers.domain.grading import WAIVED


def _round(stream: UUID, state: grade_round.Begun | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {
        "id": stream,
        "month": state.month,
        "sheet": state.sheet,
        "percent": state.percent,
        "candidates": json.dumps(state.candidates),
        "drawn": json.dumps(state.drawn),
        "head_hash": state.head_hash,
        "seed": state.seed,
        "due_on": state.due_on,
        "begun_at": state.at,
    }


def _grade(stream: UUID, state: month_grade.Grade) -> Mapping[str, Any] | None:
    opened, judged, waived = state.opened, state.judged, state.waived
    if opened is None:
        return None
    return {
        "id": stream,
        "month": opened.month,
        "provider": opened.provider,
        "township": opened.township,
        "status": state.status,
        "overdue_at": opened.overdue_at,
        "overdue": state.overdue,
        "sheet": judged.sheet if judged else waived.sheet if waived else "",
        "grade": judged.grade if judged else WAIVED if waived else "",
        "score": judged.score if judged else None,
        "figures": json.dumps([asdict(one) for one in judged.figures] if judged else []),
        "entries": json.dumps([_entry(one) for one in state.entries.values()]),
        "false_service": bool(judged and judged.false_service),
        "honoured": bool(judged and judged.honoured),
        "poor_in_a_row": judged.poor_in_a_row if judged else 0,
        "issued_by": state.issued_by,
        "issued_at": state.issued_at,
        "object_until": state.object_until,
        "objected_at": state.objected_at,
        "rejudged_at": state.rejudged_at,
    }


def _entry(entry: month_grade.Entered) -> Mapping[str, Any]:
    """An entry without its text, which stays sealed in the event."""
    return {
        "measure": entry.measure,
        "points": entry.points,
        "samples": entry.samples,
        "sample_ids": [str(one) for one in entry.sample_ids],
        "false_service": entry.false_service,
        "by": entry.by,
        "at": entry.at.isoformat(),
    }


def _duty(stream: UUID, state: duty.Assessed | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {
        "id": stream,
        "month": state.month,
        "township": state.township,
        "duty": state.duty,
        "samples": state.samples,
        "met": state.met,
        "assessed_by": state.by,
        "assessed_at": state.at,
    }


def _finding(stream: UUID, state: finding.Finding) -> Mapping[str, Any] | None:
    opened = state.opened
    if opened is None:
        return None
    return {
        "id": stream,
        "code": opened.code,
        "source": opened.source,
        "provider": opened.provider,
        "township": opened.township,
        "worker": opened.worker,
        "reference": opened.reference,
        "month": opened.month,
        "status": state.status,
        "due_on": state.due_on,
        "attempt": state.attempt,
        "overdue": state.overdue,
        "consequence": state.consequence,
        "ended_by_reference": state.ended_by_reference,
        "opened_by": opened.by,
        "opened_at": opened.at,
        "inspected_by": state.inspected_by,
        "ended_at": state.ended_at,
    }


def _rating(stream: UUID, state: rating.Rating) -> Mapping[str, Any] | None:
    rated = state.rated
    if rated is None:
        return None
    return {
        "id": stream,
        "visit": rated.visit,
        "provider": rated.provider,
        "township": rated.township,
        "month": rated.month,
        "way": rated.way,
        "stars": rated.stars,
        "rated_by": rated.rated_by,
    }


def _upheld(stream: UUID, state: upheld.Noted | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {"id": stream, "provider": state.provider, "month": state.month, "outcome": state.outcome}


TABLES = (
    View(
        table="grade_rounds",
        category=grade_round.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "sheet": "text", "percent": "integer", "candidates": "jsonb",
            "drawn": "jsonb", "head_hash": "text", "seed": "text", "due_on": "date", "begun_at": "timestamptz",
        },
        row=_round,
    ),
    View(
        table="month_grades",
        category=month_grade.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "provider": "uuid", "township": "text", "status": "text",
            "overdue_at": "timestamptz", "overdue": "boolean", "sheet": "text", "grade": "text", "score": "integer",
            "figures": "jsonb", "entries": "jsonb", "false_service": "boolean", "honoured": "boolean",
            "poor_in_a_row": "integer", "issued_by": "text", "issued_at": "timestamptz",
            "object_until": "timestamptz", "objected_at": "timestamptz", "rejudged_at": "timestamptz",
        },
        row=_grade,
    ),
    View(
        table="duties",
        category=duty.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "township": "text", "duty": "text", "samples": "integer", "met": "integer",
            "assessed_by": "text", "assessed_at": "timestamptz",
        },
        row=_duty,
    ),
    View(
        table="findings",
        category=finding.CATEGORY,
        columns={
            "id": "uuid", "code": "text", "source": "text", "provider": "uuid", "township": "text", "worker": "uuid",
            "reference": "text", "month": "text", "status": "text", "due_on": "date", "attempt": "integer",
            "overdue": "boolean", "consequence": "text", "ended_by_reference": "text", "opened_by": "text",
            "opened_at": "timestamptz", "inspected_by": "text", "ended_at": "timestamptz",
        },
        row=_finding,
    ),
    View(
        table="ratings",
        category=rating.CATEGORY,
        columns={
            "id": "uuid", "visit": "uuid", "provider": "uuid", "township": "text", "month": "text", "way": "text",
            "stars": "integer", "rated_by": "text",
        },
        row=_rating,
    ),
    View(
        table="upheld_complaints",
        category=upheld.CATEGORY,
        columns={"id": "uuid", "provider": "uuid", "month": "text", "outcome": "text"},
        row=_upheld,
    ),
)  # fmt: skip
