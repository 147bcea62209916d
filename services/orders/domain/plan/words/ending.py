"""Words of how a plan rests and ends: suspended, resumed, phased out, stopped, finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Rest = Literal["hospital", "away", "refusal"]
Way = Literal["until", "shrinking"]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """End the plan with ``last_day``, after a hearing and a written notice (art. 48, which excepts moving away)."""

    last_day: date
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PhaseOut:
    """End the plan after ``months`` more months, the 1st of the next being the first; ``shrinking``: less each month.

    Paper 002, item 13: one to six months for who has a little too much income.
    """

    months: int
    way: Way
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspend:
    """The plan rests from a day to a day, both inclusive; None: until it is resumed."""

    from_day: date
    to_day: date | None
    reason: Rest
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resume:
    """Service goes on from ``from_day``."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finish:
    """The last day has passed."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """The plan ends with ``last_day``."""

    last_day: date
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PhasedOut:
    """The plan ends with ``last_day``; ``first_month`` is the first of the ``months`` of the phase."""

    first_month: str
    months: int
    way: Way
    last_day: date
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspended:
    """Nothing is asked for on these days, and nobody is assigned."""

    from_day: date
    to_day: date | None
    reason: Rest
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """Service goes on."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finished:
    """Whatever is still open is not needed any more."""

    at: datetime
