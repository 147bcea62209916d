"""What can be ordered, and who is entitled to what: catalogue items and programmes of a county's pack."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PURCHASE = "government_purchase"
OTHERS = ("institution", "department_linkage", "party_pairing", "social_work_volunteers", "neighbour_mutual_aid")
MODES = {"purchase": PURCHASE, "charity": "charity", **{mode: mode for mode in OTHERS}}
"""Ways an item is given, and the name of each among the seven modes (paper 001)."""
GOODS = "goods"
"""The catalogue group whose items are handed over, not done."""
OLDEST = 150
A_MONTH = {"week": 4, "half_month": 2, "month": 1}
"""How often a period makes a slot in a full month (S6); half-yearly items have a day of their own."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the catalogue: by which modes it is given, and while when."""

    id: str
    group: str
    modes: frozenset[str]
    purchasable: bool
    valid_from: date
    valid_to: date

    def valid_on(self, day: date) -> bool:
        """Whether the item may be ordered for ``day``."""
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, kw_only=True)
class Programme:
    """An entitlement to purchased care: whom it is for, and how often a month it usually gives which item."""

    tiers: frozenset[str]
    categories_any: frozenset[str]
    categories_all: frozenset[str]
    min_age: int
    max_age: int
    valid_from: date
    valid_to: date
    usual: Mapping[str, int]
    id: str = ""

    def is_for(self, tier: str, categories: Collection[str], age: int, day: date) -> bool:
        """Whether a person with this tier, these categories and this age (completed years) has it on ``day``."""
        return (
            self.valid_from <= day <= self.valid_to
            and (not self.tiers or tier in self.tiers)
            and (not self.categories_any or not self.categories_any.isdisjoint(categories))
            and self.categories_all.issubset(categories)
            and self.min_age <= age <= self.max_age
        )


def read_item(entry: Mapping[str, Any]) -> Item:
    """An ``[[orders.item]]``."""
    return Item(
        id=entry["id"],
        group=entry["group"],
        modes=frozenset(entry["modes"]),
        purchasable=entry.get("purchasable", True),
        valid_from=_day(entry.get("valid_from"), date.min),
        valid_to=_day(entry.get("valid_to"), date.max),
    )


def read_programme(entry: Mapping[str, Any]) -> Programme:
    """An ``[[orders.programme]]``."""
    when = entry["when"]
    return Programme(
        id=entry["id"],
        tiers=frozenset(when.get("tiers", ())),
        categories_any=frozenset(when.get("categories_any", ())),
        categories_all=frozenset(when.get("categories_all", ())),
        min_age=when.get("min_age", 0),
        max_age=when.get("max_age", OLDEST),
        valid_from=_day(entry.get("valid_from"), date.min),
        valid_to=_day(entry.get("valid_to"), date.max),
        usual={
            planned["item"]: planned["times"] * A_MONTH[planned["per"]]
            for planned in entry["plan"]
            if planned["per"] in A_MONTH
        },
    )


def _day(text: str | None, absent: date) -> date:
    return absent if text is None else date.fromisoformat(text)
