"""What a county rules about the verification desk (``[orders.desk]``): its clocks and the reasons it may give.

Days are working days by the recorded calendar (``[orders.needs.calendar]``). A mending that no pack times has no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.orders.domain.cause import Cause
from services.orders.domain.days import ONE_DAY, begins
from services.orders.domain.deadline import Calendar, days_after


@dataclass(frozen=True, kw_only=True)
class DeskRules:
    """The defaults hold where a pack names nothing: appeals within 10 days, answered within 15, then 5 until the county
    hears of it; a completion that accepts itself within 48 hours is soon.

    ``reasons``: by code of a rejection or of taking a judgement back, the cause class it usually has (None: no usual
    one); without any, every code is taken.
    """

    mend_within_days: int | None = None
    appeal_within_days: int = 10
    answer_within_days: int = 15
    soon_hours: int = 48
    reasons: Mapping[str, Cause | None] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)

    def knows(self, code: str) -> bool:
        """Whether the county gives this reason."""
        return not self.reasons or code in self.reasons

    def until(self, day: date, days: int) -> datetime:
        """The instant at which so many working days after ``day`` are over."""
        return begins(days_after(day, days, self.calendar) + ONE_DAY)


def read_desk(section: Mapping[str, Any] | None, calendar: Calendar) -> DeskRules:
    """``[orders.desk]``; the defaults where the pack has none."""
    named, usual = section or {}, DeskRules()
    return DeskRules(
        mend_within_days=named.get("mend_within_days"),
        appeal_within_days=named.get("appeal_within_days", usual.appeal_within_days),
        answer_within_days=named.get("answer_within_days", usual.answer_within_days),
        soon_hours=named.get("soon_hours", usual.soon_hours),
        reasons={entry["code"]: entry.get("cause") for entry in named.get("reason", ())},
        calendar=calendar,
    )
