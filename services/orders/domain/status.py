"""What a tariff looks at in a person, day by day: care tier and categories from a day on, and hospital stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.orders.domain.days import ONE_DAY

Tier = Literal["able", "half", "full"]


@dataclass(frozen=True, kw_only=True)
class Status:
    """Tier and categories that hold from ``from_day`` until the next status begins."""

    from_day: date
    tier: Tier
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Stay:
    """A hospital stay; it counts from admission to the day before discharge, in and out on one day as that day (S8)."""

    admitted: date
    discharged: date | None

    @property
    def last(self) -> date:
        """The last day that counts; a stay without discharge goes on."""
        if self.discharged is None:
            return date.max
        return max(self.admitted, self.discharged - ONE_DAY)


def status_on(statuses: tuple[Status, ...], day: date) -> Status:
    """The status that holds on ``day``; the first one holds from the beginning of time."""
    return [status for status in statuses if status.from_day <= day][-1]


def with_status(statuses: tuple[Status, ...], began: Status) -> tuple[Status, ...]:
    """``began`` replaces a status of the same day; a later one that is known already stays."""
    others = tuple(status for status in statuses if status.from_day != began.from_day)
    return tuple(sorted((*others, began), key=lambda status: status.from_day))


def with_stay(stays: tuple[Stay, ...], told: Stay) -> tuple[Stay, ...]:
    """``told`` replaces a stay that began on the same day."""
    others = tuple(stay for stay in stays if stay.admitted != told.admitted)
    return tuple(sorted((*others, told), key=lambda stay: stay.admitted))
