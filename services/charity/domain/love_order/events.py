"""What can happen to a love order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Sealed
from services.charity.domain.claimant import Why
from services.charity.domain.love_order.messages import Offered, Planned, Terms, Work


@dataclass(frozen=True, kw_only=True)
class Referred:
    """A charity has the order; it publishes it by ``publish_by``."""

    work: Work
    terms: Terms
    publish_by: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The charity takes it; ``by`` acted for it."""

    charity: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Declined:
    """The charity sent it back, or did not publish it in time, or cannot take it."""

    charity: UUID
    reason_code: str
    reason: Sealed | None = None
    by: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Published:
    """It stands on the hall."""

    wording: str
    by: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OfferNamed:
    """A company's low-price offer is named for it."""

    offered: Offered
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """The claimant holds ``pieces`` until ``until``."""

    claim_id: UUID
    claimant: UUID
    until: datetime
    pieces: int = 1
    shown: str = ""
    planned: Planned | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Queued:
    """The claimant waits as number ``waits_as``, for up to ``pieces``."""

    claim_id: UUID
    claimant: UUID
    waits_as: int
    pieces: int = 1
    shown: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Promoted:
    """``pieces`` were freed for who waited longest; they are held until ``until``."""

    claim_id: UUID
    claimant: UUID
    until: datetime
    pieces: int = 1
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The pieces are kept until ``until``, by when they are to be fulfilled."""

    claim_id: UUID
    until: datetime
    planned: Planned | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShareReceived:
    """The money of a share is with the charity."""

    claim_id: UUID
    receipt: str
    until: datetime
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """The claim is over unfulfilled; ``held`` says whether it held a place or only waited, ``confirmed`` whether the
    claimant had been sure; ``detail_code`` is ``no_show``, ``not_mended``, ``not_delivered`` or the reason given."""

    claim_id: UUID
    claimant: UUID
    why: Why
    held: bool
    confirmed: bool = False
    detail_code: str = ""
    by: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fulfilled:
    """The claimant has done it; the bureau verifies. ``price_fen`` is what a named offer asks for a piece, paid by
    ``rule``."""

    claim_id: UUID
    claimant: UUID
    day: date
    time: str
    photos: tuple[str, ...]
    by: str
    pieces: int = 1
    minutes: int | None = None
    price_fen: int | None = None
    rule: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The fulfilment is to be mended until ``until``."""

    claim_id: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnedDown:
    """The fulfilment does not count: its pieces are not done."""

    claim_id: UUID
    claimant: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Nobody did it in time."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """It is over with so many pieces fulfilled."""

    fulfilled: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """It is not needed any more."""

    reason_code: str
    at: datetime


OfClaim = Claimed | Queued | Promoted | Confirmed | ShareReceived | Released | Fulfilled | Returned | TurnedDown
Event = OfClaim | Referred | Accepted | Declined | Published | OfferNamed | Lapsed | Closed | Cancelled
EVENTS = (
    Referred, Accepted, Declined, Published, OfferNamed, Claimed, Queued, Promoted, Confirmed, ShareReceived, Released,
    Fulfilled, Returned, TurnedDown, Lapsed, Closed, Cancelled,
)  # fmt: skip
