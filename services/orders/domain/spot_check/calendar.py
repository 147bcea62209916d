"""The county's calendar of spot checks: on the policy's day of each month what is not listed yet is listed.

Gone* : each month's day; the lists of this year and, until it is closed, of the last
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from chassis.kernel import Decider, topics
from services.orders.domain.days import begins, business_day, first_day, month_of, next_month
from services.orders.domain.policy import Policy, in_force

NAMESPACE = UUID("c1d24e7f-5b09-5e61-8f5c-3e8a9b0d7f42")


def stream_of(county: str) -> UUID:
    """The stream of a county's calendar."""
    return uuid5(NAMESPACE, county)


@dataclass(frozen=True, kw_only=True)
class Go:
    """The day may have come."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Gone:
    """The lists of these years and numbers are to be closed, none on the day the calendar begins; next at ``again``."""

    county: str
    lists: tuple[tuple[int, int], ...]
    again_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When it goes next."""

    again_at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county, its policies, and for the last year and this one the number that its next list would have."""

    county: str
    policies: tuple[Policy, ...]
    next_numbers: tuple[tuple[int, int], ...]


def decide(command: Go, state: Calendar | None, known: Known) -> list[Gone]:
    """Without a day in the policy the calendar rests until another policy is adopted; told twice, it goes once."""
    day = in_force(known.policies, business_day(command.at)).spot_checks.monthly_on_day if known.policies else 0
    if not day:
        return []
    due = state is not None and command.at >= state.again_at
    if state is not None and not due and state.again_at == _next(business_day(command.at), day):
        return []
    return [
        Gone(
            county=known.county,
            lists=known.next_numbers if due else (),
            again_at=_next(business_day(command.at), day),
            at=command.at,
        )
    ]


def _next(today: date, day: int) -> datetime:
    """The beginning of the next such day after today."""
    this = first_day(month_of(today)).replace(day=day)
    return begins(this if this > today else first_day(next_month(month_of(today))).replace(day=day))


def evolve(_state: Calendar | None, event: Gone) -> Calendar:
    """The calendar after a turn."""
    return Calendar(again_at=event.again_at)


CATEGORY = "orders.spot_calendar"
decider: Decider[Go, Calendar | None, Gone, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Gone)
)
