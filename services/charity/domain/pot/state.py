"""The state of a pot: its terms, its book, and what it has set aside for which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.charity.domain.ledger import Line, Share
from services.charity.domain.pot.messages import (
    Allotted,
    Closed,
    Event,
    Finished,
    Moved,
    Opened,
    Received,
    Returned,
    Spent,
    Taken,
    TakenBack,
    Terms,
    Unspent,
    Wished,
)


@dataclass(frozen=True, kw_only=True)
class Pot:
    """``shares`` by order and what; ``gifts`` by donation; ``used`` by claim: what it was spent on."""

    terms: Terms | None = None
    opened_at: datetime | None = None
    closed: bool = False
    finished: bool = False
    lines: Mapping[str, Line] = field(default_factory=dict)
    shares: Mapping[tuple[UUID, str], Share] = field(default_factory=dict)
    gifts: Mapping[UUID, tuple[str, int]] = field(default_factory=dict)
    used: tuple[Spent, ...] = ()
    allotments: frozenset[UUID] = frozenset()

    def line(self, what: str) -> Line:
        """The book's line of money or an item."""
        return self.lines.get(what, Line())

    def share(self, order_id: UUID, what: str) -> Share:
        """What is set aside for an order."""
        return self.shares.get((order_id, what), Share())

    def booked(self, what: str, **sums: int) -> Pot:
        """With these sums added to a line."""
        line = self.line(what)
        added = {name: getattr(line, name) + amount for name, amount in sums.items()}
        return replace(self, lines={**self.lines, what: replace(line, **added)})

    def shared(self, order_id: UUID, what: str, **sums: int) -> Pot:
        """With these sums added to an order's share and to the line."""
        share = self.share(order_id, what)
        added = {name: getattr(share, name) + amount for name, amount in sums.items()}
        shares = {**self.shares, (order_id, what): replace(share, **added)}
        return replace(self.booked(what, **sums), shares=shares)


def evolve(pot: Pot, event: Event) -> Pot:
    """What happened, one after another."""
    match event:
        case Opened():
            return replace(pot, terms=event.terms, opened_at=event.at)
        case Received():
            gifts = {**pot.gifts, event.donation_id: (event.what, event.amount)}
            return replace(pot.booked(event.what, received=event.amount), gifts=gifts)
        case TakenBack():
            gifts = {**pot.gifts, event.donation_id: (event.what, 0)}
            return replace(pot.booked(event.what, received=-event.amount), gifts=gifts)
        case Allotted():
            after = pot.shared(event.order_id, event.what, allotted=event.amount)
            return replace(after, allotments=pot.allotments | {event.allotment_id})
        case Spent():
            after = pot.shared(event.order_id, event.what, spent=event.amount)
            return replace(after, used=(*pot.used, event))
        case Unspent():
            after = pot.shared(event.order_id, event.what, spent=-event.amount)
            return replace(after, used=tuple(one for one in pot.used if one.claim_id != event.claim_id))
        case Returned():
            return pot.shared(event.order_id, event.what, returned=event.amount)
        case Finished():
            return replace(pot, finished=True)
        case Wished():
            assert pot.terms is not None
            return replace(pot, terms=replace(pot.terms, leftover_to=event.to))
        case Moved():
            return pot.booked(event.what, moved_out=event.amount)
        case Taken():
            return pot.booked(event.what, moved_in=event.amount)
        case Closed():
            return replace(pot, closed=True)
