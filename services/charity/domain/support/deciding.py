"""The rules of what is behind a love order: never promised twice, used for what was verified, the rest goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from uuid import UUID

from chassis.kernel import Rejected
from services.charity.domain.ledger import MONEY
from services.charity.domain.support.messages import (
    Await,
    Awaited,
    Command,
    Count,
    Counted,
    Drop,
    Dropped,
    End,
    Ended,
    Event,
    Fund,
    Funded,
    Promise,
    Promised,
    Released,
    Uncount,
    Uncounted,
    Used,
    Wanted,
    Withdraw,
)
from services.charity.domain.support.state import Given, Support, evolve


@dataclass(frozen=True, kw_only=True)
class Known:
    """The love order that a promise is for: whose it is, whether it is open, what it can take."""

    charity: UUID
    open: bool
    wanted: Wanted


def decide(command: Command, support: Support, known: Known | None) -> list[Event]:
    """``known`` is the love order, needed for a promise. An order nobody promised anything keeps no book."""
    if isinstance(command, Promise):
        return _settled(support, _promise(command, support, known), command.at)
    if support.order_id is None:
        return []
    return _settled(support, _changed(command, support), command.at)


def _changed(command: Command, support: Support) -> list[Event]:
    match command:
        case Fund():
            return [Funded(source=command.source, what=command.what, amount=command.amount, at=command.at)]
        case Withdraw():
            return _withdraw(command, support, support.order_id)
        case Await() if command.claim_id not in support.awaited:
            return [Awaited(claim_id=command.claim_id, pieces=command.pieces, at=command.at)]
        case Drop() if command.claim_id in support.awaited:
            return [Dropped(claim_id=command.claim_id, open=command.open, at=command.at)]
        case Count() if command.claim_id not in support.counted:
            return [Counted(claim_id=command.claim_id, pieces=command.pieces, at=command.at)]
        case Uncount() if command.claim_id in support.counted:
            sources = dict.fromkeys(one.source for one in support.used if one.claim_id == command.claim_id)
            return [Uncounted(claim_id=command.claim_id, sources=tuple(sources), at=command.at)]
        case End() if not support.ended:
            return [Ended(at=command.at)]
        case _:
            return []


def _promise(command: Promise, support: Support, known: Known | None) -> list[Event]:
    """As much as the order's price for all its places, or as many pieces as it has places: together, by all pots."""
    if known is None:
        raise Rejected("love_order.unknown")
    if known.charity != command.charity:
        raise Rejected("pot.of_another_charity")
    if not known.open:
        raise Rejected("support.order_closed")
    limit = known.wanted.limit(command.what, MONEY)
    if command.what not in (MONEY, known.wanted.item):
        raise Rejected("support.other_item")
    left = max(0, limit - _ahead(support, command.what))
    if command.amount > left:
        raise Rejected("support.exceeds_price", left=left)
    return [
        Promised(
            order_id=command.order_id,
            source=command.source,
            what=command.what,
            amount=command.amount,
            funded=command.funded,
            wanted=known.wanted,
            at=command.at,
        )
    ]


def _ahead(support: Support, what: str) -> int:
    """What is promised for places that are not verified: what was used belongs to places that are."""
    used = sum(one.amount for one in support.used if one.what == what)
    return support.promised(what) - used


def _withdraw(command: Withdraw, support: Support, order_id: UUID | None) -> list[Event]:
    given = support.given.get((command.source, command.what), Given())
    amount = min(command.amount, given.amount - given.funded)
    if amount <= 0 or order_id is None:
        return []
    return [_released(order_id, command.source, command.what, amount, 0, command.at)]


def _settled(support: Support, events: Sequence[Event], at: datetime) -> list[Event]:
    """``events``; then what is there is used for verified claims; of an order that is over the rest is released."""
    done = list(events)
    after = reduce(evolve, events, support)
    if not done or after.order_id is None:
        return done
    for follow in (_send_back, _use, _release):
        more = follow(after, after.order_id, at)
        done += more
        after = reduce(evolve, more, after)
    return done


def _send_back(support: Support, order_id: UUID, at: datetime) -> list[Event]:
    """What came in for a promise that was released meanwhile."""
    return [
        _released(order_id, source, what, 0, one.funded - one.amount, at)
        for (source, what), one in support.given.items()
        if one.funded > one.amount
    ]


def _use(support: Support, order_id: UUID, at: datetime) -> list[Event]:
    """In order: the first claim that was verified from the first pot that promised."""
    events: list[Event] = []
    free = {key: one.funded - one.used for key, one in support.given.items()}
    for what in support.whats:
        for claim_id in support.counted:
            short = support.short(claim_id, what)
            for (source, kind), there in list(free.items()):
                amount = min(short, there) if kind == what else 0
                if amount > 0:
                    events.append(
                        Used(order_id=order_id, claim_id=claim_id, source=source, what=what, amount=amount, at=at)
                    )
                    free[source, kind] -= amount
                    short -= amount
    return events


def _release(support: Support, order_id: UUID, at: datetime) -> list[Event]:
    """The last promise first, and of each what has not come in first."""
    if not support.ended:
        return []
    events: list[Event] = []
    for what in support.whats:
        too_much = sum(one.amount - one.used for (_, kind), one in support.given.items() if kind == what)
        too_much -= support.needed(what)
        for (source, kind), one in reversed(list(support.given.items())):
            amount = min(too_much, one.amount - one.used) if kind == what else 0
            if amount > 0:
                returned = max(0, one.funded - (one.amount - amount))
                events.append(_released(order_id, source, what, amount, returned, at))
                too_much -= amount
    return events


def _released(order_id: UUID, source: UUID, what: str, amount: int, returned: int, at: datetime) -> Released:
    return Released(order_id=order_id, source=source, what=what, amount=amount, returned=returned, at=at)
