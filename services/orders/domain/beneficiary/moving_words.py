"""Words of a person who moves within the county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Move:
    """From ``from_day`` on the person lives in another village of the county."""

    township: str
    village: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BeginMove:
    """The day of a move that was told before has come."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The person will live, lives or has lived there from ``from_day`` on."""

    township: str
    village: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MoveBegan:
    """The person lives there now: since the latest move that is not after ``day``."""

    day: date
    at: datetime
