"""The rules of a pot: what comes in, what is set aside, and that it is never more than there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from chassis.kernel import Rejected
from services.charity.domain.pot.messages import (
    Allot,
    Allotted,
    Close,
    Closed,
    Command,
    Event,
    Finish,
    Finished,
    Moved,
    Open,
    Opened,
    Receive,
    Received,
    Return,
    Returned,
    Spend,
    Spent,
    Take,
    TakeBack,
    Taken,
    TakenBack,
    Terms,
    Unspend,
    Unspent,
    Wish,
    Wished,
)
from services.charity.domain.pot.state import Pot, evolve


@dataclass(frozen=True, kw_only=True)
class Known:
    """``item``, ``township`` and ``village`` of the order that an allotment is for, empty where charity knows no such
    order. ``offered``: the county's policy has such pots; ``qualified``: the charity may raise funds in public on all
    days of the appeal that is opened; ``fund``: the pot that a donor wishes to is an appeal or a fund of the same
    charity."""

    item: str = ""
    township: str = ""
    village: str = ""
    offered: bool = False
    qualified: bool = False
    fund: bool = False


def decide(command: Command, pot: Pot, known: Known | None) -> list[Event]:
    """A pot that was not opened takes nothing; its book is never below zero."""
    known = known or Known()
    match command:
        case Open():
            return _open(command, pot, known)
        case _ if pot.terms is None:
            raise Rejected("pot.unknown")
        case Receive():
            return _receive(command, pot, pot.terms)
        case TakeBack():
            return _take_back(command, pot)
        case Allot():
            return _allot(command, pot, pot.terms, known)
        case Spend():
            return _spend(command, pot)
        case Unspend():
            return [
                Unspent(claim_id=one.claim_id, order_id=one.order_id, what=one.what, amount=one.amount, at=command.at)
                for one in pot.used
                if one.claim_id == command.claim_id
            ]
        case Return():
            return _return(command, pot)
        case Finish():
            over = pot.finished or pot.terms.kind != "bound"
            return [] if over else _moving(pot, [Finished(at=command.at)])
        case Wish():
            return _wish(command, pot, pot.terms, known)
        case Take():
            if command.charity != pot.terms.charity:
                raise Rejected("pot.of_another_charity")
            return [Taken(source=command.source, what=command.what, amount=command.amount, at=command.at)]
        case Close():
            return [] if pot.closed else [Closed(at=command.at)]


def _open(command: Open, pot: Pot, known: Known) -> list[Event]:
    terms = command.terms
    if pot.terms is not None:
        return []
    if terms.first is not None and terms.last is not None and terms.last < terms.first:
        raise Rejected("appeal.days_reversed")
    appeal = terms.kind == "appeal"
    if not known.offered:
        raise Rejected("appeal.not_offered" if appeal else "village_fund.not_offered")
    if appeal and not known.qualified:
        raise Rejected("fundraising.not_qualified")
    if terms.leftover_to is not None and not known.fund:
        raise Rejected("pot.unknown")
    return [Opened(terms=terms, at=command.at)]


def _receive(command: Receive, pot: Pot, terms: Terms) -> list[Event]:
    """A bound pot sets aside for its order what comes in; what the order does not need comes back from there."""
    if command.donation_id in pot.gifts:
        return []
    if command.charity != terms.charity:
        raise Rejected("pot.of_another_charity")
    if pot.closed:
        raise Rejected("pot.closed")
    day = command.day
    if day and ((terms.first and day < terms.first) or (terms.last and day > terms.last)):
        raise Rejected("appeal.not_on_that_day")
    received = Received(donation_id=command.donation_id, what=command.what, amount=command.amount, at=command.at)
    if terms.order_id is None:
        return [received]
    allotted = Allotted(
        allotment_id=command.donation_id,
        order_id=terms.order_id,
        what=command.what,
        amount=command.amount,
        at=command.at,
    )
    return [received, allotted]


def _take_back(command: TakeBack, pot: Pot) -> list[Event]:
    """Only what is not set aside: what orders rest on is not taken from under them."""
    what, amount = pot.gifts.get(command.donation_id, ("", 0))
    if not amount:
        return []
    if amount > pot.line(what).left:
        raise Rejected("donation.set_aside_already", left=pot.line(what).left)
    return [TakenBack(donation_id=command.donation_id, what=what, amount=amount, at=command.at)]


def _allot(command: Allot, pot: Pot, terms: Terms, known: Known) -> list[Event]:
    if command.allotment_id in pot.allotments:
        return []
    if terms.kind == "bound":
        raise Rejected("pot.is_of_one_order")
    if not known.item:
        raise Rejected("love_order.unknown")
    item = not terms.items or known.item in terms.items
    township = not terms.townships or known.township in terms.townships
    if not (item and township and terms.village in ("", known.village)):
        raise Rejected("pot.not_covered")
    left = pot.line(command.what).left
    if command.amount > left:
        raise Rejected("pot.too_little", left=left)
    return [
        Allotted(
            allotment_id=command.allotment_id,
            order_id=command.order_id,
            what=command.what,
            amount=command.amount,
            at=command.at,
        )
    ]


def _spend(command: Spend, pot: Pot) -> list[Event]:
    bound = pot.share(command.order_id, command.what).bound
    if command.amount > bound:
        raise Rejected("pot.too_little", left=bound)
    return [
        Spent(
            claim_id=command.claim_id,
            order_id=command.order_id,
            what=command.what,
            amount=command.amount,
            at=command.at,
        )
    ]


def _return(command: Return, pot: Pot) -> list[Event]:
    amount = min(command.amount, pot.share(command.order_id, command.what).bound)
    if not amount:
        return []
    returned = Returned(order_id=command.order_id, what=command.what, amount=amount, at=command.at)
    return _moving(pot, [returned]) if pot.finished else [returned]


def _wish(command: Wish, pot: Pot, terms: Terms, known: Known) -> list[Event]:
    if terms.kind != "bound":
        raise Rejected("pot.is_of_no_donor")
    if terms.leftover_to == command.to:
        return []
    if not known.fund or command.charity != terms.charity:
        raise Rejected("pot.unknown")
    wished = Wished(to=command.to, at=command.at)
    return _moving(pot, [wished]) if pot.finished else [wished]


def _moving(pot: Pot, events: Sequence[Event]) -> list[Event]:
    """``events``, then whatever is left without an order goes where the donor said, if anything was said."""
    after = reduce(evolve, events, pot)
    to = after.terms.leftover_to if after.terms else None
    if to is None or not after.finished:
        return list(events)
    moved = [
        Moved(to=to, what=what, amount=line.left, at=events[-1].at)
        for what, line in sorted(after.lines.items())
        if line.left > 0
    ]
    return [*events, *moved]
