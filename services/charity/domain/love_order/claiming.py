"""The claimants' side: first come, first served; who comes too late learns who was first, and may wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from chassis.kernel import Rejected
from services.charity.domain.love_order.events import Claimed, Confirmed, Event, Queued, ShareReceived
from services.charity.domain.love_order.following import NO_SHOW, release, with_what_follows
from services.charity.domain.love_order.messages import (
    Claim,
    Confirm,
    Join,
    ReceiveShare,
    ReportNoShow,
    Terms,
    Withdraw,
)
from services.charity.domain.love_order.planning import ends_at, refuse_past
from services.charity.domain.love_order.state import LoveOrder, Place


def claim(command: Claim, order: LoveOrder) -> list[Event]:
    """All the pieces that are asked for, or none: then ``first`` is the masked name of who holds a place longest,
    ``waiting`` how many wait, ``left`` how many pieces are free."""
    terms = _refuse_unless_claimable(command, order)
    if order.claim(command.claim_id) is not None:
        return []
    _refuse_when_over(order, command.at)
    if command.pieces > order.left or order.waiting:
        raise _too_late(order)
    refuse_past(command.planned, command.at)
    until = command.at + timedelta(hours=terms.hold_hours)
    return [
        Claimed(
            claim_id=command.claim_id,
            claimant=command.claimant,
            until=until,
            pieces=command.pieces,
            shown=command.shown,
            planned=command.planned,
            at=command.at,
        )
    ]


def join(command: Join, order: LoveOrder) -> list[Event]:
    """The end of the waiting list; what is free by then is held at once."""
    terms = _refuse_unless_claimable(command, order)
    if order.claim(command.claim_id) is not None:
        return []
    _refuse_when_over(order, command.at)
    waits_as = len(order.waiting) + 1
    if waits_as > terms.waiting_places and (order.left == 0 or order.waiting):
        raise Rejected("waiting_list.full", places=terms.waiting_places)
    queued = Queued(
        claim_id=command.claim_id,
        claimant=command.claimant,
        waits_as=waits_as,
        pieces=min(command.pieces, order.places),
        shown=command.shown,
        at=command.at,
    )
    return with_what_follows(order, [queued], command.at)


def confirm(command: Confirm, order: LoveOrder) -> list[Event]:
    """Kept until it is to be fulfilled; a day that was not said before may be said now."""
    one = order.claim(command.claim_id)
    if one is not None and one.standing in ("confirmed", "paid", "fulfilled"):
        return []
    refuse_unless_held(one, command.at)
    refuse_past(command.planned, command.at)
    assert order.terms is not None
    until = command.at + timedelta(days=order.terms.fulfil_within_days)
    return [Confirmed(claim_id=command.claim_id, until=until, planned=command.planned, at=command.at)]


def withdraw(command: Withdraw, order: LoveOrder) -> list[Event]:
    """Step back with a reason; a share whose money has come stays."""
    one = order.claim(command.claim_id)
    if one is None:
        raise Rejected("claim.unknown")
    if one.standing in ("fulfilled", "turned_down"):
        raise Rejected("claim.fulfilled_already")
    if one.standing == "paid":
        raise Rejected("claim.share_received")
    if one.standing == "released":
        return []
    by = command.acting.subject if command.acting else ""
    released = release(one, "withdrawn", command.at, detail_code=command.reason_code, by=by)
    return with_what_follows(order, [released], command.at)


def report_no_show(command: ReportNoShow, order: LoveOrder) -> list[Event]:
    """Who was sure and did not come at the time said is out, before the last day for it has passed."""
    one = order.claim(command.claim_id)
    if one is not None and one.standing == "released":
        return []
    held = refuse_unless_held(one, command.at)
    if held.standing != "confirmed":
        raise Rejected("claim.not_confirmed")
    if held.planned is None or command.at < ends_at(held.planned):
        raise Rejected("claim.not_due")
    by = command.acting.subject if command.acting else ""
    return with_what_follows(order, [release(held, "lapsed", command.at, detail_code=NO_SHOW, by=by)], command.at)


def receive_share(command: ReceiveShare, order: LoveOrder) -> list[Event]:
    """The money of a share is there: from now on only the charity's delivery is waited for."""
    if order.work is not None and order.work.form != "money":
        raise Rejected("love_order.not_of_money")
    one = order.claim(command.claim_id)
    if one is not None and one.standing in ("paid", "fulfilled"):
        return []
    refuse_unless_held(one, command.at)
    assert order.work is not None
    assert order.terms is not None
    until = max(command.at, order.work.expires_at) + timedelta(days=order.terms.fulfil_within_days)
    by = command.acting.subject if command.acting else ""
    return [ShareReceived(claim_id=command.claim_id, receipt=command.receipt, until=until, by=by, at=command.at)]


def refuse_unless_held(one: Place | None, at: datetime) -> Place:
    """The claim, if it holds pieces now."""
    if one is None:
        raise Rejected("claim.unknown")
    if one.standing == "waiting":
        raise Rejected("claim.waiting")
    if not one.holds:
        raise Rejected("claim.over")
    if one.until is not None and at >= one.until:
        raise Rejected("claim.hold_lapsed")
    return one


def _refuse_unless_claimable(command: Claim | Join, order: LoveOrder) -> Terms:
    """It was published; and nobody claims an order twice, nor comes back to one that they left."""
    if order.published_at is None or order.terms is None:
        raise Rejected("claim.not_published")
    before = order.claim(command.claim_id)
    if before is not None and (before.standing in ("released", "turned_down") or before.earlier):
        raise Rejected("claim.once_only")
    return order.terms


def _refuse_when_over(order: LoveOrder, at: datetime) -> None:
    assert order.work is not None
    if at >= order.work.expires_at:
        raise Rejected("claim.expired")
    if order.status != "published" or order.is_over(at):
        raise _too_late(order)


def _too_late(order: LoveOrder) -> Rejected:
    return Rejected("claim.no_place_left", left=order.left, first=order.first, waiting=len(order.waiting))
