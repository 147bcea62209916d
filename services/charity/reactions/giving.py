"""What follows from donations, pledges and service done, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.charity.domain import certificate, donation, love_order, pledge, pot, service_entry, support

LAPSE_PLEDGE = "lapse_pledge"
OVER = ("closed", "lapsed", "cancelled", "declined")


def of_giving(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Gifts reach their pots, pots their orders; what is done is noted, what is verified is used, the rest goes
    back."""
    stream, event = recorded.originator_id, recorded.event
    if isinstance(state, love_order.LoveOrder):
        yield from _of_love_order(stream, event, state)
    elif isinstance(state, service_entry.Entry):
        yield from _of_entry(event, state)
    elif isinstance(state, support.Support):
        yield from _of_support(event, state)
    elif isinstance(state, pot.Pot):
        yield from _of_pot(stream, event, state)
    elif isinstance(state, pledge.Pledge):
        yield from _of_pledge(stream, event, state)
    elif isinstance(state, donation.Donation):
        yield from _of_donation(stream, event)


def _of_love_order(order_id: UUID, event: Any, state: love_order.LoveOrder) -> Iterable[Step]:
    match event:
        case love_order.Fulfilled():
            deed = _deed(order_id, event, state)
            yield _entry(event.claim_id, service_entry.Note(deed=deed, at=event.at))
            yield _support(order_id, support.Await(claim_id=event.claim_id, pieces=deed.pieces, at=event.at))
        case love_order.Returned():
            yield _entry(event.claim_id, service_entry.SendBack(at=event.at))
    if state.status in OVER:
        yield _support(order_id, support.End(at=event.at))


def _deed(order_id: UUID, event: love_order.Fulfilled, state: love_order.LoveOrder) -> service_entry.Deed:
    assert state.work is not None
    return service_entry.Deed(
        claim_id=event.claim_id,
        claimant=event.claimant,
        order_id=order_id,
        charity=state.work.charity,
        item=state.work.item,
        pieces=getattr(event, "pieces", 1) or 1,
        minutes=getattr(event, "minutes", 0) or 0,
        day=event.day,
        time=event.time,
    )


def _of_entry(event: service_entry.Event, state: service_entry.Entry) -> Iterable[Step]:
    deed = state.deed
    if deed is None:
        return
    claim_id, order_id, at = deed.claim_id, deed.order_id, event.at
    match event:
        case service_entry.Counted():
            yield _support(order_id, support.Count(claim_id=claim_id, pieces=deed.pieces, at=at))
        case service_entry.Voided():
            yield _support(order_id, support.Uncount(claim_id=claim_id, at=at))
            for one in event.certificates:
                yield Step(
                    decider=certificate.decider, stream=one, command=certificate.Revoke(claim_id=claim_id, at=at)
                )
        case service_entry.TurnedDown():
            yield _support(order_id, support.Drop(claim_id=claim_id, open=False, at=at))
        case service_entry.SentBack():
            yield _support(order_id, support.Drop(claim_id=claim_id, open=True, at=at))
        case service_entry.Noted():
            return


def _of_support(event: support.Event, state: support.Support) -> Iterable[Step]:
    match event:
        case support.Used():
            spend = pot.Spend(
                claim_id=event.claim_id, order_id=event.order_id, what=event.what, amount=event.amount, at=event.at
            )
            yield _pot(event.source, spend)
        case support.Uncounted():
            for source in event.sources:
                yield _pot(source, pot.Unspend(claim_id=event.claim_id, at=event.at))
        case support.Released() if event.returned:
            back = pot.Return(order_id=event.order_id, what=event.what, amount=event.returned, at=event.at)
            yield _pot(event.source, back)
        case support.Ended():
            for source in dict.fromkeys(source for source, _ in state.given):
                yield _pot(source, pot.Finish(at=event.at))


def _of_pot(stream: UUID, event: pot.Event, state: pot.Pot) -> Iterable[Step]:
    assert state.terms is not None
    match event:
        case pot.Allotted() if state.terms.kind == "bound":
            fund = support.Fund(source=stream, what=event.what, amount=event.amount, at=event.at)
            yield _support(event.order_id, fund)
        case pot.Allotted():
            promise = support.Promise(
                order_id=event.order_id,
                source=stream,
                charity=state.terms.charity,
                what=event.what,
                amount=event.amount,
                funded=event.amount,
                at=event.at,
            )
            yield _support(event.order_id, promise)
        case pot.Moved():
            take = pot.Take(
                source=stream, charity=state.terms.charity, what=event.what, amount=event.amount, at=event.at
            )
            yield _pot(event.to, take)


