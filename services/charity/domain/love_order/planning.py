"""When a claimant means to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chassis.kernel import Rejected
from services.charity.domain import calendar
from services.charity.domain.love_order.messages import Planned


def planned_on(day: date | None, time: str | None, minutes: int | None) -> Planned | None:
    """Business day, time of day and minutes, said together or not at all."""
    if day is None and time is None and minutes is None:
        return None
    if day is None or time is None or minutes is None:
        raise Rejected("claim.planned_by_half")
    return Planned(starts_at=calendar.instant_of(day, time), minutes=minutes)


def refuse_past(planned: Planned | None, at: datetime) -> None:
    """Nobody plans to have come already."""
    if planned is not None and planned.starts_at < at:
        raise Rejected("claim.planned_in_the_past")


def ends_at(planned: Planned) -> datetime:
    """When whoever comes will have gone."""
    return planned.starts_at + timedelta(minutes=planned.minutes)
