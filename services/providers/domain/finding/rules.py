"""The decisions about a finding: who opened it does not look again, and nothing ends without somebody looking.

Paper 004, part on supervision: a carer that fails mends it, or is replaced and the agreement signed anew; paper 000,
part 2 (6) point 1: what is not done is mended in time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar
from services.providers.domain.finding.words import (
    Answer,
    Answered,
    Closed,
    Command,
    Event,
    Failed,
    Finding,
    Known,
    MarkOverdue,
    Open,
    Opened,
    Overdue,
    Reinspect,
)

CATEGORY = "providers.finding"
RECTIFY_DAYS = 15
"""Where the pack has no section of its own."""


def decide(command: Command, state: Finding, known: Known | None) -> list[Event]:
    """See each decision."""
    match command:
        case Open():
            return [] if state.opened else [_open(command, known)]
        case MarkOverdue():
            return _overdue(command, state)
    if state.opened is None:
        raise Rejected("finding.unknown")
    match command:
        case Answer():
            return _answer(command, state)
        case Reinspect():
            return _reinspect(command, state, state.opened, known)


def _open(command: Open, known: Known | None) -> Opened:
    assert known is not None
    if not known.registered:
        raise Rejected("provider.unknown")
    if command.worker is not None and (command.provider is None or known.worker_provider != command.provider):
        raise Rejected("finding.worker_elsewhere")
    days = command.days or _days(known)
    return Opened(
        code=command.code,
        source=command.source,
        provider=command.provider,
        township=command.township,
        worker=command.worker,
        reference=command.reference,
        month=command.month,
        due_on=calendar.day_of(command.at) + timedelta(days=days),
        text=command.text,
        by=command.by,
        at=command.at,
    )


def _days(known: Known | None) -> int:
    return known.rules.rectify_days if known is not None and known.rules is not None else RECTIFY_DAYS


def _answer(command: Answer, state: Finding) -> list[Event]:
    if state.status in ("closed", "failed"):
        raise Rejected("finding.ended", status=state.status)
    return [Answered(text=command.text, by=command.by, at=command.at)]


def _reinspect(command: Reinspect, state: Finding, opened: Opened, known: Known | None) -> list[Event]:
    """Passed only what was answered; a failure says what follows."""
    if state.status in ("closed", "failed"):
        same = command.passed == (state.status == "closed") and command.by == state.inspected_by
        if same:
            return []
        raise Rejected("finding.ended", status=state.status)
    if command.by in (opened.by, state.answered_by):
        raise Rejected("finding.opener_reinspects")
    if command.passed:
        if state.status != "answered":
            raise Rejected("finding.not_answered")
        return [Closed(text=command.text, by=command.by, at=command.at)]
    if command.consequence is None:
        raise Rejected("finding.consequence_missing")
    again = command.consequence == "again"
    if not again and not command.reference:
        raise Rejected("finding.reference_missing")
    due_on = calendar.day_of(command.at) + timedelta(days=command.days or _days(known)) if again else None
    return [
        Failed(
            consequence=command.consequence,
            due_on=due_on,
            reference=command.reference,
            text=command.text,
            by=command.by,
            at=command.at,
        )
    ]


def _overdue(command: MarkOverdue, state: Finding) -> list[Event]:
    """Once a deadline: of what is not ended when its last day is over."""
    if state.status not in ("open", "answered") or state.overdue or state.due_on is None:
        return []
    return [Overdue(due_on=state.due_on, at=command.at)] if command.at >= ends_at(state) else []


def ends_at(state: Finding) -> datetime:
    """When the deadline is over."""
    assert state.due_on is not None
    return calendar.end_of(state.due_on)


def evolve(state: Finding, event: Event) -> Finding:
    """What happened, one after another."""
    match event:
        case Opened():
            return replace(state, opened=event, status="open", due_on=event.due_on)
        case Answered():
            return replace(state, status="answered", answered_by=event.by)
        case Closed():
            return replace(state, status="closed", inspected_by=event.by, ended_at=event.at)
        case Failed() if event.due_on is not None:
            return replace(
                state,
                status="open",
                due_on=event.due_on,
                attempt=state.attempt + 1,
                overdue=False,
                inspected_by=event.by,
                consequence=event.consequence,
            )
        case Failed():
            return replace(
                state,
                status="failed",
                inspected_by=event.by,
                consequence=event.consequence,
                ended_by_reference=event.reference,
                ended_at=event.at,
            )
        case Overdue():
            return replace(state, overdue=True)


decider: Decider[Command, Finding, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Finding(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Opened, Answered, Closed, Failed, Overdue),
)
