"""The decisions about a monthly grade: who assesses does not sign, who signed does not judge an objection.

Paper 000, part 2 (6) point 1: poor, mediocre or false service is deducted; the assessment scheme is a sheet of points.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar, score_sheet
from services.providers.domain.grading import Grading
from services.providers.domain.month_grade.words import (
    Command,
    Enter,
    Entered,
    Event,
    Grade,
    Issue,
    Issued,
    Judged,
    Known,
    MarkOverdue,
    Object,
    Objected,
    Open,
    Opened,
    Overdue,
    Rejudge,
    Rejudged,
    Waive,
    Waived,
)

NAMESPACE = uuid.UUID("1f0e6f0a-5a0c-5c3f-8d53-7b7a3b1d9a21")
CATEGORY = "providers.month_grade"


def decide(command: Command, state: Grade, known: Known | None) -> list[Event]:
    """See each decision."""
    match command:
        case Open():
            return [] if state.opened else [_opened(command, command.overdue_at)]
        case MarkOverdue():
            return [Overdue(at=command.at)] if state.status == "due" and not state.overdue else []
        case Object():
            return _object(command, state)
    assert known is not None
    rules = known.rules
    if rules is None:
        raise Rejected("grade_round.none_here")
    match command:
        case Enter():
            return [*_begin(command, state, known, rules), *_enter(command, state, rules)]
        case Issue():
            return _issue(command, state, known, rules)
        case Waive():
            return _waive(command, state, known, rules)
        case Rejudge():
            return _rejudge(command, state, known, rules)


def _opened(command: Open | Enter | Issue | Waive, overdue_at: datetime) -> Opened:
    return Opened(
        month=command.month,
        provider=command.provider,
        township=command.township,
        overdue_at=overdue_at,
        at=command.at,
    )


def _begin(command: Enter | Issue | Waive, state: Grade, known: Known, rules: Grading) -> list[Event]:
    """Also where nothing was expected when the townships were drawn: a drawn township's provider may be graded."""
    if state.opened is not None:
        return []
    if not known.registered:
        raise Rejected("provider.unknown")
    if not known.drawn:
        raise Rejected("month_grade.not_drawn")
    due = calendar.first_day_after(command.month).replace(day=rules.by_day)
    return [_opened(command, calendar.end_of(due))]


def _enter(command: Enter, state: Grade, rules: Grading) -> list[Event]:
    """While no grade stands, or after an objection; a computed measure only where it may lack a figure."""
    measure = rules.measure(command.measure)
    if measure is None:
        raise Rejected("month_grade.no_such_measure", measures=", ".join(one.code for one in rules.measures))
    if measure.source not in ("entered", "satisfaction"):
        raise Rejected("month_grade.computed")
    if command.points > measure.points:
        raise Rejected("month_grade.points_beyond", most=measure.points)
    if state.status not in ("none", "due", "objected"):
        raise Rejected("month_grade.issued_already")
    return [
        Entered(
            measure=command.measure,
            points=command.points,
            samples=command.samples,
            sample_ids=command.sample_ids,
            false_service=command.false_service,
            text=command.text,
            by=command.by,
            at=command.at,
        )
    ]


def _issue(command: Issue, state: Grade, known: Known, rules: Grading) -> list[Event]:
    if state.judged is not None:
        return []
    if state.waived is not None:
        raise Rejected("month_grade.waived_already")
    begun = _begin(command, state, known, rules)
    if command.by in state.assessors:
        raise Rejected("month_grade.assessed_by_signer")
    if not known.served.anything:
        raise Rejected("month_grade.nothing_served")
    judged = _judge(state, known, rules)
    until = calendar.end_of(calendar.day_of(command.at) + timedelta(days=rules.objection_days))
    return [*begun, Issued(judged=judged, object_until=until, by=command.by, at=command.at)]


def _waive(command: Waive, state: Grade, known: Known, rules: Grading) -> list[Event]:
    if state.waived is not None:
        return []
    if state.judged is not None:
        raise Rejected("month_grade.issued_already")
    begun = _begin(command, state, known, rules)
    if known.served.visits:
        raise Rejected("month_grade.something_served", visits=known.served.visits)
    return [*begun, Waived(reason_code=command.reason_code, sheet=rules.sheet, by=command.by, at=command.at)]


def _object(command: Object, state: Grade) -> list[Event]:
    if state.status == "objected":
        return []
    if state.status == "rejudged":
        raise Rejected("month_grade.objected_already")
    if state.status != "issued" or state.object_until is None:
        raise Rejected("month_grade.not_issued")
    if command.at >= state.object_until:
        raise Rejected("month_grade.objection_late", until=state.object_until.isoformat())
    return [Objected(text=command.text, by=command.by, at=command.at)]


def _rejudge(command: Rejudge, state: Grade, known: Known, rules: Grading) -> list[Event]:
    if state.status == "rejudged":
        return []
    if state.status != "objected":
        raise Rejected("month_grade.no_objection")
    if command.by == state.issued_by:
        raise Rejected("month_grade.judged_by_same")
    if command.by in state.assessors:
        raise Rejected("month_grade.assessed_by_signer")
    return [Rejudged(judged=_judge(state, known, rules), text=command.text, by=command.by, at=command.at)]


def _judge(state: Grade, known: Known, rules: Grading) -> Judged:
    """The sheet's figures, score and grade; false service found is the worst, whatever the score."""
    if missing := score_sheet.missing(rules, state.points):
        raise Rejected("month_grade.entry_missing", measures=", ".join(missing))
    figures = score_sheet.figures(rules, known.served, state.points)
    score = score_sheet.score(figures)
    false_service = known.false_found or state.false_entered
    grade = rules.false_grade if false_service else rules.grade_of(score)
    poor = known.poor_before + 1 if grade in rules.poor else 0
    return Judged(
        sheet=rules.sheet,
        figures=figures,
        score=score,
        grade=grade,
        false_service=false_service,
        honoured=not false_service and score >= rules.honour_from,
        poor_in_a_row=poor,
        review=poor >= rules.poor_in_a_row,
    )


def evolve(state: Grade, event: Event) -> Grade:
    """What happened, one after another."""
    match event:
        case Opened():
            return replace(state, opened=event, status="due")
        case Entered():
            return replace(state, entries={**state.entries, event.measure: event})
        case Issued():
            return replace(
                state,
                status="issued",
                judged=event.judged,
                issued_by=event.by,
                issued_at=event.at,
                object_until=event.object_until,
            )
        case Waived():
            return replace(state, status="waived", waived=event, issued_by=event.by, issued_at=event.at)
        case Objected():
            return replace(state, status="objected", objected_at=event.at)
        case Rejudged():
            return replace(state, status="rejudged", judged=event.judged, rejudged_at=event.at)
        case Overdue():
            return replace(state, overdue=True)


def stream_of(month: str, provider: UUID, township: str) -> UUID:
    """The stream of a provider's month in a township."""
    return uuid.uuid5(NAMESPACE, f"{month}/{provider}/{township}")


decider: Decider[Command, Grade, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Grade(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Opened, Entered, Issued, Waived, Objected, Rejudged, Overdue),
)
