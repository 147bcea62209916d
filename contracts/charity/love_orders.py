"""What the charity service tells: love orders on the hall, claims, fulfilments, seals. Claimants by id only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.concerns import COUNTY_ONLY, owners
from contracts.events import Event
from contracts.facts import SealFact
from contracts.values import Code, Month, Name, Time, is_absent


class LoveOrderPublished(Event):
    """A charity put the love order on the public hall."""

    TYPE: ClassVar[str] = "charity.love_order_published.v1"
    CONCERNS = (owners("charity_id"),)

    order_id: UUID
    charity_id: UUID
    places: Annotated[int, Field(ge=1, le=1000)]
    expires_at: datetime


class LoveOrderClaimed(Event):
    """A claimant holds one of the places, from the hall or from the waiting list."""

    TYPE: ClassVar[str] = "charity.love_order_claimed.v1"
    CONCERNS = (owners("claimant"),)

    order_id: UUID
    claim_id: UUID
    claimant: UUID
    pieces: Annotated[int, Field(ge=1, le=1000)] | None = Field(default=None, exclude_if=is_absent)


class LoveOrderReleased(Event):
    """A held place is free again: the claimant withdrew, or let the hold lapse; ``detail_code`` says why: ``no_show``
    where a confirmed claim was not fulfilled, or the reason the claimant gave."""

    TYPE: ClassVar[str] = "charity.love_order_released.v1"
    CONCERNS = (owners("claimant"),)

    order_id: UUID
    claim_id: UUID
    claimant: UUID
    reason: Literal["withdrawn", "lapsed"]
    detail_code: Code | None = Field(default=None, exclude_if=is_absent)


class LoveOrderFulfilled(Event):
    """A claimant did what was promised, on this day and time in Asia/Shanghai; the bureau verifies it.

    ``price_fen`` is what a company's low-price offer asks for each piece, ``rule`` the settlement rule that pays it;
    absent, it is the price that was agreed, by the rule it was agreed with.
    """

    TYPE: ClassVar[str] = "charity.love_order_fulfilled.v1"
    CONCERNS = (owners("claimant"),)

    order_id: UUID
    claim_id: UUID
    claimant: UUID
    day: date
    time: Time
    reported_by: Annotated[str, Field(min_length=1, max_length=128)]
    pieces: Annotated[int, Field(ge=1, le=1000)] | None = Field(default=None, exclude_if=is_absent)
    minutes: Annotated[int, Field(ge=0, le=100_000)] | None = Field(default=None, exclude_if=is_absent)
    price_fen: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=is_absent)
    rule: Name | None = Field(default=None, exclude_if=is_absent)


class LoveOrderLapsed(Event):
    """Nobody did the love order in time, or not all pieces of it, or what was done was turned down after it had closed;
    what is left goes on as the policy says."""

    TYPE: ClassVar[str] = "charity.love_order_lapsed.v1"
    CONCERNS = COUNTY_ONLY

    order_id: UUID


class MonthSealed(Event):
    """Everything of the month that charity tells stands before this; ``waiting`` claims are held, not fulfilled."""

    TYPE: ClassVar[str] = "charity.month_sealed.v1"
    CONCERNS = COUNTY_ONLY

    month: Month
    waiting: Annotated[int, Field(ge=0)]
    fact: SealFact
