"""What a love order is about, and what it is asked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b002")
Form = Literal["service", "goods", "money"]
Claimants = Literal["anybody", "persons", "companies"]


def claim_id_of(order_id: UUID, claimant: UUID) -> UUID:
    """A claimant has one claim on an order, so both name it."""
    return uuid.uuid5(NAMESPACE, f"{order_id}/{claimant}")


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is wanted: the item, where, in how many pieces, until when, at which agreed price for a piece; who may do
    it: ``claimants``, from ``min_age`` years on, with all of ``skills``."""

    charity: UUID
    item: str
    units: int
    township: str
    village: str
    places: int
    expires_at: datetime
    price_fen: int
    policy: str
    form: Form = "service"
    claimants: Claimants = "anybody"
    min_age: int = 0
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The county's rules at referral; later packs do not change an order that stands."""

    publish_within_days: int
    hold_hours: int
    fulfil_within_days: int
    waiting_places: int
    answer_within_hours: int
    shows_village: bool = False


@dataclass(frozen=True, kw_only=True)
class Planned:
    """When a claimant means to be there."""

    starts_at: datetime
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Acting:
    """A person who acts for a charity, by the name they signed in under."""

    charity: UUID
    subject: str


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A company's low-price offer that an order names: whose, what it asks for a piece, and the settlement rule that
    pays it."""

    offer_id: UUID
    claimant: UUID
    price_fen: int
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Refer:
    """The bureau hands the order to a charity."""

    work: Work
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accept:
    """The charity takes it and will publish it."""

    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decline:
    """The charity sends it back."""

    reason_code: str
    reason: Sealed | None
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Publish:
    """The charity puts it on the hall, in its own words or without."""

    wording: str
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NameOffer:
    """The charity names the offer of a company that asks no more than was agreed; None: it names none that fits the
    item, the place and the day."""

    offered: Offered | None
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Somebody wants to do ``pieces`` of it; ``shown`` is the masked name that those who come too late are told."""

    claim_id: UUID
    claimant: UUID
    pieces: int = 1
    shown: str = ""
    planned: Planned | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Join:
    """Somebody who came too late wants to wait for up to ``pieces``."""

    claim_id: UUID
    claimant: UUID
    pieces: int = 1
    shown: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The claimant is sure: the pieces are kept until they are to be fulfilled."""

    claim_id: UUID
    planned: Planned | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The claimant steps back, or the charity ends the claim."""

    claim_id: UUID
    reason_code: str = ""
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReportNoShow:
    """The charity reports that a confirmed claimant did not come."""

    claim_id: UUID
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReceiveShare:
    """The charity has the money of a share, under the number of its receipt."""

    claim_id: UUID
    receipt: str
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fulfil:
    """It was done on this business day and time; ``claim_id`` None means the only open claim, ``pieces`` None all of
    its pieces. What was bought for money is delivered for all shares at once, by the charity."""

    claim_id: UUID | None
    day: date
    time: str
    photos: tuple[str, ...]
    by: str
    pieces: int | None = None
    minutes: int | None = None
    acting: Acting | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The bureau sends the fulfilment of a claim back."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnDown:
    """The bureau rejects the fulfilment of a claim for good."""

    claim_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """Time has passed: end what has run out."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """The order is not needed any more."""

    reason_code: str
    at: datetime


OfCharity = Accept | Decline | Publish | NameOffer | Withdraw | ReportNoShow | ReceiveShare | Fulfil
"""What a charity's people ask for it."""
Command = OfCharity | Refer | Claim | Join | Confirm | Return | TurnDown | Lapse | Cancel
