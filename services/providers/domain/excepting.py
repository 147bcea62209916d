"""What a county's pack says of exceptions: the optional section ``[providers.exceptions]``.

The papers ask for whole-process supervision (paper 000, part 2 (6); paper 003, part 2 (5) item 10) and give no figures:
all of them are the county's parameters. Without the section nothing is looked at that was not looked at before there
was one, and every code has its usual colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_MINUTES = 480
"""A working day: a visit that lasted longer was probably never ended."""
REACH_METRES = 5_000
"""From the village's point: a village is rarely wider."""
SPEED_KM_PER_HOUR = 60
"""Faster than anybody gets from one village to the next; the circle's speed is for planning, this is for what cannot
be true."""
TOLERANCE_MINUTES = 10
"""The point of a village is not the home's."""
IN_A_ROW = 5
RESOLVE_WITHIN_DAYS = 7
REASONS = (
    "signal_lost", "device_broken", "platform_down", "entry_mistake", "person_asked", "emergency", "road_or_weather",
    "confirmed_by_phone", "confirmed_on_site", "papers_shown", "not_explained", "not_true",
)  # fmt: skip
"""Where the pack names none."""


@dataclass(frozen=True, kw_only=True)
class Excepting:
    """``judged``: the pack has the section. ``red``, ``amber`` and ``grey`` are codes whose colour the county changed;
    the pack's check keeps them within their bounds."""

    judged: bool = False
    longest_minutes: int = LONGEST_MINUTES
    longest_minutes_by_item: Mapping[str, int] = field(default_factory=dict)
    reach_metres: int = REACH_METRES
    travel_speed_km_per_hour: int = SPEED_KM_PER_HOUR
    travel_tolerance_minutes: int = TOLERANCE_MINUTES
    identical_in_a_row: int = IN_A_ROW
    weak_signal_villages: frozenset[str] = frozenset()
    red: frozenset[str] = frozenset()
    amber: frozenset[str] = frozenset()
    grey: frozenset[str] = frozenset()
    acknowledged_by: frozenset[str] = frozenset({"bureau"})
    reason_codes: frozenset[str] = frozenset(REASONS)
    resolve_within_days: int = RESOLVE_WITHIN_DAYS

    def most_minutes(self, item: str) -> int:
        """The longest time of a visit for ``item`` that nobody looks at."""
        return self.longest_minutes_by_item.get(item, self.longest_minutes)


USUAL = Excepting()


def read(section: Mapping[str, Any] | None) -> Excepting:
    """The section; the usual where the pack has none."""
    if section is None:
        return USUAL
    told = {name: value for name, value in section.items() if name not in ("cite", "hospital_items")}
    for name in ("weak_signal_villages", "red", "amber", "grey", "acknowledged_by", "reason_codes"):
        if name in told:
            told[name] = frozenset(told[name])
    if "acknowledged_by" in told:
        told["acknowledged_by"] = frozenset(
            {"bureau" if body == "county" else body for body in told["acknowledged_by"]}
        )
    return Excepting(judged=True, **told)
