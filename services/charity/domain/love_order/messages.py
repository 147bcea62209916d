"""What a love order is asked, and what can happen to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.charity.domain.claimant import Why

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b002")


def claim_id_of(order_id: UUID, claimant: UUID) -> UUID:
    """A claimant has one claim on an order, so both name it."""
    return uuid.uuid5(NAMESPACE, f"{order_id}/{claimant}")


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is wanted: the item, where, for how many claimants, until when, at which agreed price for a place."""

    charity: UUID
    item: str
    units: int
    township: str
    village: str
    places: int
    expires_at: datetime
    price_fen: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The county's rules at referral; later packs do not change an order that stands."""

    publish_within_days: int
    hold_hours: int
    fulfil_within_days: int
    waiting_places: int
    answer_within_hours: int


@dataclass(frozen=True, kw_only=True)
class Refer:
    """The bureau hands the order to a charity."""

    work: Work
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Publish:
    """The charity puts it on the hall, in its own words or without."""

    wording: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Somebody wants to do it."""

    claim_id: UUID
    claimant: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The claimant is sure: the place is kept until it is to be fulfilled."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The claimant steps back."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fulfil:
    """It was done on this business day and time; ``claim_id`` None means the only open claim."""

    claim_id: UUID | None
    day: date
    time: str
    photos: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The bureau sends the fulfilment of a claim back."""

    claim_id: UUID
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


@dataclass(frozen=True, kw_only=True)
class Referred:
    """A charity has the order; it publishes it by ``publish_by``."""

    work: Work
    terms: Terms
    publish_by: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Published:
    """It stands on the hall."""

    wording: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """The claimant holds a place until ``until``."""

    claim_id: UUID
    claimant: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Queued:
    """All places are taken: the claimant waits as number ``waits_as``."""

    claim_id: UUID
    claimant: UUID
    waits_as: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Promoted:
    """A place was freed for who waited longest; it is held until ``until``."""

    claim_id: UUID
    claimant: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The place is kept until ``until``, by when it is to be fulfilled."""

    claim_id: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """The claim is over unfulfilled; ``held`` says whether it held a place or only waited."""

    claim_id: UUID
    claimant: UUID
    why: Why
    held: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fulfilled:
    """The claimant has done it; the bureau verifies."""

    claim_id: UUID
    claimant: UUID
    day: date
    time: str
    photos: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The fulfilment is to be mended until ``until``."""

    claim_id: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Nobody did it in time."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """It is over with so many places fulfilled."""

    fulfilled: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """It is not needed any more."""

    reason_code: str
    at: datetime


Command = Refer | Publish | Claim | Confirm | Withdraw | Fulfil | Return | Lapse | Cancel
Event = (
    Referred
    | Published
    | Claimed
    | Queued
    | Promoted
    | Confirmed
    | Released
    | Fulfilled
    | Returned
    | Lapsed
    | Closed
    | Cancelled
)
