"""Settlement facts as public events carry them: quantities, days, tiers and categories, from which money is computed.

A fact here is the exchange form without ``id``, ``source`` and ``position``: those come from the row of the public log
(event id as text, service, public position). Never a price, save one agreed at approval, a grade or an allocation.
Ids are texts, so that an export and a hand-written fact file have one form. ``FACT`` reads any of them by ``kind``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from contracts.policy_pack.entries import Tier
from contracts.values import Age, Many, Month, Name, Public, Time, Version, is_absent

Id = Annotated[str, Field(min_length=1, max_length=100)]
Units = Annotated[int, Field(ge=1, le=100_000)]
Fen = Annotated[int, Field(ge=-(10**15), le=10**15)]
Year = Annotated[int, Field(ge=2000, le=2999)]
Cause = Literal["violation", "mistake", "objective"]
Level = Literal["township", "county", "city"]


class FactBase(Public):
    """A fact about a month: ``cause`` says why it is told late or again, where that is known."""

    cause: Cause | None = Field(default=None, exclude_if=is_absent)


class PersonDays(Public):
    """Consecutive days, both inclusive, on which nothing that a tariff looks at changes; ``age`` in completed years."""

    from_day: Annotated[date, Field(alias="from")]
    to_day: Annotated[date, Field(alias="to")]
    tier: Tier
    categories: Many[Name]
    age: Age


class BundleDays(PersonDays):
    """Days of a bundle: whether this payee was assigned on them, and whether the person lay in hospital."""

    assigned: bool
    hospital: bool | None = Field(default=None, exclude_if=is_absent)


class StayDays(Public):
    """Days of an escort at a hospital of one level, from admission to discharge."""

    from_day: Annotated[date, Field(alias="from")]
    to_day: Annotated[date, Field(alias="to")]
    level: Level


class ServiceFact(FactBase):
    """An accepted service, on its day and at its time of day in Asia/Shanghai."""

    kind: Literal["service"] = "service"
    day: date
    time: Time
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    item: Name
    units: Units


class GoodsFact(FactBase):
    """Goods issued."""

    kind: Literal["goods"] = "goods"
    day: date
    time: Time
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    item: Name
    units: Units


class BundleMonthFact(FactBase):
    """A person's month with one payee; ``required`` may lower an item's number. A later one replaces the earlier."""

    kind: Literal["bundle_month"] = "bundle_month"
    month: Month
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    days: Many[BundleDays]
    required: dict[Name, Annotated[int, Field(ge=0)]] | None = Field(default=None, exclude_if=is_absent)


class EscortStayFact(FactBase):
    """A hospital stay that ended; ``day`` is the discharge, equal in every escort's fact."""

    kind: Literal["escort_stay"] = "escort_stay"
    day: date
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    days: Many[StayDays]


class AllowanceMonthFact(FactBase):
    """A guardian's month for one person and rule. A later one replaces the earlier."""

    kind: Literal["allowance_month"] = "allowance_month"
    month: Month
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    rule: Name
    days: Many[PersonDays]


class NeighbourServiceFact(FactBase):
    """Mutual aid among neighbours as the village recorded it."""

    kind: Literal["neighbour_service"] = "neighbour_service"
    day: date
    payee: Id
    purchaser: Id
    township: Id
    units: Units


class AgreedFact(FactBase):
    """A price fixed at approval: integer fen under a rule of kind ``agreed``."""

    kind: Literal["agreed"] = "agreed"
    day: date
    payee: Id
    purchaser: Id
    township: Id
    person: Id
    rule: Name
    amount_fen: Annotated[int, Field(ge=0, le=10**15)]


class GradeFact(FactBase):
    """A provider's grade for a month and township; ``waived`` where none is given."""

    kind: Literal["grade"] = "grade"
    month: Month
    payee: Id
    township: Id
    grade: Name


class AllocationFact(Public):
    """Money for a fund, or of a base account, of a fiscal year."""

    kind: Literal["allocation"] = "allocation"
    day: date
    fund: Name
    year: Year
    amount_fen: Fen


class OverrideFact(Public):
    """A soft cap exceeded by the role that may; without ``amount_fen`` without bound."""

    kind: Literal["override"] = "override"
    day: date
    fund: Name
    year: Year
    role: Name
    amount_fen: Fen | None = Field(default=None, exclude_if=is_absent)


class PolicyFact(Public):
    """From here on settlement knows this version."""

    kind: Literal["policy"] = "policy"
    version: Version


class RulingFact(FactBase):
    """A decision about a month: what replaces a fact's quantities (nothing: it is void), or a line of its own."""

    kind: Literal["ruling"] = "ruling"
    month: Month
    fact: Id | None = Field(default=None, exclude_if=is_absent)
    days: Many[BundleDays] | Many[PersonDays] | Many[StayDays] | None = Field(default=None, exclude_if=is_absent)
    grade: Name | None = Field(default=None, exclude_if=is_absent)
    payee: Id | None = Field(default=None, exclude_if=is_absent)
    purchaser: Id | None = Field(default=None, exclude_if=is_absent)
    township: Id | None = Field(default=None, exclude_if=is_absent)
    person: Id | None = Field(default=None, exclude_if=is_absent)
    rule: Name | None = Field(default=None, exclude_if=is_absent)
    day: date | None = Field(default=None, exclude_if=is_absent)
    units: Annotated[int, Field(ge=-100_000, le=100_000)] | None = Field(default=None, exclude_if=is_absent)
    amount_fen: Fen | None = Field(default=None, exclude_if=is_absent)


class VoidFact(FactBase):
    """A ruling that a fact is void, and nothing more: read as a ``RulingFact`` that names it."""

    kind: Literal["ruling"] = "ruling"
    month: Month
    fact: Id


class SealFact(Public):
    """The source's log is sealed for the month."""

    kind: Literal["seal"] = "seal"
    month: Month


Fact = Annotated[
    ServiceFact
    | GoodsFact
    | BundleMonthFact
    | EscortStayFact
    | AllowanceMonthFact
    | NeighbourServiceFact
    | AgreedFact
    | GradeFact
    | AllocationFact
    | OverrideFact
    | PolicyFact
    | RulingFact
    | SealFact,
    Field(discriminator="kind"),
]

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
"""Reads and writes any fact."""
