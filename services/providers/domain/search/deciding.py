"""The rules of a search, and how its events change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Rejected
from services.providers.domain import ranking
from services.providers.domain.ranking import Weighed
from services.providers.domain.search.messages import (
    Accept,
    Accepted,
    Begun,
    Command,
    Decline,
    Declined,
    Event,
    Expire,
    Expired,
    Known,
    NobodyFound,
    NoteVisit,
    Offered,
    Return,
    Returned,
    Search,
    StandDown,
    State,
    Visited,
    Withdrawn,
)
from services.providers.domain.search.releasing import Release, Released, release


def decide(command: Command, search: State, known: Known | None) -> list[Event]:
    """``known`` is needed where a candidate is chosen: to search, to decline, to expire."""
    match command:
        case Search() if search.status in ("offered", "found"):
            return []
        case Search():
            begun = Begun(order=command.order, at=command.at)
            return [begun, _next(evolve(search, begun), known, command.at)]
        case Accept():
            return _accept(command, search)
        case Decline():
            return _decline(command, search, known)
        case Expire():
            return _expire(command, search, known)
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
            return State(order=event.order, asked=search.asked, released=search.released)
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
            )
        case Declined():
            return replace(search, refused=(*search.refused, (event.provider, "declined")))
        case Expired():
            return replace(search, refused=(*search.refused, (event.provider, "offer_expired")))
        case Accepted():
            return replace(search, status="found", until=None)
        case NobodyFound():
            return _without_provider(replace(search, status="not_found", considered=event.considered))
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
    return replace(search, provider=None, agreement="", until=None)


def _next(search: State, known: Known | None, at: datetime) -> Offered | NobodyFound:
    """Offer to whoever comes first of those not asked yet."""
    assert search.order is not None
    assert known is not None
    considered = ranking.rank(search.order, known.candidates, known.policy, dict(search.refused))
    if search.offers >= known.policy.most_offers:
        considered = tuple(_not_asked(considered))
    if not considered or considered[0].reason_code is not None:
        return NobodyFound(considered=considered, at=at)
    return Offered(
        provider=considered[0].provider,
        agreement=considered[0].agreement,
        until=at + timedelta(minutes=known.policy.answer_within_minutes),
        considered=considered,
        at=at,
    )


def _not_asked(considered: Iterable[Weighed]) -> Iterable[Weighed]:
    """Those who would fit but are not asked any more."""
    for weighed in considered:
        yield replace(weighed, rank=None, reason_code="most_offers_made") if weighed.rank else weighed


def _accept(command: Accept, search: State) -> list[Event]:
    if search.status == "found" and search.provider == command.provider:
        return []
    _refuse_unless_offered(command.provider, command.at, search)
    return [Accepted(provider=command.provider, agreement=search.agreement, at=command.at)]


def _decline(command: Decline, search: State, known: Known | None) -> list[Event]:
    if (command.provider, "declined") in search.refused:
        return []
    _refuse_unless_offered(command.provider, command.at, search)
    declined = Declined(provider=command.provider, reason_code=command.reason_code, at=command.at)
    return [declined, _next(evolve(search, declined), known, command.at)]


def _expire(command: Expire, search: State, known: Known | None) -> list[Event]:
    if search.status != "offered" or search.provider is None or search.until is None or command.at < search.until:
        return []
    expired = Expired(provider=search.provider, at=command.at)
    return [expired, _next(evolve(search, expired), known, command.at)]


def _refuse_unless_offered(provider: UUID, at: datetime, search: State) -> None:
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


def _stand_down(command: StandDown, search: State) -> list[Event]:
    """What is visited stays visited; what the taker has here stays the taker's, unless it was taken away."""
    if search.status not in ("offered", "found", "released") or search.visit is not None:
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
