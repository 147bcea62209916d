"""What follows when a claim changes: freed pieces go to who waits, and an order ends with its last claim."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce

from services.charity.domain.claimant import Why
from services.charity.domain.love_order.events import Closed, Event, Lapsed, Promoted, Released
from services.charity.domain.love_order.state import LoveOrder, Place, evolve

NO_SHOW, NOT_MENDED, NOT_DELIVERED = "no_show", "not_mended", "not_delivered"


def release(claim: Place, why: Why, at: datetime, *, detail_code: str = "", by: str = "") -> Released:
    """The claim ends unfulfilled."""
    return Released(
        claim_id=claim.claim_id,
        claimant=claim.claimant,
        why=why,
        held=claim.holds,
        confirmed=claim.standing in ("confirmed", "paid"),
        detail_code=detail_code,
        by=by,
        at=at,
    )


def run_out(claim: Place, at: datetime) -> Released:
    """Its time is over: nobody was sure; or somebody was, and did not come, or did not mend it, or the charity did not
    deliver what the share was given for."""
    detail = {"confirmed": NOT_MENDED if claim.returned else NO_SHOW, "paid": NOT_DELIVERED}
    return release(claim, "lapsed", at, detail_code=detail.get(claim.standing, ""))


def end_all(order: LoveOrder, at: datetime) -> list[Event]:
    """Nobody holds or waits any more."""
    return [release(one, "closed", at) for one in order.claims if one.holds or one in order.waiting]


def with_what_follows(order: LoveOrder, events: list[Event], at: datetime) -> list[Event]:
    """``events``, then: freed pieces go to who waits; over, nobody waits on, and the order ends with its last claim."""
    after = reduce(evolve, events, order)
    if after.status != "published" and not after.is_over(at):
        return events
    if not after.is_over(at):
        return [*events, *_promotions(after, at)]
    events = [*events, *(release(claim, "closed", at) for claim in after.waiting)]
    if not after.open and after.status not in ("closed", "lapsed"):
        events.append(ended(after, at))
    return events


def ended(order: LoveOrder, at: datetime) -> Closed | Lapsed:
    """How an order ends that takes no more claims and has none open."""
    return Closed(fulfilled=order.fulfilled, at=at) if order.fulfilled else Lapsed(at=at)


def _promotions(order: LoveOrder, at: datetime) -> list[Event]:
    """In order of arrival, each as many of the pieces that are free as it waits for: nobody is passed over because it
    waits for more than there is, and no piece lies idle while somebody waits."""
    assert order.terms is not None
    until = at + timedelta(hours=order.terms.answer_within_hours)
    events: list[Event] = []
    left = order.left
    for claim in order.waiting:
        if left <= 0:
            break
        pieces = min(claim.pieces, left)
        left -= pieces
        events.append(Promoted(claim_id=claim.claim_id, claimant=claim.claimant, until=until, pieces=pieces, at=at))
    return events
