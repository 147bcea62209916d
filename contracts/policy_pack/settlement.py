"""``[settlement]``: tariffs, grades and funds, the section from which every statement is computed (S1 to S15).

The shape is that of the exchange form; a table with any other key is refused. Amounts are decimal yuan texts.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from contracts.policy_pack.entries import AnyCite, Condition, Per, Tier
from contracts.values import Count, Day, Many, Name, Percentage, Ratio, Value, Version, Weight, Yuan

Kind = Literal["per_unit", "per_person_month", "goods", "per_day", "allowance", "per_year_units", "agreed"]

AMOUNT_KEYS: dict[str, tuple[str, ...]] = {
    "per_unit": ("price_yuan",),
    "per_person_month": ("rate_yuan", "rate_by_tier"),
    "goods": ("unit_cost_yuan",),
    "per_day": ("rate_by_level",),
    "allowance": ("rate_by_tier", "rate_yuan"),
    "per_year_units": ("rate_yuan", "price_yuan"),
    "agreed": (),
}
"""The amount keys of which a rule of each kind has exactly one; an agreed price stands in its fact."""


def _form(value: object) -> str:
    return "text" if isinstance(value, str) else "number"


class PaidItem(Value):
    """An item a rule pays for. Without ``per`` it is unquantified and never reduces a bundle."""

    id: Name
    per: Per | None = None
    weight: Annotated[Annotated[Weight, Tag("text")] | Annotated[Count, Tag("number")], Discriminator(_form)] = 1


class RateByTier(Value):
    """Yuan per month of care tier."""

    able: Yuan | None = None
    half: Yuan | None = None
    full: Yuan | None = None


class RateByLevel(Value):
    """Yuan per day by the level of the hospital."""

    township: Yuan
    county: Yuan
    city: Yuan


class Rule(Value):
    """One tariff rule; its kind says how the amount of a line is computed."""

    id: Name
    kind: Kind
    rate_yuan: Yuan | None = None
    rate_by_tier: RateByTier | None = None
    price_yuan: Yuan | None = None
    unit_cost_yuan: Yuan | None = None
    rate_by_level: RateByLevel | None = None
    when: Condition | None = None
    items: Many[PaidItem] = ()
    funds: Annotated[Many[Name], Field(min_length=1)]
    deductible: bool | None = None
    part_month: Literal["days", "full", "next_month"] | None = None
    hospital_days: bool | None = None
    units_per_month: Count | None = None
    yearly_limit_yuan: Yuan | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    cite: AnyCite


class Grade(Value):
    """A monthly grade and the share of the group it deducts (S10)."""

    id: Name
    rate: Ratio


class Fund(Value):
    """Money with one owner; ``percent`` of the allocations of ``base`` is its cap, or its allocation (share)."""

    id: Name
    owner: Literal["county", "township", "city", "province", "charity"]
    base: Name | None = None
    percent: Percentage | None = None
    mode: Literal["hard", "soft", "share"] | None = None
    override_role: Name | None = None


class Settlement(Value):
    """The section; ``version``, ``effective_from`` and ``retroactive`` repeat those of the pack."""

    version: Version
    effective_from: Day
    retroactive: bool = False
    rule: Annotated[Many[Rule], Field(min_length=1)]
    grade: Many[Grade] = ()
    fund: Many[Fund] = ()


TIERS: tuple[Tier, ...] = ("able", "half", "full")
