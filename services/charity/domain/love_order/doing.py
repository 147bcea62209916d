"""Done, sent back for mending, or turned down; what is bought for money is delivered by the charity for all shares."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

from chassis.kernel import Rejected
from services.charity.domain import calendar
from services.charity.domain.love_order.claiming import refuse_unless_held
from services.charity.domain.love_order.events import Event, Fulfilled, Returned, TurnedDown
from services.charity.domain.love_order.following import ended, with_what_follows
from services.charity.domain.love_order.messages import Fulfil, Return, TurnDown
from services.charity.domain.love_order.state import LoveOrder, Place, evolve


def fulfil(command: Fulfil, order: LoveOrder) -> list[Event]:
    """A claim is done, all its pieces or fewer: the rest is free again."""
    if order.work is not None and order.work.form == "money":
        return _deliver(command, order)
    one = _claim_meant(command, order)
    if one is not None and one.standing == "fulfilled":
        return []
    one = refuse_unless_held(one, command.at)
    if command.pieces is not None and command.pieces > one.pieces:
        raise Rejected("fulfilment.more_than_claimed", pieces=one.pieces)
    _refuse_impossible(command, one)
    return with_what_follows(order, [_fulfilled(command, order, one)], command.at)


def _deliver(command: Fulfil, order: LoveOrder) -> list[Event]:
    """Once all shares are in; after the time to claim is over, also with fewer: the charity then bears the rest."""
    assert order.work is not None
    if command.acting is None:
        raise Rejected("fulfilment.by_the_charity")
    paid = [one for one in order.open if one.standing == "paid"]
    if not paid:
        if order.fulfilled:
            return []
        raise Rejected("delivery.no_share")
    missing = order.places - order.fulfilled - sum(one.pieces for one in paid if not one.earlier)
    if missing and command.at < order.work.expires_at:
        raise Rejected("delivery.shares_missing", missing=missing)
    for one in paid:
        _refuse_impossible(command, one)
    return with_what_follows(order, [_fulfilled(command, order, one) for one in paid], command.at)


def _fulfilled(command: Fulfil, order: LoveOrder, one: Place) -> Fulfilled:
    said = command.pieces
    offered = order.offered if order.offered and order.offered.claimant == one.claimant else None
    return Fulfilled(
        claim_id=one.claim_id,
        claimant=one.claimant,
        day=command.day,
        time=command.time,
        photos=command.photos,
        by=command.by,
        pieces=one.pieces if said is None or one.standing == "paid" else said,
        minutes=command.minutes,
        price_fen=offered.price_fen if offered else None,
        rule=offered.rule if offered else "",
        at=command.at,
    )


def _claim_meant(command: Fulfil, order: LoveOrder) -> Place | None:
    if command.claim_id is not None:
        return order.claim(command.claim_id)
    if len(order.open) != 1:
        raise Rejected("fulfilment.claim_unnamed", open=len(order.open))
    return order.open[0]


def _refuse_impossible(command: Fulfil, one: Place) -> None:
    if calendar.instant_of(command.day, command.time) > command.at:
        raise Rejected("fulfilment.in_the_future")
    if command.day < calendar.day_of(one.claimed_at):
        raise Rejected("fulfilment.before_the_claim")


def send_back(command: Return, order: LoveOrder) -> list[Event]:
    """To be mended within the time there was to do it."""
    one = order.claim(command.claim_id)
    if one is None or one.standing != "fulfilled" or order.terms is None:
        return []
    until = command.at + timedelta(days=order.terms.fulfil_within_days)
    return [Returned(claim_id=command.claim_id, until=until, at=command.at)]


def turn_down(command: TurnDown, order: LoveOrder) -> list[Event]:
    """It does not count. Its pieces are free again while the order stands on the hall; where the order had closed, it
    ends anew with fewer done, and the bureau decides how it goes on."""
    one = order.claim(command.claim_id)
    if one is None or one.standing != "fulfilled":
        return []
    down = TurnedDown(claim_id=one.claim_id, claimant=one.claimant, reason_code=command.reason_code, at=command.at)
    events: list[Event] = [down]
    if one.earlier:
        return events
    if order.status == "closed":
        return [*events, ended(reduce(evolve, events, order), command.at)]
    return with_what_follows(order, events, command.at)
