"""Distances are exact enough to be told in metres, and minutes follow the county's circle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.providers.domain.place import Locate, Located
from services.providers.domain.reach import Point, metres, minutes
from tests.providers.examples import A_PLACE, NEARBY, NOW, POLICY, TOWN, VILLAGE

points = st.builds(
    Point,
    latitude_udeg=st.integers(-90_000_000, 90_000_000),
    longitude_udeg=st.integers(-180_000_000, 180_000_000),
)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    south = Point(latitude_udeg=37_000_000, longitude_udeg=114_000_000)
    north = Point(latitude_udeg=38_000_000, longitude_udeg=114_000_000)
    assert metres(south, north) == 111_195


def test_the_poles_are_half_the_circumference_apart() -> None:
    south = Point(latitude_udeg=-90_000_000, longitude_udeg=0)
    north = Point(latitude_udeg=90_000_000, longitude_udeg=0)
    assert metres(south, north) == 20_015_115


@given(points, points)
def test_the_way_back_is_as_long(one: Point, other: Point) -> None:
    assert metres(one, other) == metres(other, one)


@given(points)
def test_here_is_no_distance(here: Point) -> None:
    assert metres(here, here) == 0


@pytest.mark.parametrize(("distance", "expected"), [(0, 0), (1, 1), (384, 1), (385, 2), (11_538, 30), (11_539, 31)])
def test_minutes_are_those_of_the_road_rounded_up(distance: int, expected: int) -> None:
    policy = replace(POLICY, speed_km_per_hour=30, detour_percent=130)
    assert minutes(distance, policy) == expected


def test_a_place_is_located_and_corrected() -> None:
    at_town, at_nearby = (Located(code=VILLAGE, point=point, at=NOW) for point in (TOWN, NEARBY))
    A_PLACE.when(Locate(code=VILLAGE, point=TOWN, at=NOW)).then(at_town)
    A_PLACE.given(at_town).when(Locate(code=VILLAGE, point=TOWN, at=NOW)).then()
    A_PLACE.given(at_town).when(Locate(code=VILLAGE, point=NEARBY, at=NOW)).then(at_nearby)
