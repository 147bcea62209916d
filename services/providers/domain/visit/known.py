"""What decisions about a visit may know beyond its stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.providers.domain.policy import Policy
from services.providers.domain.reach import Point
from services.providers.domain.visit.papers import Papers
from services.providers.domain.visit.platform import Outage
from services.providers.domain.visit.roads import Nearby
from services.providers.domain.visit.words import Clash, Picture


@dataclass(frozen=True, kw_only=True)
class Known:
    """What else bears on a visit: the order with its window and policy, the worker, other visits that clash with it.

    ``village`` is None where it is not on the map; ``worker_provider`` None where the worker is not known. ``attempt``,
    ``wrong_tries``, ``code_right`` and ``scheduled_for`` come from the order's appointment. ``nearby`` are the
    worker's other visits around this one, ``outages`` those between it and its report, ``papers`` the worker's.
    ``photos_unknown`` of the report's pictures its provider has not uploaded; ``pictures`` are those it has.
    ``sequence_gap``: the packet before the visit's is missing.
    """

    policy: Policy
    window_from: date
    window_to: date
    village: Point | None
    worker_provider: UUID | None
    worker_left_on: date | None
    photo_reused: bool
    worker_elsewhere: bool
    person: UUID | None = None
    region: str = ""
    attempt: int = 1
    wrong_tries: int = 0
    code_right: bool = False
    scheduled_for: datetime | None = None
    clashes: tuple[Clash, ...] = ()
    photos_alike: bool = False
    photos_unknown: int = 0
    pictures: tuple[Picture, ...] = ()
    sequence_gap: bool = False
    nearby: tuple[Nearby, ...] = ()
    outages: tuple[Outage, ...] = ()
    papers: Papers | None = None
