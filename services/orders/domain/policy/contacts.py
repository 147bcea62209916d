"""What a county rules about contacts: who is under a duty, how often and in which ways; pairs, carers, goods.

Every entry is optional in a pack. Without ``[orders.contacts]`` nobody is under a duty; the other defaults stand here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services.orders.domain.days import completed_years

Way = Literal["home", "phone"]
OLDEST = 150


@dataclass(frozen=True, kw_only=True)
class DutyRule:
    """Who falls under ``[[orders.contacts.duty]]`` is seen or called ``times`` a month (paper 004: at least once)."""

    times: int
    ways: tuple[Way, ...]
    tiers: frozenset[str] = frozenset()
    categories_any: frozenset[str] = frozenset()
    categories_all: frozenset[str] = frozenset()
    min_age: int = 0
    max_age: int = OLDEST

    def covers(self, tier: str, categories: Collection[str], born: date, day: date) -> bool:
        """Whether the rule covers a person with this tier and these categories on ``day``."""
        return (
            (not self.tiers or tier in self.tiers)
            and (not self.categories_any or not self.categories_any.isdisjoint(categories))
            and self.categories_all.issubset(categories)
            and self.min_age <= completed_years(born, day) <= self.max_age
        )


@dataclass(frozen=True, kw_only=True)
class ContactRules:
    """``record_within_hours`` decides what is late, ``entrant_days`` who is due in the month of entry already,
    ``remind_days_before`` when a month not kept yet is reminded of; ``gap_days`` when a pair has lapsed."""

    duties: tuple[DutyRule, ...] = ()
    record_within_hours: int = 24
    remind_days_before: int = 5
    entrant_days: int = 15
    gap_days: int = 31
    rectifies: str = "bureau"
    rectify_within_days: int = 30
    agreement_months: int = 36
    settle_within_days: int = 7

    def duty_of(self, tier: str, categories: Collection[str], born: date, day: date) -> DutyRule | None:
        """The rule that asks most of those that cover a person, or None."""
        covering = [duty for duty in self.duties if duty.covers(tier, categories, born, day)]
        return max(covering, key=lambda duty: duty.times, default=None)


NO_CONTACTS = ContactRules()
"""What holds where a pack says nothing of contacts."""


def read_contacts(section: Mapping[str, Any]) -> ContactRules:
    """``[orders.contacts]``; the defaults where the pack has none."""
    usual = NO_CONTACTS
    carers = section.get("carers", {})
    rectifies = carers.get("rectifies", "county")
    return ContactRules(
        duties=tuple(_duty(entry) for entry in section.get("duty", ())),
        record_within_hours=section.get("record_within_hours", usual.record_within_hours),
        remind_days_before=section.get("remind_days_before", usual.remind_days_before),
        entrant_days=section.get("entrant_days", usual.entrant_days),
        gap_days=section.get("pairs", {}).get("gap_days", usual.gap_days),
        rectifies="bureau" if rectifies == "county" else rectifies,
        rectify_within_days=carers.get("rectify_within_days", usual.rectify_within_days),
        agreement_months=carers.get("longest_months", usual.agreement_months),
        settle_within_days=section.get("errands", {}).get("settle_within_days", usual.settle_within_days),
    )


def _duty(entry: Mapping[str, Any]) -> DutyRule:
    when = entry["when"]
    return DutyRule(
        times=entry["times_per_month"],
        ways=tuple(entry["ways"]),
        tiers=frozenset(when.get("tiers", ())),
        categories_any=frozenset(when.get("categories_any", ())),
        categories_all=frozenset(when.get("categories_all", ())),
        min_age=when.get("min_age", 0),
        max_age=when.get("max_age", OLDEST),
    )
