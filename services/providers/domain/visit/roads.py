"""What a worker's other visits say about one: a way that nobody makes so fast, the same minutes home after home.

Both are symmetrical: whichever report arrives last, every visit concerned is marked. Distances are between the points
of villages, never of homes; two homes of one village are no way apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.providers.domain import reach
from services.providers.domain.excepting import Excepting
from services.providers.domain.reach import Point

LEAST_HOMES = 2
"""A carer who always stays an hour with one person is no pattern."""


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """Another visit of the worker: where and when. ``travel_minutes`` between the two villages where the county has
    them measured, None: reckoned by the straight line."""

    visit: UUID
    person: UUID | None
    village: Point | None
    started_at: datetime
    ended_at: datetime
    minutes: int
    travel_minutes: int | None = None


def too_fast(
    started_at: datetime,
    ended_at: datetime,
    village: Point | None,
    others: Iterable[Nearby],
    rules: Excepting,
    detour_percent: int,
) -> tuple[UUID, ...]:
    """The visits that cannot be true together with this one; those at the same time are an overlap already."""
    found = []
    for other in others:
        between = max(started_at - other.ended_at, other.started_at - ended_at)
        needed = _least_minutes(village, other, rules, detour_percent)
        if between >= timedelta() and timedelta(minutes=needed) > between:
            found.append(other.visit)
    return tuple(found)


def _least_minutes(village: Point | None, other: Nearby, rules: Excepting, detour_percent: int) -> int:
    """Fewer than these are not believed: the way's minutes less the tolerance, rounded down."""
    if other.travel_minutes is not None:
        return max(0, other.travel_minutes - rules.travel_tolerance_minutes)
    if village is None or other.village is None:
        return 0
    road = reach.metres(village, other.village) * detour_percent * 60
    return max(0, road // (100 * 1000 * rules.travel_speed_km_per_hour) - rules.travel_tolerance_minutes)


def in_a_row(
    started_at: datetime, minutes: int, person: UUID | None, others: Sequence[Nearby], rules: Excepting
) -> tuple[UUID, ...]:
    """The other visits of a run of the same minutes through this one; empty where it is no run of enough homes."""
    before = sorted((one for one in others if one.started_at <= started_at), key=_begin, reverse=True)
    after = sorted((one for one in others if one.started_at > started_at), key=_begin)
    run = [*_same(before, minutes), *_same(after, minutes)]
    homes = {one.person for one in run} | {person}
    if len(run) + 1 < rules.identical_in_a_row or len(homes) < LEAST_HOMES:
        return ()
    return tuple(one.visit for one in run)


def _begin(one: Nearby) -> datetime:
    return one.started_at


def _same(visits: Iterable[Nearby], minutes: int) -> Iterable[Nearby]:
    for one in visits:
        if one.minutes != minutes:
            return
        yield one
