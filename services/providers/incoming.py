"""What the service hears: their public event to our command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from chassis import policies
from chassis.service import Heard, Incoming, Step
from contracts import orders, settlement
from services.providers.domain import appointment, finding, month, search, upheld, visit
from services.providers.domain.ranking import Order


def order_opened(heard: Heard) -> Iterable[Step]:
    """Look for somebody; love orders go another road."""
    opened = orders.OrderOpened.model_validate_json(heard.body)
    if opened.kind == "love":
        return
    order = Order(
        kind=opened.kind,
        person=opened.person,
        item=opened.item,
        units=opened.units,
        township=opened.township,
        village=opened.village,
        window_from=opened.window_from,
        window_to=opened.window_to,
        assigned=opened.provider,
        policy=opened.policy,
    )
    yield Step(decider=search.decider, stream=opened.order_id, command=search.Search(order=order, at=opened.at))


def order_matched(heard: Heard) -> Iterable[Step]:
    """Whoever has the order keeps it; everybody else stands down, and sends nobody."""
    matched = orders.OrderMatched.model_validate_json(heard.body)
    command = search.StandDown(taken_by=matched.provider, reason_code="taken", at=matched.at)
    yield Step(decider=search.decider, stream=matched.order_id, command=command)
    yield _withdraw(
        matched.order_id, appointment.Withdraw(taken_by=matched.provider, reason_code="taken", at=matched.at)
    )


def order_cancelled(heard: Heard) -> Iterable[Step]:
    """Nobody is needed any more."""
    cancelled = orders.OrderCancelled.model_validate_json(heard.body)
    command = search.StandDown(taken_by=None, reason_code=cancelled.reason_code, at=cancelled.at)
    yield Step(decider=search.decider, stream=cancelled.order_id, command=command)
    needless = appointment.Withdraw(taken_by=None, reason_code=cancelled.reason_code, at=cancelled.at)
    yield _withdraw(cancelled.order_id, needless)


def _withdraw(order_id: UUID, command: appointment.Withdraw) -> Step:
    return Step(decider=appointment.decider, stream=appointment.stream_of(order_id), command=command)


def order_returned(heard: Heard) -> Iterable[Step]:
    """The visit does not count; the provider mends it or makes another, under another code."""
    returned = orders.OrderReturned.model_validate_json(heard.body)
    command = search.Return(visit_id=returned.visit_id, reason_code=returned.reason_code, at=returned.at)
    yield Step(decider=search.decider, stream=returned.order_id, command=command)
    back = visit.Return(reason_code=returned.reason_code, at=returned.at)
    yield Step(decider=visit.decider, stream=returned.visit_id, command=back)
    again = appointment.Reopen(visit=returned.visit_id, at=returned.at)
    yield Step(decider=appointment.decider, stream=appointment.stream_of(returned.order_id), command=again)


def complaint_upheld(heard: Heard) -> Iterable[Step]:
    """It counts in the provider's grade of the month."""
    told = orders.ComplaintUpheld.model_validate_json(heard.body)
    command = upheld.Note(provider=told.provider, month=told.month, outcome=told.outcome, at=told.at)
    yield Step(decider=upheld.decider, stream=told.ticket_id, command=command)


def visit_inspected(heard: Heard) -> Iterable[Step]:
    """The visit knows that somebody looked; each thing that was found is to be mended."""
    told = orders.VisitInspected.model_validate_json(heard.body)
    looked = visit.NoteInspected(accepted=told.result == "accepted", at=told.at)
    yield Step(decider=visit.decider, stream=told.visit_id, command=looked)
    for code in told.finding_codes:
        opens = finding.Open(
            code=code,
            source="inspection",
            provider=told.provider,
            township=told.township,
            worker=None,
            reference=str(told.visit_id),
            month="",
            days=None,
            text=None,
            by=BY_INSPECTION,
            at=told.at,
        )
        yield Step(decider=finding.decider, stream=uuid5(told.visit_id, f"finding/{code}"), command=opens)


def month_close_requested(heard: Heard) -> Iterable[Step]:
    """Seal the month."""
    asked = settlement.MonthCloseRequested.model_validate_json(heard.body)
    stream = month.stream_of(heard.county, asked.month)
    yield Step(decider=month.decider, stream=stream, command=month.Seal(month=asked.month, at=asked.at))


BY_INSPECTION = "spot-check"
"""Who opened what an inspector of a spot check found: nobody of the providers service."""

HEARS: Mapping[str, Mapping[str, Incoming]] = {
    "orders": {
        orders.PolicyAdopted.TYPE: policies.incoming("providers"),
        orders.OrderOpened.TYPE: order_opened,
        orders.OrderMatched.TYPE: order_matched,
        orders.OrderCancelled.TYPE: order_cancelled,
        orders.OrderReturned.TYPE: order_returned,
        orders.ComplaintUpheld.TYPE: complaint_upheld,
        orders.VisitInspected.TYPE: visit_inspected,
    },
    "settlement": {settlement.MonthCloseRequested.TYPE: month_close_requested},
}
