"""What follows from monthly grades and findings: rounds begin by themselves, what is late is marked, poor months lead
to a finding."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.domain import calendar, finding, grade_round, month_grade

BEGIN_ROUND = "begin_grade_round"
GRADE_OVERDUE = "grade_overdue"
FINDING_OVERDUE = "finding_overdue"
POOR_CODE = "poor_in_a_row"
"""The finding that opens by itself: the agreement is looked at."""
FINDINGS = uuid.UUID("0d9f4c1b-7e2a-5a6d-8f3c-2b1a0e9d8c33")


def of_grades(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """See the module's text."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case policies.Adopted() if _grades_by_sheet(event.document):
            yield _round_of(calendar.month_of(max(calendar.day_of(event.at), _effective_from(event.document))))
        case grade_round.Begun():
            yield _round_of(calendar.month_of(calendar.first_day_after(event.month)))
            yield from _open_grades(event)
        case month_grade.Opened():
            yield Due(at=event.overdue_at, reason=GRADE_OVERDUE, stream=stream, decider=month_grade.CATEGORY)
        case month_grade.Issued() | month_grade.Rejudged() if event.judged.review:
            yield _review(state, event.at)
        case finding.Opened():
            yield Due(at=calendar.end_of(event.due_on), reason=FINDING_OVERDUE, stream=stream, decider=finding.CATEGORY)
        case finding.Failed() if event.due_on is not None:
            yield Due(at=calendar.end_of(event.due_on), reason=FINDING_OVERDUE, stream=stream, decider=finding.CATEGORY)


def _grades_by_sheet(document: str) -> bool:
    section: Mapping[str, Any] = tomllib.loads(document).get("providers", {})
    return "grading" in section


def _effective_from(document: str) -> date:
    return date.fromisoformat(str(tomllib.loads(document)["pack"]["effective_from"]))


def _round_of(month: str) -> Due:
    """The round of a month begins with the month after it."""
    at = calendar.beginning_of(calendar.first_day_after(month))
    return Due(at=at, reason=BEGIN_ROUND, stream=grade_round.stream_of(month), decider=grade_round.CATEGORY)


def _open_grades(begun: grade_round.Begun) -> Iterable[Step]:
    """One grade for each provider that was to serve in a drawn township."""
    for pair in begun.due:
        command = month_grade.Open(
            month=begun.month,
            provider=pair.provider,
            township=pair.township,
            overdue_at=calendar.end_of(begun.due_on),
            at=begun.at,
        )
        stream = month_grade.stream_of(begun.month, pair.provider, pair.township)
        yield Step(decider=month_grade.decider, stream=stream, command=command)


def _review(state: month_grade.Grade, at: datetime) -> Step:
    opened = state.opened
    assert opened is not None
    command = finding.Open(
        code=POOR_CODE,
        source="grade",
        provider=opened.provider,
        township=opened.township,
        worker=None,
        reference=str(month_grade.stream_of(opened.month, opened.provider, opened.township)),
        month=opened.month,
        days=None,
        text=None,
        by="",
        at=at,
    )
    stream = uuid.uuid5(FINDINGS, f"{POOR_CODE}/{command.reference}")
    return Step(decider=finding.decider, stream=stream, command=command)


def begin_round(stream: UUID, state: grade_round.Begun | None, at: datetime) -> grade_round.Begin | None:
    """The round of the month that the stream is about, unless the bureau has begun it."""
    month = grade_round.month_of(stream, calendar.day_of(at))
    return grade_round.Begin(month=month, by="", at=at) if state is None and month else None


def grade_overdue(_stream: UUID, state: month_grade.Grade, at: datetime) -> month_grade.MarkOverdue | None:
    """The day is over and nobody has graded."""
    return month_grade.MarkOverdue(at=at) if state.status == "due" else None


def finding_overdue(_stream: UUID, state: finding.Finding, at: datetime) -> finding.MarkOverdue | None:
    """The deadline is over and the finding stands."""
    return finding.MarkOverdue(at=at) if state.status in ("open", "answered") else None


WHEN_DUE: Mapping[str, WhenDue] = {
    BEGIN_ROUND: begin_round,
    GRADE_OVERDUE: grade_overdue,
    FINDING_OVERDUE: finding_overdue,
}
