"""Travel times from a place, in minutes, where the county gives them: they go before the straight line with its detour.
Tell ─▶ Told ─ Tell* ─▶ …
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a00b")
CATEGORY = "providers.travel_times"


@dataclass(frozen=True, kw_only=True)
class Way:
    """So many whole minutes to the village or township ``to``."""

    to: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Tell:
    """The ways from ``place``, measured by ``source``; those not named stay as they were."""

    place: str
    source: str
    ways: tuple[Way, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """From now on the ways take so long; ``version`` counts from 1. Offers made before keep their minutes."""

    place: str
    source: str
    ways: tuple[Way, ...]
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The state: all ways from the place as last told, by where they lead."""

    place: str = ""
    source: str = ""
    version: int = 0
    minutes: tuple[tuple[str, int], ...] = ()


def decide(command: Tell, ways: Ways, _known: None) -> list[Told]:
    """What is known already is a repetition."""
    if any(way.to == command.place for way in command.ways):
        raise Rejected("travel.same_place")
    if len({way.to for way in command.ways}) < len(command.ways):
        raise Rejected("travel.told_twice")
    known = dict(ways.minutes)
    if ways.source == command.source and all(known.get(way.to) == way.minutes for way in command.ways):
        return []
    return [
        Told(place=command.place, source=command.source, ways=command.ways, version=ways.version + 1, at=command.at)
    ]


def evolve(ways: Ways, event: Told) -> Ways:
    """The last minutes count."""
    minutes = dict(ways.minutes) | {way.to: way.minutes for way in event.ways}
    return Ways(place=event.place, source=event.source, version=event.version, minutes=tuple(sorted(minutes.items())))


def stream_of(county: str, place: str) -> UUID:
    """The stream of a place's ways."""
    return uuid.uuid5(NAMESPACE, f"{county}/{place}")


decider: Decider[Tell, Ways, Told, None] = Decider(
    category=CATEGORY, initial=Ways(), decide=decide, evolve=evolve, events=topics(CATEGORY, Told)
)
