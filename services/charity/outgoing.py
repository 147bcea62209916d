"""What the service tells others: our event to their public event. Claimants by id only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chassis.service import PublicEvent, Recorded
from contracts import charity as told
from contracts.events import Event
from contracts.facts import SealFact
from services.charity.domain import love_order, month, pledge, referral
from services.charity.domain.ledger import MONEY


def outgoing(recorded: Recorded, state: Any) -> Iterable[PublicEvent]:
    """Accepted, declined, published, claimed, confirmed, released, fulfilled, lapsed; a month sealed.

    Who only waited is nobody's business.
    """
    stream = recorded.originator_id
    match recorded.event:
        case month.Sealed() as sealed:
            data: Event | None = _month(sealed)
        case pledge.Made() as made:
            data = _pledge(stream, made)
        case referral.ContentDecided() | referral.PersonSentBack() as decided:
            data = _decided(stream, decided, state)
        case _:
            data = _love_order(recorded, state)
    if data is not None:
        yield PublicEvent(subject=stream, data=data)


def _month(event: month.Sealed) -> Event:
    fact = SealFact(month=event.month)
    return told.MonthSealed(at=event.at, month=event.month, waiting=event.waiting, fact=fact)


def _pledge(stream: UUID, event: pledge.Made) -> Event | None:
    """Money for one order is a fund of its own; goods, and what is for a fund, are charity's alone."""
    terms = event.terms
    if terms.order_id is None or terms.what != MONEY:
        return None
    return told.PledgeBound(
        at=event.at,
        order_id=terms.order_id,
        pledge_id=stream,
        charity_id=terms.charity,
        amount_fen=terms.amount,
        until=event.until,
    )


def _decided(stream: UUID, event: referral.ContentDecided | referral.PersonSentBack, state: referral.Referral) -> Event:
    """What a charity decided about one of a list; the plan's words stay here."""
    assert state.received is not None
    charity_id = state.received.charity_id
    match event:
        case referral.ContentDecided():
            return told.ContentDecided(
                at=event.at,
                referral_id=stream,
                charity_id=charity_id,
                need_id=event.need_id,
                item=event.item,
                units=event.units,
                places=event.places,
                expires_at=event.expires_at,
            )
        case referral.PersonSentBack():
            return told.PersonSentBack(
                at=event.at,
                referral_id=stream,
                charity_id=charity_id,
                need_id=event.need_id,
                reason_code=event.reason_code,
            )


def _love_order(recorded: Recorded, state: Any) -> Event | None:
    order_id, event = recorded.originator_id, recorded.event
    match event:
        case love_order.Accepted():
            return told.LoveOrderAccepted(at=event.at, order_id=order_id, charity_id=event.charity)
        case love_order.Declined():
            return told.LoveOrderDeclined(
                at=event.at, order_id=order_id, charity_id=event.charity, reason_code=event.reason_code
            )
        case love_order.Published():
            return _published(order_id, event, state)
        case love_order.Lapsed():
            return told.LoveOrderLapsed(at=event.at, order_id=order_id)
        case love_order.Closed() if state.left:
            return told.LoveOrderLapsed(at=event.at, order_id=order_id)
        case _:
            return _claim(order_id, event, state)


def _claim(order_id: UUID, event: Any, state: Any) -> Event | None:
    match event:
        case love_order.Claimed() | love_order.Promoted():
            return told.LoveOrderClaimed(
                at=event.at,
                order_id=order_id,
                claim_id=event.claim_id,
                claimant=event.claimant,
                pieces=_pieces(event.pieces),
            )
        case love_order.Confirmed():
            claim = state.claim(event.claim_id)
            return told.ClaimConfirmed(
                at=event.at,
                order_id=order_id,
                claim_id=event.claim_id,
                claimant=claim.claimant,
                pieces=claim.pieces,
                until=event.until,
            )
        case love_order.Released(held=True, why="withdrawn" | "lapsed" as reason):
            return told.LoveOrderReleased(
                at=event.at,
                order_id=order_id,
                claim_id=event.claim_id,
                claimant=event.claimant,
                reason=reason,
                detail_code=event.detail_code or None,
            )
        case love_order.Fulfilled():
            return _fulfilled(order_id, event)
        case _:
            return None


def _fulfilled(order_id: UUID, event: love_order.Fulfilled) -> Event:
    return told.LoveOrderFulfilled(
        at=event.at,
        order_id=order_id,
        claim_id=event.claim_id,
        claimant=event.claimant,
        day=event.day,
        time=event.time,
        reported_by=event.by,
        pieces=_pieces(event.pieces),
        minutes=event.minutes,
        price_fen=event.price_fen,
        rule=event.rule or None,
    )


def _pieces(pieces: int) -> int | None:
    """One piece is not worth mentioning."""
    return pieces if pieces > 1 else None


def _published(order_id: UUID, event: love_order.Published, state: love_order.LoveOrder) -> Event:
    assert state.work is not None
    return told.LoveOrderPublished(
        at=event.at,
        order_id=order_id,
        charity_id=state.work.charity,
        places=state.work.places,
        expires_at=state.work.expires_at,
    )
