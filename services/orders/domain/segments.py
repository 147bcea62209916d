"""A plan's month cut into segments: days, both inclusive, on which nothing that a tariff looks at changes.

Cut where tier or categories change, where a year of age is completed, where another provider takes over, where a
hospital stay or a suspension begins or ends, at the plan's first and last day, and after the day of death, which is the
last eligible day (S5). The segments of each payee are the same but for ``assigned`` (paper 003, part 2 (6) item 13:
adjusted as people change).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.orders.domain.days import ONE_DAY, birthday_in, completed_years, first_day, last_day
from services.orders.domain.status import Status, Stay, Tier, status_on


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Days from ``first`` to ``last`` with tier, categories, age in completed years, assignment and hospital."""

    first: date
    last: date
    tier: Tier
    categories: tuple[str, ...]
    age: int
    assigned: bool
    hospital: bool


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """From this day on the provider (None: nobody) serves the person, until the next one takes over."""

    provider: UUID | None
    from_day: date


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both inclusive, on which a plan rests."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Life:
    """Everything about a person and a plan that decides about days. ``ends_on`` None: until further notice."""

    born: date
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    died_on: date | None
    begins_on: date
    ends_on: date | None
    assigned: tuple[Assigned, ...]
    suspended: tuple[Span, ...] = ()

    def suspended_on(self, day: date) -> bool:
        """Whether the plan rests on ``day``: nobody is served, and nobody is assigned."""
        return any(span.first <= day <= span.last for span in self.suspended)

    def assigned_on(self, day: date) -> UUID | None:
        """Who is assigned on ``day``, whether the plan rests or not; what was recorded last holds."""
        spells = [spell.provider for spell in self.assigned if spell.from_day <= day][-1:]
        return spells[0] if spells else None

    def serving_on(self, day: date) -> UUID | None:
        """Who is assigned on ``day`` and serves."""
        return None if self.suspended_on(day) else self.assigned_on(day)

    def days_in(self, month: str) -> tuple[date, date] | None:
        """First and last day of the plan in ``month``; None where it has none."""
        first = max(first_day(month), self.begins_on)
        last = min(last_day(month), self.ends_on or date.max, self.died_on or date.max)
        return (first, last) if first <= last else None


def payees_of(life: Life, month: str) -> tuple[UUID, ...]:
    """Who was assigned in ``month``: on its first day of the plan already, or from a day of the month on."""
    days = life.days_in(month)
    if days is None:
        return ()
    before = [spell.provider for spell in life.assigned if spell.from_day <= days[0]][-1:]
    during = [spell.provider for spell in life.assigned if days[0] <= spell.from_day <= days[1]]
    return tuple(sorted({payee for payee in (*before, *during) if payee is not None}, key=str))


def segments(life: Life, month: str, payee: UUID) -> tuple[Segment, ...]:
    """The segments of ``month`` for ``payee``: without overlap, covering exactly the plan's days in it."""
    days = life.days_in(month)
    if days is None:
        return ()
    first, last = days
    starts = sorted(cut for cut in _cuts(life, first) if first <= cut <= last)
    ends = [*(start - ONE_DAY for start in starts[1:]), last]
    return _joined([_segment(life, payee, start, end) for start, end in zip(starts, ends, strict=True)])


def _cuts(life: Life, first: date) -> set[date]:
    """Days on which something may change."""
    cuts = {first, birthday_in(life.born, first.year)}
    cuts.update(status.from_day for status in life.statuses)
    cuts.update(spell.from_day for spell in life.assigned)
    for stay in life.stays:
        cuts.add(stay.admitted)
        if stay.last < date.max:
            cuts.add(stay.last + ONE_DAY)
    for span in life.suspended:
        cuts.add(span.first)
        if span.last < date.max:
            cuts.add(span.last + ONE_DAY)
    return cuts


def _segment(life: Life, payee: UUID, start: date, end: date) -> Segment:
    status = status_on(life.statuses, start)
    return Segment(
        first=start,
        last=end,
        tier=status.tier,
        categories=status.categories,
        age=completed_years(life.born, start),
        assigned=life.serving_on(start) == payee,
        hospital=any(stay.admitted <= start <= stay.last for stay in life.stays),
    )


def _joined(cut: list[Segment]) -> tuple[Segment, ...]:
    """Neighbours that differ in nothing but their days are one segment."""
    joined: list[Segment] = []
    for segment in cut:
        if joined and replace(segment, first=joined[-1].first) == replace(joined[-1], last=segment.last):
            joined[-1] = replace(joined[-1], last=segment.last)
        else:
            joined.append(segment)
    return tuple(joined)
