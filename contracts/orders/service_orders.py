"""What the orders service tells: policies, orders and their fate, plans' months, notices, seals. No personal data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.concerns import COUNTY_ONLY, owners, township
from contracts.events import Event
from contracts.facts import AgreedFact, BundleMonthFact, GoodsFact, NeighbourServiceFact, SealFact, ServiceFact, Units
from contracts.values import Age, Code, Digest, Many, Month, Name, Township, Version, Village, is_absent

Kind = Literal["purchase", "goods", "love"]
Road = Literal["providers", "charity"]
How = Literal["person", "inspected", "unsampled"]

VerifiedFact = Annotated[ServiceFact | GoodsFact | AgreedFact, Field(discriminator="kind")]


class PolicyAdopted(Event):
    """A version of the county's policy pack is in the log: the TOML document itself and the hash of its bytes."""

    TYPE: ClassVar[str] = "orders.policy_adopted.v1"
    CONCERNS = COUNTY_ONLY

    version: Version
    sha256: Digest
    document: str


class OrderOpened(Event):
    """An order waits for somebody who serves it, between two days (both inclusive).

    ``provider`` is assigned to the person already and comes first; ``policy`` is the version in force at opening.
    Told again, with the same order, when a love order that nobody claimed falls back to government purchase, when it is
    searched for once more, and, after a cancellation, when its days changed.
    """

    TYPE: ClassVar[str] = "orders.order_opened.v1"
    CONCERNS = owners("provider"), township("township")

    order_id: UUID
    kind: Kind
    person: UUID
    plan_id: UUID | None = Field(default=None, exclude_if=is_absent)
    item: Name
    units: Units
    township: Township
    village: Village
    window_from: date
    window_to: date
    provider: UUID | None = Field(default=None, exclude_if=is_absent)
    policy: Version


class OrderMatched(Event):
    """The order is taken: ``provider`` is who serves it (a claimant on the road ``charity``). The other road ends."""

    TYPE: ClassVar[str] = "orders.order_matched.v1"
    CONCERNS = (owners("provider"),)

    order_id: UUID
    provider: UUID
    road: Road
    pieces: Annotated[int, Field(ge=1, le=1000)] | None = Field(default=None, exclude_if=is_absent)


class OrderCancelled(Event):
    """The order is not needed any more (death, plan stopped); offers and claims for it end."""

    TYPE: ClassVar[str] = "orders.order_cancelled.v1"
    CONCERNS = COUNTY_ONLY

    order_id: UUID
    reason_code: Code


class LoveOrderFormed(Event):
    """A love order is referred to a charity: for ``places`` claimants, or pieces that claimants share, until
    ``expires_at``. Told again, with the same order, when the bureau refers it to another charity.

    ``price_fen`` is agreed for each place, 0 where the help is a gift. ``claimants``, ``min_age`` and ``skills`` say
    who may claim; absent, anybody may.
    """

    TYPE: ClassVar[str] = "orders.love_order_formed.v1"
    CONCERNS = owners("charity_id"), township("township")

    order_id: UUID
    item: Name
    units: Units
    township: Township
    village: Village
    charity_id: UUID
    places: Annotated[int, Field(ge=1, le=1000)]
    expires_at: datetime
    price_fen: Annotated[int, Field(ge=0)]
    policy: Version
    form: Literal["service", "goods", "money"] | None = Field(default=None, exclude_if=is_absent)
    claimants: Literal["anybody", "persons", "companies"] | None = Field(default=None, exclude_if=is_absent)
    min_age: Age | None = Field(default=None, exclude_if=is_absent)
    skills: Many[Code] | None = Field(default=None, exclude_if=is_absent)
    referral_id: UUID | None = Field(default=None, exclude_if=is_absent)


class OrderReturned(Event):
    """The bureau sends a completion back: the same server mends it and reports again."""

    TYPE: ClassVar[str] = "orders.order_returned.v1"
    CONCERNS = (owners("provider"),)

    order_id: UUID
    visit_id: UUID
    provider: UUID
    reason_code: Code


class OrderVerified(Event):
    """A completion is accepted; how says by whom (S3). ``fact`` is absent where nothing is paid (a gift)."""

    TYPE: ClassVar[str] = "orders.order_verified.v1"
    CONCERNS = owners("provider"), township("fact.township")

    order_id: UUID
    visit_id: UUID
    provider: UUID
    person: UUID
    how: How
    result: Literal["accepted"] = "accepted"
    fact: VerifiedFact | None = Field(default=None, exclude_if=is_absent)


class OrderTurnedDown(Event):
    """A completion is rejected for good; nothing is paid for it."""

    TYPE: ClassVar[str] = "orders.order_turned_down.v1"
    CONCERNS = (owners("provider"),)

    order_id: UUID
    visit_id: UUID
    provider: UUID
    reason_code: Code


class AidVerified(Event):
    """Help that nobody is paid for by tariff was given and looked at. ``fact`` is there where a neighbour gave it, who
    has a yearly subsidy for it."""

    TYPE: ClassVar[str] = "orders.aid_verified.v1"
    CONCERNS = (township("township"),)

    order_id: UUID
    visit_id: UUID
    person: UUID
    mode: Name
    helper: UUID
    item: Name
    units: Units
    township: Township
    day: date
    fact: NeighbourServiceFact | None = Field(default=None, exclude_if=is_absent)


class BundleMonth(Event):
    """A person's month with one payee; told as a forecast and again when the month is sealed."""

    TYPE: ClassVar[str] = "orders.bundle_month.v1"
    # It tells the person's tier and days in hospital: not for whom it pays.
    CONCERNS = (township("fact.township"),)
    TELLS_OF_HEALTH = True

    plan_id: UUID
    fact: BundleMonthFact


class NoticePosted(Event):
    """A reviewed plan stands on the village's board; without it nobody may approve a payment for the person."""

    TYPE: ClassVar[str] = "orders.notice_posted.v1"
    CONCERNS = (township("village"),)

    person: UUID
    plan_id: UUID
    village: Village
    posted_on: date
    reviewed_by_role: Code


class ReviewPending(Event):
    """Urgent help began before its review: until the plan's notice is posted again nobody may approve a payment for
    the person, whatever was posted before."""

    TYPE: ClassVar[str] = "orders.review_pending.v1"
    CONCERNS = (township("village"),)

    person: UUID
    plan_id: UUID
    need_id: UUID
    village: Village


class MonthSealed(Event):
    """Facts of the month told after this are late. ``waiting`` completions are not accepted yet."""

    TYPE: ClassVar[str] = "orders.month_sealed.v1"
    CONCERNS = COUNTY_ONLY

    month: Month
    waiting: Annotated[int, Field(ge=0)]
    fact: SealFact
