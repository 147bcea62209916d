"""The rules of a search, and how its events change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Rejected
from services.providers.domain import ranking
from services.providers.domain.ranking import Weighed
from services.providers.domain.search import naming, pooling
from services.providers.domain.search.messages import (
    Accept,
    Accepted,
    Assign,
    Begun,
    Command,
    Decline,
    Declined,
    Event,
    Expire,
    Expired,
    Known,
    NameWorker,
    NobodyFound,
    NoteVisit,
    Offered,
    Pooled,
    Return,
    Returned,
    Search,
    Sent,
    Settle,
    StandDown,
    State,
    Visited,
    Withdrawn,
    WorkerNamed,
)
from services.providers.domain.search.releasing import Release, Released, release


def decide(command: Command, search: State, known: Known | Sent | None) -> list[Event]:
    """``known`` is needed where a candidate is chosen (to search, to decline, to expire, from a batch), and of the
    worker whom a provider names."""
    match command:
        case Search() if search.status in ("waiting", "offered", "found"):
            return []
        case Search():
            begun = Begun(order=command.order, at=command.at)
            return [begun, _wait_or_next(evolve(search, begun), _candidates(known), command.at)]
        case Accept():
            return _accept(command, search)
        case Decline():
            return _decline(command, search, known)
        case Expire():
            return _expire(command, search, known)
        case NameWorker():
            return naming.name_worker(command, search, known)
        case Assign() | Settle() if search.status != "waiting":
            return []
        case Assign():
            return [_assigned(command, search, _candidates(known))]
        case Settle():
            return [replace(_next(search, _candidates(known), command.at), batch=command.batch)]
        case StandDown():
            return _stand_down(command, search)
        case NoteVisit():
            return _note_visit(command, search)
        case Return() if search.visit != command.visit_id:
            return []
        case Return():
            return [Returned(visit_id=command.visit_id, reason_code=command.reason_code, at=command.at)]
        case Release():
            return [*release(command, search)]


def evolve(search: State, event: Event) -> State:
    """What happened, one after another."""
    match event:
        case Begun():
            return State(order=event.order, asked=search.asked, released=search.released, answers=search.answers)
        case Pooled():
            return replace(search, status="waiting", run_at=event.run_at)
        case Offered():
            return replace(
                search,
                status="offered",
                provider=event.provider,
                agreement=event.agreement,
                until=event.until,
                considered=event.considered,
                offers=search.offers + 1,
                asked=search.asked | {event.provider},
                worker=event.worker,
                batch=event.batch or search.batch,
                run_at=None,
            )
        case Declined():
            return _answered(search, event.provider, "declined")
        case Expired():
            return _answered(search, event.provider, "offer_expired")
        case WorkerNamed():
            return replace(search, worker=event.worker)
        case Accepted():
            return replace(search, status="found", until=None)
        case NobodyFound():
            batch = event.batch or search.batch
            return _without_provider(replace(search, status="not_found", considered=event.considered, batch=batch))
        case Withdrawn():
            return _without_provider(replace(search, status="withdrawn"))
        case Visited():
            return replace(search, visit=event.visit_id)
        case Returned():
            return replace(search, visit=None)
        case Released():
            freed = replace(search, status="released", released=search.released | {event.provider})
            return _without_provider(freed)


def _without_provider(search: State) -> State:
    return replace(search, provider=None, agreement="", until=None, worker=None, run_at=None)


def _answered(search: State, provider: UUID, code: str) -> State:
    answer = (provider, code)
    return replace(search, refused=(*search.refused, answer), answers=(*search.answers, answer))


def _candidates(known: Known | Sent | None) -> Known:
    assert isinstance(known, Known)
    return known


def _wait_or_next(search: State, known: Known, at: datetime) -> Pooled | Offered | NobodyFound:
    """Where the county decides in batches, an order that can wait waits."""
    assert search.order is not None
    run_at = pooling.run_at(search.order, at, known.policy.matching, known.last_run)
    return _next(search, known, at) if run_at is None else Pooled(run_at=run_at, at=at)


def _next(search: State, known: Known, at: datetime) -> Offered | NobodyFound:
    """Offer to whoever comes first of those not asked yet."""
    considered = _considered(search, known)
    if search.offers >= known.policy.most_offers:
        considered = tuple(_not_asked(considered))
    if not considered or considered[0].reason_code is not None:
        return NobodyFound(considered=considered, at=at)
    return _offer(considered, known, at)


def _offer(considered: tuple[Weighed, ...], known: Known, at: datetime) -> Offered:
    first = considered[0]
    return Offered(
        provider=first.provider,
        agreement=first.agreement,
        until=at + timedelta(minutes=known.policy.answer_within_minutes),
        considered=considered,
        at=at,
        worker=first.worker,
    )


def _considered(search: State, known: Known) -> tuple[Weighed, ...]:
    assert search.order is not None
    return ranking.rank(search.order, known.candidates, known.policy, dict(search.refused), known.served)


def _assigned(command: Assign, search: State, known: Known) -> Offered | NobodyFound:
    """Offer to whom the batch chose, if that is still possible; it was verified in the same transaction."""
    considered = _considered(search, known)
    chosen = _chosen(command, search, known)
    if chosen is None:
        return replace(_next(search, known, command.at), batch=command.batch)
    return replace(_offer(ranking.put_first(considered, chosen), known, command.at), batch=command.batch)


def _chosen(command: Assign, search: State, known: Known) -> Weighed | None:
    """The agreement and worker named, weighed; None where they do not fit (any more)."""
    assert search.order is not None
    for candidate in known.candidates:
        if (candidate.provider, candidate.agreement) == (command.provider, command.agreement):
            crew = {hand.worker: hand for hand in ranking.hands(search.order, candidate, known.policy)}
            fits = ranking.failed(search.order, candidate, known.policy) is None and command.worker in crew
            if fits and command.worker is not None and command.provider not in dict(search.refused):
                hand = crew[command.worker]
                return ranking.weigh(search.order, candidate, hand, known.served, known.policy)
    return None


def _not_asked(considered: Iterable[Weighed]) -> Iterable[Weighed]:
    """Those who would fit but are not asked any more."""
    for weighed in considered:
        yield replace(weighed, rank=None, reason_code="most_offers_made") if weighed.rank else weighed


def _accept(command: Accept, search: State) -> list[Event]:
    if search.status == "found" and search.provider == command.provider:
        return []
    naming.refuse_unless_offered(command.provider, command.at, search)
    return [Accepted(provider=command.provider, agreement=search.agreement, at=command.at)]


def _decline(command: Decline, search: State, known: Known | Sent | None) -> list[Event]:
    if (command.provider, "declined") in search.refused:
        return []
    naming.refuse_unless_offered(command.provider, command.at, search)
    declined = Declined(provider=command.provider, reason_code=command.reason_code, at=command.at)
    return [declined, _next(evolve(search, declined), _candidates(known), command.at)]


def _expire(command: Expire, search: State, known: Known | Sent | None) -> list[Event]:
    if search.status != "offered" or search.provider is None or search.until is None or command.at < search.until:
        return []
    expired = Expired(provider=search.provider, at=command.at)
    return [expired, _next(evolve(search, expired), _candidates(known), command.at)]


def _stand_down(command: StandDown, search: State) -> list[Event]:
    """What is visited stays visited; what the taker has here stays the taker's, unless it was taken away. An order that
    nobody was found for stands down too: it is uncovered no more."""
    if search.status in ("none", "withdrawn") or search.visit is not None:
        return []
    if command.taken_by in search.released and search.provider != command.taken_by:
        return []
    if search.status == "found" and search.provider == command.taken_by:
        return []
    return [Withdrawn(reason_code=command.reason_code, at=command.at)]


def _note_visit(command: NoteVisit, search: State) -> list[Event]:
    if search.visit == command.visit_id:
        return []
    if search.status == "none" or search.order is None:
        raise Rejected("visit.order_unknown")
    if search.status != "found" or search.provider != command.provider:
        raise Rejected("visit.not_your_order")
    if search.visit is not None:
        raise Rejected("visit.reported_already")
    if command.item != search.order.item:
        raise Rejected("visit.another_item", item=search.order.item)
    if command.units > search.order.units:
        raise Rejected("visit.more_than_ordered", units=search.order.units)
    return [Visited(visit_id=command.visit_id, at=command.at)]
