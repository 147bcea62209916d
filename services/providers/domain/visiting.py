"""What a county's pack says of visits in depth: the optional section ``[providers.visits]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

START_TOLERANCE_MINUTES = 60
"""Where the pack names none: a visit not begun an hour after its time is missed."""

UNENDED_AFTER_HOURS = 24
"""Where the pack names none: no visit is longer than a day."""


@dataclass(frozen=True, kw_only=True)
class Visiting:
    """Photos asked for, tries at a code (None: codes are noted, not checked), days after which a report is too old
    (None: never), and of what one unit of an item handed over consists."""

    photos: int = 0
    photos_by_item: Mapping[str, int] = field(default_factory=dict)
    code_tries: int | None = None
    longest_days_late: int | None = None
    start_tolerance_minutes: int = START_TOLERANCE_MINUTES
    unended_after_hours: int = UNENDED_AFTER_HOURS
    goods: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def least_photos(self, item: str) -> int:
        """How many photos a visit for ``item`` is proved with."""
        return self.photos_by_item.get(item, self.photos)

    @property
    def start_tolerance(self) -> timedelta:
        """How long after its time a visit may begin before it is missed."""
        return timedelta(minutes=self.start_tolerance_minutes)

    @property
    def unended_after(self) -> timedelta:
        """How long after its beginning a visit must have ended."""
        return timedelta(hours=self.unended_after_hours)


def read(section: Mapping[str, Any]) -> Visiting:
    """The section; empty where the pack has none."""
    return Visiting(
        photos=section.get("photos", 0),
        photos_by_item=dict(section.get("photos_by_item", {})),
        code_tries=section.get("code_tries"),
        longest_days_late=section.get("longest_days_late"),
        start_tolerance_minutes=section.get("start_tolerance_minutes") or START_TOLERANCE_MINUTES,
        unended_after_hours=section.get("unended_after_hours") or UNENDED_AFTER_HOURS,
        goods={item: dict(unit) for item, unit in section.get("goods", {}).items()},
    )
