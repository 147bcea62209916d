"""What a county rules about spot checks: the share, strata, clocks, when a rate is raised (paper 003, part 4 (2))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from services.orders.domain.drawing import Part

ALL_PARTS: tuple[Part, ...] = ("township", "provider", "item")


@dataclass(frozen=True, kw_only=True)
class SpotRules:
    """``percent`` is the least share; ``surprise_percent`` the chance of a pick where none is owed.

    A list is closed each month on ``monthly_on_day`` (0: only by the bureau). ``raised`` are the rates of a stratum
    that failed once, twice …: ``fail_percent`` of its inspections rejected. Who withheld its number more than
    ``withheld_at_most`` times in a year is not asked any more.
    """

    percent: int = 30
    strata: tuple[Part, ...] = ALL_PARTS
    surprise_percent: int = 10
    inspectors_per: Literal["visit", "township"] = "visit"
    monthly_on_day: int = 0
    commit_hours: int = 72
    reveal_hours: int = 48
    inspect_within_days: int = 15
    fail_percent: int = 10
    raised: tuple[int, ...] = (50, 100)
    clean_batches: int = 2
    withheld_at_most: int = 2
    own_township_barred: bool = True


def read_spot_checks(orders: Mapping[str, Any]) -> SpotRules:
    """``[orders.spot_check]`` and ``[orders.spot_checks]``; the defaults where the pack has none."""
    section, usual = orders.get("spot_checks") or {}, SpotRules()
    named = section.get("strata")
    return SpotRules(
        percent=orders["spot_check"]["percent"],
        strata=usual.strata if named is None else tuple(part for part in ALL_PARTS if part in named),
        surprise_percent=section.get("surprise_percent", usual.surprise_percent),
        inspectors_per=section.get("inspectors_per", usual.inspectors_per),
        monthly_on_day=section.get("monthly_on_day", usual.monthly_on_day),
        commit_hours=section.get("commit_hours", usual.commit_hours),
        reveal_hours=section.get("reveal_hours", usual.reveal_hours),
        inspect_within_days=section.get("inspect_within_days", usual.inspect_within_days),
        fail_percent=section.get("fail_percent", usual.fail_percent),
        raised=tuple(section.get("raised", usual.raised)),
        clean_batches=section.get("clean_batches", usual.clean_batches),
        withheld_at_most=section.get("withheld_at_most", usual.withheld_at_most),
        own_township_barred=section.get("own_township_barred", usual.own_township_barred),
    )
