"""Reach: how far a service point is from a village, and how many minutes a worker needs to get there.

The county's policy says how many minutes are near enough (paper 003, part 2 (4) item 8 asks for service nearby; the
thirty-minute circle is paper 000's). Distances are between points of places, never of homes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from services.providers.domain.policy import Policy

EARTH_RADIUS_METRES = 6_371_009
MICRO = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point on earth in micro-degrees: north and east are positive."""

    latitude_udeg: int
    longitude_udeg: int


def metres(start: Point, end: Point) -> int:
    """The great-circle distance (haversine) in whole metres."""
    north, other_north = radians(start.latitude_udeg / MICRO), radians(end.latitude_udeg / MICRO)
    half_up = (other_north - north) / 2
    half_across = radians((end.longitude_udeg - start.longitude_udeg) / MICRO) / 2
    chord = sin(half_up) ** 2 + cos(north) * cos(other_north) * sin(half_across) ** 2
    return round(2 * EARTH_RADIUS_METRES * asin(sqrt(min(1.0, chord))))


def minutes(distance_metres: int, policy: Policy) -> int:
    """Whole minutes on the road, rounded up: the distance with the policy's detour, at the policy's speed."""
    road = distance_metres * policy.detour_percent * 60
    return -(-road // (100 * 1000 * policy.speed_km_per_hour))
