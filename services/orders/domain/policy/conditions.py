"""A condition on a person at a day: categories, care tier, age in completed years, valid certificates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

OLDEST = 150
"""More years than anybody reaches: no upper age."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What is empty asks nothing; ages include both ends."""

    categories_any: frozenset[str] = frozenset()
    categories_all: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    certificates_any: frozenset[str] = frozenset()
    min_age: int = 0
    max_age: int = OLDEST

    def holds(self, tier: str, categories: Collection[str], certificates: Collection[str], age: int) -> bool:
        """Whether a person with these meets it."""
        return (
            (not self.tiers or tier in self.tiers)
            and (not self.categories_any or not self.categories_any.isdisjoint(categories))
            and self.categories_all.issubset(categories)
            and (not self.certificates_any or not self.certificates_any.isdisjoint(certificates))
            and self.min_age <= age <= self.max_age
        )


def read_condition(entry: Mapping[str, Any]) -> Condition:
    """The ``when`` of an entry, with the certificates that stand beside it."""
    when = entry.get("when") or {}
    return Condition(
        categories_any=frozenset(when.get("categories_any", ())),
        categories_all=frozenset(when.get("categories_all", ())),
        tiers=frozenset(when.get("tiers", ())),
        certificates_any=frozenset(entry.get("certificates_any", ())),
        min_age=when.get("min_age", 0),
        max_age=when.get("max_age", OLDEST),
    )
