"""How long a step may take: clocks, working days by recorded calendars, and who hears of a step that is late.

    Running ─(day after due_on)─▶ late, the township's ─(day after county_on)─▶ late, the county's

Paper 004, part 2 (3) item 2 (handled within limits) leaves the days to the county: a clock
that its pack does not name does not run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from services.orders.domain.days import ONE_DAY, begins

Level = Literal["", "township", "county"]
_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Recorded holidays, and week-end days that are worked; other week-ends rest."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays


@dataclass(frozen=True, kw_only=True)
class Clock:
    """``days`` for a step, ``fast_days`` for urgent ones and the fast lane; then ``escalate_after_days`` more."""

    step: str
    days: int
    working: bool
    fast_days: int
    escalate_after_days: int


@dataclass(frozen=True, kw_only=True)
class Running:
    """A step that has begun: late after ``due_on``, the county's business after ``county_on``."""

    step: str
    due_on: date
    county_on: date
    level: Level = ""

    def level_on(self, day: date) -> Level:
        """Whose business a step not done by ``day`` is; empty while it is in time."""
        if day > self.county_on:
            return "county"
        return "township" if day > self.due_on else ""

    @property
    def wakes_at(self) -> datetime | None:
        """The instant at which the next level begins; None after the last."""
        if self.level == "county":
            return None
        return begins((self.county_on if self.level else self.due_on) + ONE_DAY)


def days_after(day: date, days: int, calendar: Calendar | None) -> date:
    """The last of ``days`` days after ``day``, itself not counted; working days where a calendar is given."""
    last = day
    for _ in range(days):
        last += ONE_DAY
        while calendar is not None and not calendar.works_on(last):
            last += ONE_DAY
    return last


def begun(clock: Clock, calendar: Calendar, day: date, *, fast: bool) -> Running:
    """The step as it runs from ``day`` on."""
    counted = calendar if clock.working else None
    due_on = days_after(day, clock.fast_days if fast else clock.days, counted)
    return Running(step=clock.step, due_on=due_on, county_on=days_after(due_on, clock.escalate_after_days, counted))


def late(running: Iterable[Running], day: date) -> tuple[Running, ...]:
    """The steps that reach another level by ``day``, with that level."""
    return tuple(replace(one, level=one.level_on(day)) for one in running if one.level_on(day) not in ("", one.level))


def without(running: Iterable[Running], *steps: str) -> tuple[Running, ...]:
    """Those that still run when ``steps`` are done."""
    return tuple(one for one in running if one.step not in steps)


def with_one(running: Iterable[Running], one: Running) -> tuple[Running, ...]:
    """``one`` in the place of an earlier clock of its step."""
    return (*without(running, one.step), one)


def worst(running: Iterable[Running]) -> Running | None:
    """The late step that has been due longest; None where all are in time."""
    return min((one for one in running if one.level), key=lambda one: (one.due_on, one.step), default=None)
