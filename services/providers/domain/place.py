"""A place: the point of a village or township, to which distances are reckoned.
Locate ─▶ Located ─ Locate* ─▶ …
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, topics
from services.providers.domain.reach import Point

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a002")
CATEGORY = "providers.place"


@dataclass(frozen=True, kw_only=True)
class Locate:
    """Put the village (12 digits) or township (9 digits) ``code`` on the map."""

    code: str
    point: Point
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Located:
    """The place lies here from now on; searches made before keep their minutes."""

    code: str
    point: Point
    at: datetime


def decide(command: Locate, place: Located | None, _known: None) -> list[Located]:
    """The same point again is a repetition; another one corrects it."""
    if place is not None and place.point == command.point:
        return []
    return [Located(code=command.code, point=command.point, at=command.at)]


def evolve(_place: Located | None, event: Located) -> Located:
    """The last point counts."""
    return event


def stream_of(county: str, code: str) -> UUID:
    """The stream of a place."""
    return uuid.uuid5(NAMESPACE, f"{county}/{code}")


decider: Decider[Locate, Located | None, Located, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Located)
)
