"""What a pot is asked, and what can happen to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b011")
Kind = Literal["appeal", "village_fund", "bound"]


def bound_to(gift: UUID) -> UUID:
    """The pot of a pledge or donation for one order: a fund of its own (S14)."""
    return uuid.uuid5(NAMESPACE, str(gift))


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Whose it is and what it is for. Empty ``items`` and ``townships`` restrict nothing; a bound pot has its order."""

    kind: Kind
    charity: UUID
    title: str = ""
    village: str = ""
    items: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    target_fen: int = 0
    first: date | None = None
    last: date | None = None
    order_id: UUID | None = None
    leftover_to: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Open:
    """Begin a pot."""

    terms: Terms
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Receive:
    """A donation came in on ``day``, taken by ``charity``; what keeps a pledge comes on any day (None)."""

    donation_id: UUID
    charity: UUID
    what: str
    amount: int
    day: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """A donation was entered wrongly: out of the book again."""

    donation_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Allot:
    """Set ``amount`` aside for an order about ``item`` in ``township``."""

    allotment_id: UUID
    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Spend:
    """What was set aside for the order is used for a verified claim of it."""

    claim_id: UUID
    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Unspend:
    """The verification was undone: what was spent is set aside again."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The order needs ``amount`` no more."""

    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finish:
    """The order of a bound pot is over: nothing more is set aside for it, what is left goes where the donor said."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The donor of a bound pot says where goes what its order did not need: to another pot of its ``charity``."""

    to: UUID
    charity: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Take:
    """Money or goods of a bound pot move in here."""

    source: UUID
    charity: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """Nothing more is received; what is there can still be set aside."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The pot is there."""

    terms: Terms
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Received:
    """More is there."""

    donation_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """It never was there."""

    donation_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Allotted:
    """Set aside for the order."""

    allotment_id: UUID
    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Used for the order."""

    claim_id: UUID
    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Unspent:
    """Set aside for the order again."""

    claim_id: UUID
    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """Not set aside for the order any more."""

    order_id: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The order of the bound pot is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wished:
    """Where what is left goes."""

    to: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was left went to another pot."""

    to: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What was left in another pot came here."""

    source: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Nothing more comes in."""

    at: datetime


Command = Open | Receive | TakeBack | Allot | Spend | Unspend | Return | Finish | Wish | Take | Close
Event = (
    Opened | Received | TakenBack | Allotted | Spent | Unspent | Returned | Finished | Wished | Moved | Taken | Closed
)
