"""Travel times from a place: the last that was told counts, and every change has a number."""

from __future__ import annotations

from chassis.testing import Specification
from services.providers.domain import travel_times
from services.providers.domain.travel_times import Tell, Told, Way
from tests.providers.examples import NOW, TOWNSHIP, VILLAGE

SOME_WAYS = Specification(travel_times.decider)
TELL = Tell(place=VILLAGE, source="survey", ways=(Way(to=TOWNSHIP, minutes=12),), at=NOW)
TOLD = Told(place=VILLAGE, source="survey", ways=TELL.ways, version=1, at=NOW)


def test_what_is_told_counts_and_what_is_not_named_stays() -> None:
    other = Tell(place=VILLAGE, source="survey", ways=(Way(to="130528101", minutes=25),), at=NOW)
    state = SOME_WAYS.when(TELL).when(other).state
    assert (state.minutes, state.version) == (((TOWNSHIP, 12), ("130528101", 25)), 2)


def test_the_same_again_changes_nothing_and_another_minute_is_a_new_version() -> None:
    SOME_WAYS.given(TOLD).when(TELL).then()
    slower = Tell(place=VILLAGE, source="survey", ways=(Way(to=TOWNSHIP, minutes=15),), at=NOW)
    SOME_WAYS.given(TOLD).when(slower).then(Told(place=VILLAGE, source="survey", ways=slower.ways, version=2, at=NOW))


def test_a_way_to_itself_or_told_twice_is_refused() -> None:
    itself = Tell(place=VILLAGE, source="survey", ways=(Way(to=VILLAGE, minutes=0),), at=NOW)
    SOME_WAYS.when(itself).rejected("travel.same_place")
    twice = Tell(
        place=VILLAGE, source="survey", ways=(Way(to=TOWNSHIP, minutes=1), Way(to=TOWNSHIP, minutes=2)), at=NOW
    )
    SOME_WAYS.when(twice).rejected("travel.told_twice")