def _of_pledge(stream: UUID, event: pledge.Event, state: pledge.Pledge) -> Iterable[Due | Step]:
    terms = state.terms
    assert terms is not None
    match event:
        case pledge.Made():
            yield Due(at=event.until, reason=LAPSE_PLEDGE, stream=stream, decider=pledge.CATEGORY)
            if terms.order_id is not None:
                given = (terms.what, terms.amount, event.at)
                yield from _bound(stream, terms.order_id, terms.charity, terms.leftover_to, *given)
        case pledge.Paid():
            receive = pot.Receive(
                donation_id=event.donation_id,
                charity=terms.charity,
                what=terms.what,
                amount=event.amount,
                day=None,
                at=event.at,
            )
            yield _pot(terms.pot, receive)
        case pledge.Withdrawn() | pledge.Lapsed() if terms.order_id is not None:
            withdraw = support.Withdraw(source=terms.pot, what=terms.what, amount=event.amount, at=event.at)
            yield _support(terms.order_id, withdraw)


def _of_donation(stream: UUID, event: donation.Event) -> Iterable[Step]:
    match event:
        case donation.Recorded(gift=gift) if gift.pledge is not None:
            pay = pledge.Pay(donation_id=stream, charity=gift.charity, what=gift.what, amount=gift.amount, at=event.at)
            yield Step(decider=pledge.decider, stream=gift.pledge, command=pay)
        case donation.Recorded(gift=gift) if gift.order_id is not None:
            if event.for_order:
                given = (gift.what, event.for_order, event.at)
                yield from _bound(stream, gift.order_id, gift.charity, gift.excess_to, *given)
                yield _received(pot.bound_to(stream), stream, event, event.for_order)
            if gift.excess_to is not None and event.for_order < gift.amount:
                yield _received(gift.excess_to, stream, event, gift.amount - event.for_order)
        case donation.Recorded(gift=gift) if gift.pot is not None:
            yield _received(gift.pot, stream, event, gift.amount)
        case donation.Voided(pot=where) if where is not None:
            yield _pot(where, pot.TakeBack(donation_id=stream, at=event.at))


def _received(where: UUID, donation_id: UUID, event: donation.Recorded, amount: int) -> Step:
    gift = event.gift
    receive = pot.Receive(
        donation_id=donation_id, charity=gift.charity, what=gift.what, amount=amount, day=gift.day, at=event.at
    )
    return _pot(where, receive)


def _bound(
    gift: UUID, order_id: UUID, charity: UUID, leftover_to: UUID | None, what: str, amount: int, at: datetime
) -> Iterable[Step]:
    """A pot of its own, of which the order is promised all."""
    terms = pot.Terms(kind="bound", charity=charity, order_id=order_id, leftover_to=leftover_to)
    yield _pot(pot.bound_to(gift), pot.Open(terms=terms, at=at))
    promise = support.Promise(
        order_id=order_id, source=pot.bound_to(gift), charity=charity, what=what, amount=amount, funded=0, at=at
    )
    yield _support(order_id, promise)


def _pot(stream: UUID, command: pot.Command) -> Step:
    return Step(decider=pot.decider, stream=stream, command=command)


def _support(order_id: UUID, command: support.Command) -> Step:
    return Step(decider=support.decider, stream=support.stream_of(order_id), command=command)


def _entry(claim_id: UUID, command: service_entry.Command) -> Step:
    return Step(decider=service_entry.decider, stream=service_entry.stream_of(claim_id), command=command)


def lapse_pledge(_stream: UUID, state: pledge.Pledge, at: datetime) -> pledge.Lapse | None:
    """Its day has come, unless it was kept or taken back."""
    return pledge.Lapse(at=at) if state.standing == "open" else None


WHEN_DUE: Mapping[str, WhenDue] = {LAPSE_PLEDGE: lapse_pledge}
