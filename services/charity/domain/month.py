"""A month's seal (S2): after it, everything told about the month is late.
Seal ─▶ Sealed
  └ while messages are parked here ─▶ Delayed ─ later ─▶ Seal
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Decider, topics

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b003")
CATEGORY = "charity.month"
FIRST_WAIT = timedelta(seconds=30)
DOUBLINGS_MAX = 5


@dataclass(frozen=True, kw_only=True)
class Known:
    """``parked`` messages of the county wait here for somebody; ``waiting`` claims are held and not fulfilled."""

    parked: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Seal:
    """Settlement asks for the seal of ``month`` (``YYYY-MM``), or the time to try again has come."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Delayed:
    """Messages are parked: the month cannot be sealed before ``again_at``."""

    month: str
    parked: int
    again_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """The month is sealed while so many claims wait for fulfilment."""

    month: str
    waiting: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Month:
    """The state: ``month`` is empty before the first request."""

    month: str = ""
    delays: int = 0
    again_at: datetime | None = None
    sealed: bool = False


Event = Delayed | Sealed


def decide(command: Seal, month: Month, known: Known) -> list[Event]:
    """Seal once nothing is parked; otherwise try again, each time after twice the wait, 16 minutes at most."""
    if month.sealed:
        return []
    if known.parked:
        if month.again_at is not None and command.at < month.again_at:
            return []
        again_at = command.at + FIRST_WAIT * 2 ** min(month.delays, DOUBLINGS_MAX)
        return [Delayed(month=command.month, parked=known.parked, again_at=again_at, at=command.at)]
    return [Sealed(month=command.month, waiting=known.waiting, at=command.at)]


def evolve(month: Month, event: Event) -> Month:
    """What happened, one after another."""
    match event:
        case Delayed():
            return replace(month, month=event.month, delays=month.delays + 1, again_at=event.again_at)
        case Sealed():
            return replace(month, month=event.month, again_at=None, sealed=True)


def stream_of(county: str, month: str) -> UUID:
    """The stream of a county's month."""
    return uuid.uuid5(NAMESPACE, f"{county}/{month}")


decider: Decider[Seal, Month, Event, Known] = Decider(
    category=CATEGORY, initial=Month(), decide=decide, evolve=evolve, events=topics(CATEGORY, Delayed, Sealed)
)
