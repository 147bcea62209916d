"""What a version of the settlement policy says, as frozen values: rules, grades, funds.

Amounts are integer fen; rates, weights and percentages exact fractions; days texts ``YYYY-MM-DD``.
``services.settlement.domain.policy`` reads them from a policy pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class When:
    """The conditions of a rule about a person's day; empty means everybody."""

    categories_any: frozenset[str] = frozenset()
    categories_all: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    min_age: int | None = None
    max_age: int | None = None

    def holds(self, tier: str | None, categories: tuple[str, ...], age: int | None) -> bool:
        """Whether a day with this tier, these categories and this age (completed years, inclusive) fulfils all."""
        if self.tiers and tier not in self.tiers:
            return False
        if self.categories_any and self.categories_any.isdisjoint(categories):
            return False
        if self.categories_all and not self.categories_all.issubset(categories):
            return False
        if self.min_age is not None and (age is None or age < self.min_age):
            return False
        return self.max_age is None or (age is not None and age <= self.max_age)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a rule; without ``per`` it is unquantified and never reduces a bundle (S6)."""

    id: str
    per: str | None = None
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a version: a flat ``price_fen`` or a ``price_by`` tier or level; neither for ``agreed``."""

    id: str
    kind: str
    price_fen: int | None = None
    price_by: Mapping[str, int] | None = None
    when: When = When()
    items: tuple[Item, ...] = ()
    funds: tuple[str, ...] = ()
    deductible: bool = False
    part_month: str = "days"
    hospital_days: bool = True
    units_per_month: int | None = None
    yearly_limit_fen: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    cite: str = ""

    def valid_on(self, day: str) -> bool:
        """Whether ``day`` (YYYY-MM-DD) lies within ``valid_from`` and ``valid_to``, both included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def rate_fen(self, key: str | None) -> int | None:
        """The flat price, or that of the tier or level ``key``; None where the tariff names none."""
        if self.price_by is None:
            return self.price_fen
        return None if key is None else self.price_by.get(key)


@dataclass(frozen=True, kw_only=True)
class Fund:
    """A fund; with ``base`` and ``percent`` its cap is that percentage of the base account's allocations (S14)."""

    id: str
    owner: str = ""
    base: str | None = None
    percent: Fraction | None = None
    mode: str | None = None
    override_role: str | None = None


@dataclass(frozen=True, kw_only=True)
class SettlementPolicy:
    """One version of a county's settlement policy."""

    version: str
    effective_from: str
    retroactive: bool = False
    rules: tuple[Rule, ...] = ()
    grades: Mapping[str, Fraction]
    funds: Mapping[str, Fund]
