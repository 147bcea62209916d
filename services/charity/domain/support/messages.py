"""What is asked of the money and goods behind a love order, and what can happen to them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b012")


def stream_of(order_id: UUID) -> UUID:
    """The stream beside the love order's own."""
    return uuid.uuid5(NAMESPACE, str(order_id))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the order can take: ``places`` that were not verified before, each at ``price_fen``, or one piece of
    ``item`` each; ``awaited`` are the fulfilled claims that wait for verification, with their pieces."""

    item: str
    price_fen: int
    places: int
    awaited: tuple[tuple[UUID, int], ...] = ()

    def limit(self, what: str, money: str) -> int:
        """How much of ``what`` the whole order takes; of what it is not about, nothing."""
        return self.places * self.each(what, money)

    def each(self, what: str, money: str) -> int:
        """How much of ``what`` a piece takes."""
        if what == money:
            return self.price_fen
        return 1 if what == self.item else 0


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A pot promises so much, of which ``funded`` is set aside in it already. ``charity``: whose pot it is."""

    order_id: UUID
    source: UUID
    charity: UUID
    what: str
    amount: int
    funded: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fund:
    """What a pledge promised came in."""

    source: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """A pledge that was not paid, or not all of it, is over: the rest is promised no more."""

    source: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Await:
    """A claim was fulfilled and waits for verification."""

    claim_id: UUID
    pieces: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Drop:
    """The fulfilment of a claim was turned down, or sent back: then the order is ``open`` again."""

    claim_id: UUID
    open: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Count:
    """The bureau verified a claim of so many pieces."""

    claim_id: UUID
    pieces: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Uncount:
    """The verification was undone; the claim waits for it again."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class End:
    """The order is over: what nobody did needs nothing."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Promised:
    """The order counts on it."""

    order_id: UUID
    source: UUID
    what: str
    amount: int
    funded: int
    wanted: Wanted
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Funded:
    """It is there."""

    source: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """A fulfilled claim waits for verification."""

    claim_id: UUID
    pieces: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """It does no more."""

    claim_id: UUID
    open: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A claim is verified: what was promised is for it."""

    claim_id: UUID
    pieces: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Uncounted:
    """It is not, and waits again; what these pots had given is there again."""

    claim_id: UUID
    sources: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a pot had set aside went to a verified claim."""

    order_id: UUID
    claim_id: UUID
    source: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """A pot promises so much less; ``returned`` of it had been set aside and goes back."""

    order_id: UUID
    source: UUID
    what: str
    amount: int
    returned: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The order is over."""

    at: datetime


Command = Promise | Fund | Withdraw | Await | Drop | Count | Uncount | End
Event = Promised | Funded | Awaited | Dropped | Counted | Uncounted | Used | Released | Ended
