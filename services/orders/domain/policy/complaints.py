"""What a county rules about complaints: the clocks of their steps. A pack without the section has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.orders.domain.deadline import Calendar, Clock, Running, begun


@dataclass(frozen=True, kw_only=True)
class ComplaintRules:
    """The clocks by step."""

    clocks: Mapping[str, Clock] = field(default_factory=dict)

    def starts(self, step: str, calendar: Calendar, day: date, *, fast: bool) -> Running | None:
        """The clock of ``step`` from ``day`` on; None where the pack names none."""
        clock = self.clocks.get(step)
        return begun(clock, calendar, day, fast=fast) if clock else None


def read_complaints(section: Mapping[str, Any]) -> ComplaintRules:
    """``[orders.complaints]``."""
    return ComplaintRules(clocks={entry["step"]: _clock(entry) for entry in section.get("clock", ())})


def _clock(entry: Mapping[str, Any]) -> Clock:
    return Clock(
        step=entry["step"],
        days=entry["days"],
        working=entry.get("working", True),
        fast_days=entry.get("fast_days", entry["days"]),
        escalate_after_days=entry.get("escalate_after_days", 2),
    )
