"""What the service does by itself: when the time has come orders that wait are decided, an offer ends, a key expires, a
visit is missed, orders go to others, a month is sealed; at once visits that clash learn of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.domain import (
    appointment,
    late_report,
    matching_batch,
    month,
    provider,
    search,
    system_key,
    visit,
)

EXPIRE_OFFER = "expire_offer"
SEAL_MONTH = "seal_month"
EXPIRE_KEY = "expire_key"
MISS_VISIT = "miss_visit"
LEAVE_VISIT_OPEN = "leave_visit_open"
RELEASE_ORDERS = "release_orders"
SEARCH_AGAIN = "search_again"
RUN_BATCH = "run_batch"
REST_AFTER = timedelta(seconds=1)
"""Until the run that takes what a batch left."""


def of_serving(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """An offer is looked at again when its time is over, a key after its last day, a delayed seal after its wait."""
    match recorded.event:
        case search.Offered() as offered:
            yield Due(at=offered.until, reason=EXPIRE_OFFER, stream=recorded.originator_id, decider=search.CATEGORY)
        case search.Pooled() as pooled:
            run = matching_batch.stream_at(pooled.run_at)
            yield Due(at=pooled.run_at, reason=RUN_BATCH, stream=run, decider=matching_batch.CATEGORY)
        case matching_batch.Decided() as decided:
            yield from _carry_out(recorded.originator_id, decided)
        case system_key.Issued() as issued:
            ends_at = system_key.ends_at(issued.expires_on)
            yield Due(at=ends_at, reason=EXPIRE_KEY, stream=recorded.originator_id, decider=system_key.CATEGORY)
        case month.Delayed() as delayed:
            yield Due(at=delayed.again_at, reason=SEAL_MONTH, stream=recorded.originator_id, decider=month.CATEGORY)
        case appointment.Scheduled() | appointment.Rescheduled() as coming:
            stream = recorded.originator_id
            yield Due(at=coming.missed_at, reason=MISS_VISIT, stream=stream, decider=appointment.CATEGORY)
        case appointment.Started() as begun:
            stream = recorded.originator_id
            yield Due(at=begun.open_until, reason=LEAVE_VISIT_OPEN, stream=stream, decider=appointment.CATEGORY)
        case appointment.CodeRight() as right if state.visit is not None and state.status == "ended":
            yield Step(decider=visit.decider, stream=state.visit, command=visit.ConfirmCode(at=right.at))
        case late_report.Confirmed() as confirmed:
            yield from _become_visit(state.filed, confirmed)
        case visit.Completed() as completed:
            yield _note_visit(recorded.originator_id, completed)
            yield from _clashes(completed)
        case visit.Supplemented() as supplemented:
            if supplemented.again:
                yield _note_visit(recorded.originator_id, replace(state.first, code="", at=supplemented.at))
            yield from _clashes(supplemented)
        case search.Released() as released:
            yield from _free_again(recorded.originator_id, released)
        case _:
            yield from _orders_lost(recorded, state)


def _note_visit(stream: UUID, completed: visit.Completed) -> Step:
    note = appointment.NoteVisit(
        order_id=completed.order_id,
        visit=stream,
        provider=completed.provider,
        worker=completed.worker,
        code=completed.code,
        at=completed.at,
    )
    return Step(decider=appointment.decider, stream=appointment.stream_of(completed.order_id), command=note)


def _become_visit(filed: late_report.Filed, confirmed: late_report.Confirmed) -> Iterable[Step]:
    """A late report that somebody answers for goes the way of any other; refused there, the answer is refused too."""
    report = late_report.confirmed(filed, confirmed.by, confirmed.at)
    noted = search.NoteVisit(
        visit_id=confirmed.visit, provider=report.provider, item=report.item, units=report.units, at=confirmed.at
    )
    yield Step(decider=search.decider, stream=report.order_id, command=noted)
    yield Step(decider=visit.decider, stream=confirmed.visit, command=report)


def _clashes(event: visit.Completed | visit.Supplemented) -> Iterable[Step]:
    """In which order reports arrive says nothing about who is right: both are marked."""
    for clash in event.clashes:
        note = visit.NoteClash(code=clash.code, at=event.at, colour=clash.colour)
        yield Step(decider=visit.decider, stream=clash.visit, command=note)


def _free_again(order: UUID, released: search.Released) -> Iterable[Due | Step]:
    """Whoever was to come need not, and somebody else is looked for."""
    withdraw = appointment.Withdraw(taken_by=None, reason_code=released.reason_code, at=released.at)
    yield Step(decider=appointment.decider, stream=appointment.stream_of(order), command=withdraw)
    yield Due(at=released.at, reason=SEARCH_AGAIN, stream=order, decider=search.CATEGORY)


def _orders_lost(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """A provider may not serve what it holds: it is looked for at once, and again when late reports are over.

    A portion that leaves others is followed by the next, as an entry of its own: each a microsecond earlier, for an
    instant in the past is due whatever the clock does.
    """
    stream, event = recorded.originator_id, recorded.event
    match event:
        case provider.AgreementEnded() | provider.Suspended() | provider.Removed():
            for at in sorted({event.at, max(event.at, event.release_at)}):
                yield Due(at=at, reason=RELEASE_ORDERS, stream=stream, decider=provider.CATEGORY)
        case provider.AgreementAmended():
            yield Due(at=event.at, reason=RELEASE_ORDERS, stream=stream, decider=provider.CATEGORY)
        case provider.OrdersReleased():
            for order in event.orders:
                yield Step(
                    decider=search.decider,
                    stream=order.order_id,
                    command=search.Release(
                        provider=stream,
                        agreement=order.agreement,
                        from_day=order.from_day,
                        reason_code=order.reason_code,
                        at=event.at,
                    ),
                )
            if event.more:
                at = event.at - timedelta(microseconds=state.released)
                yield Due(at=at, reason=RELEASE_ORDERS, stream=stream, decider=provider.CATEGORY)


def _carry_out(batch: UUID, decided: matching_batch.Decided) -> Iterable[Due | Step]:
    """Every order of the batch, in the same transaction; what was left is taken by a run of its own."""
    for one in decided.assigned:
        assign = search.Assign(
            provider=one.provider, agreement=one.agreement, worker=one.worker, batch=batch, at=decided.at
        )
        yield Step(decider=search.decider, stream=one.order, command=assign)
    for order in decided.uncovered:
        yield Step(decider=search.decider, stream=order, command=search.Settle(batch=batch, at=decided.at))
    if decided.left:
        rest = matching_batch.stream_after(batch)
        yield Due(at=decided.at + REST_AFTER, reason=RUN_BATCH, stream=rest, decider=matching_batch.CATEGORY)


def run_batch(_stream: UUID, state: matching_batch.Batch, at: datetime) -> matching_batch.Run | None:
    """Decide what waits, once."""
    return matching_batch.Run(at=at) if state.decided is None else None


def expire_offer(_stream: UUID, state: search.State, at: datetime) -> search.Expire | None:
    """The offer that still stands, if its time is over; one accepted in time is left alone."""
    return search.Expire(at=at) if state.status == "offered" else None


def expire_key(_stream: UUID, state: system_key.Key, at: datetime) -> system_key.Expire | None:
    """The end of a key that nobody has ended before."""
    return system_key.Expire(at=at) if state.status == "active" else None


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal | None:
    """Try the seal again, unless it is done."""
    return None if state.sealed else month.Seal(month=state.month, at=at)


def miss_visit(_stream: UUID, state: appointment.Appointment, at: datetime) -> appointment.Miss | None:
    """An appointment whose time to begin is over, unless it was moved or somebody came."""
    return appointment.Miss(at=at) if state.status == "scheduled" else None


def leave_visit_open(_stream: UUID, state: appointment.Appointment, at: datetime) -> appointment.LeaveOpen | None:
    """A visit that was begun and never ended."""
    return appointment.LeaveOpen(at=at) if state.status == "started" else None


def release_orders(_stream: UUID, state: provider.Provider, at: datetime) -> provider.ReleaseOrders | None:
    """Whatever the provider may not serve by now."""
    return provider.ReleaseOrders(at=at) if state.name else None


def search_again(_stream: UUID, state: search.State, at: datetime) -> search.Search | None:
    """The order that was taken from its provider, unless it is looked for or not needed any more."""
    if state.status != "released" or state.order is None:
        return None
    return search.Search(order=state.order, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {
    EXPIRE_OFFER: expire_offer,
    RUN_BATCH: run_batch,
    EXPIRE_KEY: expire_key,
    SEAL_MONTH: seal_month,
    MISS_VISIT: miss_visit,
    LEAVE_VISIT_OPEN: leave_visit_open,
    RELEASE_ORDERS: release_orders,
    SEARCH_AGAIN: search_again,
}
