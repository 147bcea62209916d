"""Whether an answer of a provider counts, and which worker it sends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.kernel import Rejected
from services.providers.domain.search.messages import Event, Known, NameWorker, Sent, State, WorkerNamed


def refuse_unless_offered(provider: UUID, at: datetime, search: State) -> None:
    """An answer counts from the provider asked, in time."""
    if search.status == "none":
        raise Rejected("offer.unknown")
    if (provider, "offer_expired") in search.refused:
        raise Rejected("offer.expired")
    if search.status != "offered":
        raise Rejected("offer.closed")
    if provider != search.provider:
        raise Rejected("offer.not_yours")
    if search.until is not None and at >= search.until:
        raise Rejected("offer.expired")


def name_worker(command: NameWorker, search: State, known: Known | Sent | None) -> list[Event]:
    """A worker of the provider, there on the days of the order and with time for it, until a visit stands."""
    assert isinstance(known, Sent)
    if search.status != "found" or search.provider != command.provider:
        refuse_unless_offered(command.provider, command.at, search)
    if search.visit is not None:
        raise Rejected("offer.closed")
    if search.worker == command.worker:
        return []
    if known.provider != command.provider:
        raise Rejected("offer.worker_unknown")
    assert search.order is not None
    if known.left_on is not None and known.left_on <= search.order.window_from:
        raise Rejected("offer.worker_left", left_on=known.left_on.isoformat())
    if known.monthly_capacity and known.taken >= known.monthly_capacity:
        raise Rejected("offer.worker_full", monthly_capacity=known.monthly_capacity)
    return [WorkerNamed(provider=command.provider, worker=command.worker, at=command.at)]
