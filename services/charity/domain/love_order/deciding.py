"""The rules of a love order, and how its events change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Literal

from chassis.kernel import Rejected
from services.charity.domain import calendar
from services.charity.domain.love_order.messages import (
    Cancel,
    Cancelled,
    Claim,
    Claimed,
    Closed,
    Command,
    Confirm,
    Confirmed,
    Event,
    Fulfil,
    Fulfilled,
    Lapse,
    Lapsed,
    Promoted,
    Publish,
    Published,
    Queued,
    Refer,
    Referred,
    Released,
    Return,
    Returned,
    Terms,
    Withdraw,
)
from services.charity.domain.love_order.state import LoveOrder, Place, Standing
from services.charity.domain.policy import Policy


def decide(command: Command, order: LoveOrder, known: Policy | None) -> list[Event]:
    """``known`` is the policy the order names, needed at referral; from then on the order carries its terms."""
    match command:
        case Refer():
            return _refer(command, order, known)
        case Publish():
            return _publish(command, order)
        case Claim():
            return _claim(command, order)
        case Confirm():
            return _confirm(command, order)
        case Withdraw():
            return _withdraw(command, order)
        case Fulfil():
            return _fulfil(command, order)
        case Return():
            return _return(command, order)
        case Lapse():
            return _lapse(command, order)
        case Cancel():
            return _cancel(command, order)


def evolve(order: LoveOrder, event: Event) -> LoveOrder:
    """What happened, one after another."""
    match event:
        case Referred():
            return LoveOrder(status="referred", work=event.work, terms=event.terms, publish_by=event.publish_by)
        case Published():
            return replace(order, status="published", wording=event.wording, published_at=event.at)
        case Claimed():
            return _arrived(order, event, "held", event.until)
        case Queued():
            return _arrived(order, event, "waiting", None)
        case Promoted():
            return order.standing(event.claim_id, "held", event.until)
        case Confirmed():
            return order.standing(event.claim_id, "confirmed", event.until)
        case Released():
            return order.standing(event.claim_id, "released")
        case Fulfilled():
            return order.standing(event.claim_id, "fulfilled")
        case Returned():
            return replace(order, status="published").standing(event.claim_id, "confirmed", event.until)
        case Lapsed():
            return replace(order, status="lapsed")
        case Closed():
            return replace(order, status="closed")
        case Cancelled():
            return replace(order, status="cancelled")


def _arrived(order: LoveOrder, event: Claimed | Queued, standing: Standing, until: datetime | None) -> LoveOrder:
    claim = Place(claim_id=event.claim_id, claimant=event.claimant, standing=standing, claimed_at=event.at, until=until)
    return replace(order, claims=(*order.claims, claim))


def _refer(command: Refer, order: LoveOrder, policy: Policy | None) -> list[Event]:
    if order.status not in ("none", "lapsed", "cancelled"):
        return []
    assert policy is not None
    terms = Terms(
        publish_within_days=policy.publish_within_days,
        hold_hours=policy.hold_hours,
        fulfil_within_days=policy.fulfil_within_days,
        waiting_places=policy.waiting_places,
        answer_within_hours=policy.answer_within_hours,
    )
    publish_by = command.at + timedelta(days=terms.publish_within_days)
    return [Referred(work=command.work, terms=terms, publish_by=publish_by, at=command.at)]


def _publish(command: Publish, order: LoveOrder) -> list[Event]:
    if order.status == "none":
        raise Rejected("love_order.unknown")
    if order.status == "published":
        return []
    if order.status != "referred" or order.is_over(command.at):
        raise Rejected("love_order.closed")
    return [Published(wording=command.wording, at=command.at)]


def _claim(command: Claim, order: LoveOrder) -> list[Event]:
    """A place while there is one, else the end of the waiting list while that has room."""
    if order.status in ("none", "referred") or order.work is None or order.terms is None:
        raise Rejected("claim.not_published")
    before = order.claim(command.claim_id)
    if before is not None and before.standing == "released":
        raise Rejected("claim.once_only")
    if before is not None:
        return []
    if order.status != "published" or order.is_over(command.at):
        raise Rejected("claim.expired" if command.at >= order.work.expires_at else "claim.no_place_left", left=0)
    if order.left > 0 and not order.waiting:
        until = command.at + timedelta(hours=order.terms.hold_hours)
        return [Claimed(claim_id=command.claim_id, claimant=command.claimant, until=until, at=command.at)]
    waits_as = len(order.waiting) + 1
    if waits_as > order.terms.waiting_places:
        raise Rejected("claim.no_place_left", left=0)
    return [Queued(claim_id=command.claim_id, claimant=command.claimant, waits_as=waits_as, at=command.at)]


def _confirm(command: Confirm, order: LoveOrder) -> list[Event]:
    claim = order.claim(command.claim_id)
    if claim is not None and claim.standing in ("confirmed", "fulfilled"):
        return []
    _refuse_unless_held(claim, command.at)
    assert order.terms is not None
    until = command.at + timedelta(days=order.terms.fulfil_within_days)
    return [Confirmed(claim_id=command.claim_id, until=until, at=command.at)]


def _withdraw(command: Withdraw, order: LoveOrder) -> list[Event]:
    claim = order.claim(command.claim_id)
    if claim is None:
        raise Rejected("claim.unknown")
    if claim.standing == "fulfilled":
        raise Rejected("claim.fulfilled_already")
    if claim.standing == "released":
        return []
    return _with_what_follows(order, [_release(claim, "withdrawn", command.at)], command.at)


def _fulfil(command: Fulfil, order: LoveOrder) -> list[Event]:
    claim = _claim_meant(command, order)
    if claim is not None and claim.standing == "fulfilled":
        return []
    claim = _refuse_unless_held(claim, command.at)
    if calendar.instant_of(command.day, command.time) > command.at:
        raise Rejected("fulfilment.in_the_future")
    if command.day < calendar.day_of(claim.claimed_at):
        raise Rejected("fulfilment.before_the_claim")
    fulfilled = Fulfilled(
        claim_id=claim.claim_id,
        claimant=claim.claimant,
        day=command.day,
        time=command.time,
        photos=command.photos,
        by=command.by,
        at=command.at,
    )
    return _with_what_follows(order, [fulfilled], command.at)


def _claim_meant(command: Fulfil, order: LoveOrder) -> Place | None:
    if command.claim_id is not None:
        return order.claim(command.claim_id)
    if len(order.open) != 1:
        raise Rejected("fulfilment.claim_unnamed", open=len(order.open))
    return order.open[0]


def _refuse_unless_held(claim: Place | None, at: datetime) -> Place:
    """The claim, if it holds a place now."""
    if claim is None:
        raise Rejected("claim.unknown")
    if claim.standing == "waiting":
        raise Rejected("claim.waiting")
    if not claim.holds:
        raise Rejected("claim.over")
    if claim.until is not None and at >= claim.until:
        raise Rejected("claim.hold_lapsed")
    return claim


def _return(command: Return, order: LoveOrder) -> list[Event]:
    claim = order.claim(command.claim_id)
    if claim is None or claim.standing != "fulfilled" or order.terms is None:
        return []
    until = command.at + timedelta(days=order.terms.fulfil_within_days)
    return [Returned(claim_id=command.claim_id, until=until, at=command.at)]


def _lapse(command: Lapse, order: LoveOrder) -> list[Event]:
    if order.status not in ("referred", "published"):
        return []
    over = [claim for claim in order.open if claim.until is not None and command.at >= claim.until]
    return _with_what_follows(order, [_release(claim, "lapsed", command.at) for claim in over], command.at)


def _cancel(command: Cancel, order: LoveOrder) -> list[Event]:
    if order.status not in ("referred", "published"):
        return []
    released = [
        _release(claim, "closed", command.at) for claim in order.claims if claim.holds or claim in order.waiting
    ]
    return [*released, Cancelled(reason_code=command.reason_code, at=command.at)]


def _release(claim: Place, why: Literal["withdrawn", "lapsed", "closed"], at: datetime) -> Released:
    return Released(claim_id=claim.claim_id, claimant=claim.claimant, why=why, held=claim.holds, at=at)


def _with_what_follows(order: LoveOrder, events: list[Event], at: datetime) -> list[Event]:
    """``events``, then: freed places go to who waits; over, nobody waits on, and the order ends with its last claim."""
    after = reduce(evolve, events, order)
    assert after.work is not None
    assert after.terms is not None
    if not after.is_over(at):
        until = at + timedelta(hours=after.terms.answer_within_hours)
        return [*events, *(
            Promoted(claim_id=claim.claim_id, claimant=claim.claimant, until=until, at=at)
            for claim in after.waiting[: after.left]
        )]  # fmt: skip
    events = [*events, *(_release(claim, "closed", at) for claim in after.waiting)]
    if not after.open:
        events.append(Closed(fulfilled=after.fulfilled, at=at) if after.fulfilled else Lapsed(at=at))
    return events
