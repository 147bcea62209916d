"""What the service tells others: our event to their public event. No names, no places of homes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis.service import PublicEvent, Recorded
from contracts import providers as told
from contracts.events import Event
from contracts.facts import SealFact
from services.providers.domain import month, search, visit
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
            data = _visit_completed(recorded, event)
        case month.Sealed():
            fact = SealFact(month=event.month)
            data = told.MonthSealed(at=event.at, month=event.month, visits=event.visits, fact=fact)
        case _:
            return
    yield PublicEvent(subject=stream, data=data)


def _considered(weighed: Weighed) -> told.Considered:
    return told.Considered(
        provider=weighed.provider,
        rank=weighed.rank,
        minutes=weighed.minutes,
        load=weighed.load,
        reason_code=weighed.reason_code,
    )


def _visit_completed(recorded: Recorded, event: visit.Completed) -> told.VisitCompleted:
    return told.VisitCompleted(
        at=event.at,
        visit_id=recorded.originator_id,
        order_id=event.order_id,
        provider=event.provider,
        worker=event.worker,
        item=event.item,
        units=event.units,
        day=event.day,
        time=event.time,
        started_at=event.started_at,
        ended_at=event.ended_at,
        minutes=event.minutes,
        exceptions=tuple(told.VisitException(code=one.code, colour=one.colour) for one in event.exceptions),
        reported_by=event.by,
    )
