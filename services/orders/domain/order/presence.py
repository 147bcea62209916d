"""Whether the person can have been served on a day: alive, not in hospital, under a plan that runs.

Looked at when a completion is told, and again before it is accepted by itself, for deaths and stays are often recorded
days later (paper 001, part (5) item 3: changed or stopped in time; S8 for the days of a stay). Only where the county's
pack judges exceptions, ``[providers.exceptions]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.orders.domain.policy import Policy
from services.orders.domain.status import Stay


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Of the person: day of death, hospital stays; of the order's plan: its last day, and its last rest."""

    died_on: date | None = None
    stays: tuple[Stay, ...] = ()
    plan_ends_on: date | None = None
    suspended_from: date | None = None
    suspended_to: date | None = None


def doubts(day: date, item: str, whereabouts: Whereabouts | None, policy: Policy) -> tuple[str, ...]:
    """Codes of what speaks against a service on ``day``. On the day of death somebody may have come before it."""
    rules = policy.exceptions
    if whereabouts is None or not rules.judged:
        return ()
    died, ends, rests = whereabouts.died_on, whereabouts.plan_ends_on, whereabouts.suspended_from
    if died is not None and died < day:
        return ("person_died",)
    in_hospital = any(stay.admitted < day <= stay.last for stay in whereabouts.stays)
    checks = {
        "in_hospital": in_hospital and item not in rules.hospital_items,
        "plan_ended": ends is not None and ends < day,
        "plan_suspended": rests is not None and rests <= day <= (whereabouts.suspended_to or date.max),
    }
    return tuple(code for code, holds in checks.items() if holds)
