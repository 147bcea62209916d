"""A visit 上门服务: who, for which order, what, from when to when, with proof.
    Report ─▶ Completed

A report is taken whenever it can be true; what looks odd becomes an exception with a code and a colour. Only what a
person did can be red; a missing code, place or signal is amber and never costs pay (mission, step 7). The exact place
is compared with the village's point and not kept: it would tell where a person lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar, reach
from services.providers.domain.policy import Policy
from services.providers.domain.reach import Point

CATEGORY = "providers.visit"
LONGEST = timedelta(hours=24)
Colour = Literal["amber", "red"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What else bears on a visit: the order's window, its policy, the worker, and other visits that clash with it.

    ``village`` is None where it is not on the map; ``worker_provider`` None where the worker is not known.
    """

    policy: Policy
    window_from: date
    window_to: date
    village: Point | None
    worker_provider: UUID | None
    worker_left_on: date | None
    photo_reused: bool
    worker_elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class Report:
    """A provider tells that a worker served; ``photos`` are SHA-256 in hex, ``code_given`` the one-time code."""

    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    units: int
    started_at: datetime
    ended_at: datetime
    place: Point | None
    photos: tuple[str, ...]
    code_given: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """An exception: its code, and red where a person has to look before the visit is accepted."""

    code: str
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Completed:
    """The visit stands; ``day`` and ``time`` are of its start in Asia/Shanghai (S1), ``minutes`` are whole ones."""

    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    units: int
    day: date
    time: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    metres_from_village: int | None
    photos: tuple[str, ...]
    exceptions: tuple[Noticed, ...]
    policy: str
    by: str
    at: datetime


def decide(command: Report, visit: Completed | None, known: Known | None) -> list[Completed]:
    """Take the report once; ``known`` is None where the order is not known here."""
    if visit is not None:
        return []
    if known is None:
        raise Rejected("visit.order_unknown")
    day = calendar.day_of(command.started_at)
    _refuse_unless_possible(command, day, known)
    away = None
    if command.place is not None and known.village is not None:
        away = reach.metres(command.place, known.village)
    return [
        Completed(
            order_id=command.order_id,
            provider=command.provider,
            worker=command.worker,
            item=command.item,
            units=command.units,
            day=day,
            time=calendar.time_of(command.started_at),
            started_at=command.started_at,
            ended_at=command.ended_at,
            minutes=_minutes(command),
            metres_from_village=away,
            photos=command.photos,
            exceptions=_notice(command, day, known),
            policy=known.policy.version,
            by=command.by,
            at=command.at,
        )
    ]


def evolve(_visit: Completed | None, event: Completed) -> Completed:
    """A visit never changes; another one follows where it is returned."""
    return event


def _refuse_unless_possible(command: Report, day: date, known: Known) -> None:
    """A visit lies in the past, within a day, and is made by a worker the provider has on that day."""
    if command.ended_at < command.started_at:
        raise Rejected("visit.ended_before_it_began")
    if command.ended_at > command.at:
        raise Rejected("visit.in_the_future")
    if command.ended_at - command.started_at > LONGEST:
        raise Rejected("visit.longer_than_a_day")
    if known.worker_provider != command.provider:
        raise Rejected("visit.worker_unknown")
    if known.worker_left_on is not None and known.worker_left_on <= day:
        raise Rejected("visit.worker_left", left_on=known.worker_left_on.isoformat())


def _minutes(command: Report) -> int:
    return (command.ended_at - command.started_at) // timedelta(minutes=1)


def _notice(command: Report, day: date, known: Known) -> tuple[Noticed, ...]:
    """What is odd about a visit, red first."""
    policy = known.policy
    reported_late = command.at - command.ended_at > timedelta(hours=policy.report_within_hours)
    checks: tuple[tuple[str, Colour, bool], ...] = (
        ("photo_reused", "red", known.photo_reused),
        ("overlap_worker", "red", known.worker_elsewhere),
        ("too_short", "amber", _minutes(command) < policy.least_minutes(command.item)),
        ("outside_window", "amber", not known.window_from <= day <= known.window_to),
        ("reported_late", "amber", reported_late),
        ("code_missing", "amber", policy.one_time_code and not command.code_given),
        ("place_missing", "amber", command.place is None),
    )
    return tuple(Noticed(code=code, colour=colour) for code, colour, holds in checks if holds)


decider: Decider[Report, Completed | None, Completed, Known | None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Completed)
)
