"""A worker of a provider: name and phone sealed, the township of work open.
Employ ─▶ Employed ─ Leave ─▶ Left
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics

CATEGORY = "providers.worker"


@dataclass(frozen=True, kw_only=True)
class Employ:
    """Enter a worker, ``qualifications`` by code."""

    provider: UUID
    name: Sealed
    phone: Sealed | None
    qualifications: tuple[str, ...]
    township: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Leave:
    """The worker serves for this provider until the day before ``day``."""

    provider: UUID
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Employed:
    """The worker can be sent."""

    provider: UUID
    name: Sealed
    phone: Sealed | None
    qualifications: tuple[str, ...]
    township: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Left:
    """The worker is not sent any more."""

    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Worker:
    """The state: as employed, and from which day gone."""

    employed: Employed | None = None
    left_on: date | None = None


Command = Employ | Leave
Event = Employed | Left


def decide(command: Command, worker: Worker, known: bool) -> list[Event]:
    """``known`` says whether the provider is registered."""
    match command:
        case Employ() if not known:
            raise Rejected("provider.unknown")
        case Employ() if worker.employed is not None:
            return []
        case Employ():
            return [
                Employed(
                    provider=command.provider,
                    name=command.name,
                    phone=command.phone,
                    qualifications=command.qualifications,
                    township=command.township,
                    at=command.at,
                )
            ]
        case Leave() if worker.employed is None or worker.employed.provider != command.provider:
            raise Rejected("worker.unknown")
        case Leave() if worker.left_on is not None:
            return []
        case Leave():
            return [Left(day=command.day, at=command.at)]


def evolve(worker: Worker, event: Event) -> Worker:
    """What happened, one after another."""
    match event:
        case Employed():
            return Worker(employed=event)
        case Left():
            return replace(worker, left_on=event.day)


decider: Decider[Command, Worker, Event, bool] = Decider(
    category=CATEGORY, initial=Worker(), decide=decide, evolve=evolve, events=topics(CATEGORY, Employed, Left)
)
