"""What the service tells others: our event to their public event. No names, no places of homes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import PublicEvent, Recorded
from contracts import providers as told
from contracts.events import Event
from contracts.facts import SealFact
from services.providers.domain import appointment, calendar, grade_round, month, month_grade, provider, search, visit
from services.providers.domain.grading import WAIVED
from services.providers.domain.ranking import Weighed


def outgoing(recorded: Recorded, state: Any) -> Iterable[PublicEvent]:
    """Somebody was found, nobody was found, a visit is done, a month is sealed."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case search.Accepted():
            data: Event = told.ProviderFound(
                at=event.at,
                order_id=stream,
                provider=event.provider,
                agreement=event.agreement,
                why=tuple(_considered(weighed) for weighed in state.considered),
            )
        case search.NobodyFound():
            reasons = tuple(_considered(weighed) for weighed in event.considered)
            data = told.ProviderNotFound(at=event.at, order_id=stream, reasons=reasons)
        case visit.Completed():
            data = _visit_completed(recorded, state, event.at)
        case visit.Supplemented() if event.again:
            data = _visit_completed(recorded, state, event.at, event.cause)
        case visit.Supplemented() if state.seen:
            data = _visit_noticed(recorded, state, event.at)
        case (
            visit.ExceptionAdded()
            | visit.CodeConfirmed()
            | visit.ExceptionSettled()
            | visit.ExceptionExcused()
            | visit.GapClosed()
        ):
            data = _visit_noticed(recorded, state, event.at)
        case appointment.Missed():
            stream, data = state.order_id, _visit_missed(recorded, state, event)
        case month.Sealed():
            fact = SealFact(month=event.month)
            data = told.MonthSealed(at=event.at, month=event.month, visits=event.visits, fact=fact)
        case search.Released():
            data = told.ProviderReleased(
                at=event.at,
                order_id=stream,
                provider=event.provider,
                from_day=event.from_day,
                reason_code=event.reason_code,
            )
        case provider.AgreementEnded():
            data = _ended(stream, event)
        case provider.AgreementAmended():
            yield from _left_out(stream, event, state)
            return
        case grade_round.Begun() if event.drawn:
            data = told.TownshipsDrawn(at=event.at, month=event.month, townships=event.drawn)
        case month_grade.Issued() | month_grade.Rejudged():
            data = _month_graded(state, event.judged.grade, event.judged.score, event.judged.sheet, event.at)
        case month_grade.Waived():
            data = _month_graded(state, WAIVED, 0, event.sheet, event.at)
        case _:
            return
    yield PublicEvent(subject=stream, data=data)


def _month_graded(state: month_grade.Grade, grade: str, score: int, sheet: str, at: datetime) -> told.MonthGraded:
    assert state.opened is not None
    return told.MonthGraded(
        at=at,
        month=state.opened.month,
        provider=state.opened.provider,
        township=state.opened.township,
        grade=grade,
        score=score,
        sheet=sheet,
    )


def _left_out(stream: UUID, event: provider.AgreementAmended, state: provider.Provider) -> Iterable[PublicEvent]:
    """What a change leaves out ends on that day, as if it had been an agreement of its own."""
    held = state.agreement(event.number)
    assert held is not None
    before = held.terms_before(event.terms)
    items = tuple(item for item in before.items if item not in event.terms.items)
    townships = tuple(code for code in before.townships if code not in event.terms.townships)
    for left_items, left_townships in ((items, before.townships), (before.items, townships)):
        if left_items and left_townships:
            data = told.AgreementEnded(
                at=event.at,
                provider=stream,
                agreement=event.number,
                from_day=event.terms.from_day,
                reason_code="amended",
                items=left_items,
                townships=left_townships,
            )
            yield PublicEvent(subject=stream, data=data)


def _ended(stream: UUID, event: provider.AgreementEnded) -> told.AgreementEnded:
    return told.AgreementEnded(
        at=event.at,
        provider=stream,
        agreement=event.number,
        from_day=event.from_day,
        reason_code=event.reason_code,
        items=event.items,
        townships=event.townships,
    )


def _considered(weighed: Weighed) -> told.Considered:
    return told.Considered(
        provider=weighed.provider,
        rank=weighed.rank,
        minutes=weighed.minutes,
        load=weighed.load,
        reason_code=weighed.reason_code,
    )


def _visit_completed(
    recorded: Recorded, state: visit.Visit, at: datetime, cause: visit.Cause | None = None
) -> told.VisitCompleted:
    """As the visit stands: reported, or mended after it was sent back, for which ``cause``."""
    first = state.first
    return told.VisitCompleted(
        at=at,
        visit_id=recorded.originator_id,
        order_id=first.order_id,
        provider=first.provider,
        worker=first.worker,
        item=first.item,
        units=first.units,
        day=state.day,
        time=state.time,
        started_at=state.started_at,
        ended_at=state.ended_at,
        minutes=state.minutes,
        exceptions=_exceptions(state),
        reported_by=first.by,
        source=first.source or None,
        code=state.code or None,
        complete=visit.facts.complete(state) if first.source else None,
        cause=cause,
    )


def _visit_noticed(recorded: Recorded, state: visit.Visit, at: datetime) -> told.VisitNoticed:
    return told.VisitNoticed(
        at=at,
        visit_id=recorded.originator_id,
        order_id=state.first.order_id,
        provider=state.first.provider,
        exceptions=_exceptions(state),
    )


def _exceptions(state: visit.Visit) -> tuple[told.VisitException, ...]:
    """What stands now. Grey is told as amber that was the platform's fault, for who knows two colours."""
    return tuple(
        told.VisitException(code=one.code, colour="amber", platform=True)
        if one.colour == "grey"
        else told.VisitException(code=one.code, colour=one.colour)
        for one in state.exceptions
    )


def _visit_missed(recorded: Recorded, state: appointment.Appointment, event: appointment.Missed) -> told.VisitMissed:
    assert state.order_id is not None
    assert state.provider is not None
    assert state.worker is not None
    assert state.starts_at is not None
    return told.VisitMissed(
        at=event.at,
        order_id=state.order_id,
        appointment_id=recorded.originator_id,
        provider=state.provider,
        worker=state.worker,
        item=state.item,
        township=state.township,
        day=calendar.day_of(state.starts_at),
        starts_at=state.starts_at,
    )
