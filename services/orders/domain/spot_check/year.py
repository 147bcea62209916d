"""A year of spot checks: it is closed once every stratum has what the rule asks, and never before.

(open) ─ Close ─▶ Closed; a visit that is reported later is listed with the next year's, by its own day of service
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.drawing import owed

NAMESPACE = UUID("5e0f6d43-8a3c-5a0e-b1d4-7c9d2f6a1e35")
NAMED = 20
"""Strata that a refusal names at most."""


def stream_of(county: str, year: int) -> UUID:
    """The stream of a county's year."""
    return uuid5(NAMESPACE, f"{county}/{year}")


@dataclass(frozen=True, kw_only=True)
class Close:
    """The bureau declares that the year's rule is kept."""

    year: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Count:
    """A stratum at the end: listed, drawn, inspected and rejected of what was drawn."""

    key: str
    population: int
    picks: int
    checked: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class Closed:
    """The rule is kept: these counts certify it, of these batches by their digests."""

    year: int
    percent: int
    population: int
    picks: int
    checked: int
    rejected: int
    extra: int
    strata: int
    digests: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the year has: counts by stratum, the rule's rate, visits not listed, inspections open, extra ones done, a
    batch that is not drawn, the batches' digests."""

    counts: tuple[Count, ...]
    percent: int
    not_listed: int
    inspections_open: int
    extra: int
    running: bool
    digests: tuple[str, ...]


def decide(command: Close, state: Closed | None, known: Known) -> list[Closed]:
    """Refused while anything is owed; which strata, by code and number, the refusal says."""
    if state is not None:
        return []
    if command.year >= business_day(command.at).year:
        raise Rejected("spot_check.year_not_over")
    if known.not_listed:
        raise Rejected("spot_check.not_listed", visits=known.not_listed)
    if known.running:
        raise Rejected("spot_check.batch_open")
    if known.inspections_open:
        raise Rejected("spot_check.inspections_open", inspections=known.inspections_open)
    short = [(one.key, lacking(one, known.percent)) for one in known.counts if lacking(one, known.percent)]
    if short:
        named = "; ".join(f"{key} {number}" for key, number in short[:NAMED])
        raise Rejected("spot_check.below_the_rule", strata=len(short), owed=sum(one[1] for one in short), named=named)
    return [
        Closed(
            year=command.year,
            percent=known.percent,
            population=sum(one.population for one in known.counts),
            picks=sum(one.picks for one in known.counts),
            checked=sum(one.checked for one in known.counts),
            rejected=sum(one.rejected for one in known.counts),
            extra=known.extra,
            strata=len(known.counts),
            digests=known.digests,
            at=command.at,
        )
    ]


def lacking(count: Count, percent: int) -> int:
    """Inspections that a stratum still needs to reach the exact ceiling of the rule."""
    return max(0, owed(percent * count.population) - count.checked)


def evolve(_state: Closed | None, event: Closed) -> Closed:
    """A closed year stays closed."""
    return event


CATEGORY = "orders.spot_year"
decider: Decider[Close, Closed | None, Closed, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Closed)
)
