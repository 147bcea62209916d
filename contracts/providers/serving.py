"""What the providers service tells: who takes an order and why, visits with their exceptions, seals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.concerns import COUNTY_ONLY, owners, township
from contracts.events import Event
from contracts.facts import Cause, SealFact, Units
from contracts.values import Code, Many, Month, Name, Public, Time, Township, is_absent

Colour = Literal["red", "amber"]


class Considered(Public):
    """A candidate as the search saw it: its rank with minutes to the village and open load, or why it was left out."""

    provider: UUID
    rank: Annotated[int, Field(ge=1)] | None = Field(default=None, exclude_if=is_absent)
    minutes: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=is_absent)
    load: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=is_absent)
    reason_code: Code | None = Field(default=None, exclude_if=is_absent)


class VisitException(Public):
    """What a check noticed about a visit; only ``red`` keeps it from being accepted by itself. ``platform``: the fault
    was the platform's (grey), told as amber."""

    code: Code
    colour: Colour
    platform: bool | None = Field(default=None, exclude_if=is_absent)


class ProviderFound(Event):
    """A provider accepted the order under an agreement; ``why`` lists all candidates, first the chosen."""

    TYPE: ClassVar[str] = "providers.provider_found.v1"
    # It tells the other bidders' ranks and loads: not for the one that was found.
    CONCERNS = COUNTY_ONLY

    order_id: UUID
    provider: UUID
    agreement: Annotated[str, Field(min_length=1, max_length=64)]
    why: Many[Considered]


class ProviderNotFound(Event):
    """Nobody is left to offer the order to; ``reasons`` says for each candidate why."""

    TYPE: ClassVar[str] = "providers.provider_not_found.v1"
    CONCERNS = COUNTY_ONLY

    order_id: UUID
    reasons: Many[Considered]


class ProviderReleased(Event):
    """The order is not the provider's any more from ``from_day`` on; somebody else is looked for, found or not."""

    TYPE: ClassVar[str] = "providers.provider_released.v1"
    CONCERNS = (owners("provider"),)

    order_id: UUID
    provider: UUID
    from_day: date
    reason_code: Code


class AgreementEnded(Event):
    """The provider serves ``items`` in ``townships`` under this agreement until the day before ``from_day``.

    Told when it is decided, which may be long before. Where a change leaves something out, only that is named.
    """

    TYPE: ClassVar[str] = "providers.agreement_ended.v1"
    CONCERNS = (owners("provider"),)

    provider: UUID
    agreement: Annotated[str, Field(min_length=1, max_length=64)]
    from_day: date
    reason_code: Code
    items: Many[Name]
    townships: Many[Township]


class VisitCompleted(Event):
    """A visit is reported, or, under the same id, mended after it was sent back. ``day`` and ``time`` are of its start
    in Asia/Shanghai: the service day (S1).

    ``source`` says how the report was made, ``code`` what became of the person's one-time code, ``complete`` whether
    all six facts are there; absent in visits reported before there was such a thing. ``cause`` is why it had to be
    mended, where it was.
    """

    TYPE: ClassVar[str] = "providers.visit_completed.v1"
    CONCERNS = (owners("provider"),)

    visit_id: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    item: Name
    units: Units
    day: date
    time: Time
    started_at: datetime
    ended_at: datetime
    minutes: Annotated[int, Field(ge=0)]
    exceptions: Many[VisitException] = ()
    reported_by: Annotated[str, Field(min_length=1, max_length=128)]
    source: Literal["app", "offline", "paper"] | None = Field(default=None, exclude_if=is_absent)
    code: Literal["right", "wrong", "missing", "given", "not_asked"] | None = Field(default=None, exclude_if=is_absent)
    complete: bool | None = Field(default=None, exclude_if=is_absent)
    cause: Cause | None = Field(default=None, exclude_if=is_absent)


class VisitNoticed(Event):
    """What stands against a visit changed after its report: a later report clashes with it, an officer acknowledged an
    exception or found it mended, an outage was the cause.

    ``exceptions`` are all that stand now; a red one keeps the visit from being accepted by itself, and where none is
    left its days begin anew (S3).
    """

    TYPE: ClassVar[str] = "providers.visit_noticed.v1"
    CONCERNS = (owners("provider"),)

    visit_id: UUID
    order_id: UUID
    provider: UUID
    exceptions: Many[VisitException]


class VisitMissed(Event):
    """A worker was to come and did not begin in time; a visit told later, from where there was no signal, mends it."""

    TYPE: ClassVar[str] = "providers.visit_missed.v1"
    CONCERNS = (owners("provider"), township("township"))

    order_id: UUID
    appointment_id: UUID
    provider: UUID
    worker: UUID
    item: Name
    township: Township
    day: date
    starts_at: datetime


class MonthSealed(Event):
    """Everything of the month that providers tell stands before this; ``visits`` is how many visits it counts."""

    TYPE: ClassVar[str] = "providers.month_sealed.v1"
    CONCERNS = COUNTY_ONLY

    month: Month
    visits: Annotated[int, Field(ge=0)]
    fact: SealFact
