"""Each code is raised by a visit made for it, and alone; colours stay within their bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from contracts.policy_pack import exceptions as published
from services.providers.domain import excepting, visit
from services.providers.domain.visit.codes import CODES, colour_of
from services.providers.domain.visit.papers import unqualified, untrained
from services.providers.domain.visit.platform import Outage
from services.providers.domain.visit.roads import in_a_row, too_fast
from tests.providers.examples import FAR_AWAY, NEARBY, PERSON, TOWN, VILLAGE
from tests.providers.examples import POLICY as FIRST_POLICY
from tests.providers.oddities import MADE, THERAPIST, TRAINED, TRAINING, nearby, the_same_minutes
from tests.providers.visiting import A_VISIT, AROUND, ENDED, POLICY, REPORT, STARTS, SUPPLEMENT, noticed

RULES = POLICY.exceptions
NEWER = frozenset(
    {
        "too_long", "out_of_reach", "impossible_travel", "identical_minutes", "worker_unqualified", "worker_untrained",
    }
)  # fmt: skip


def test_every_code_of_the_catalogue_has_a_visit_made_for_it() -> None:
    assert set(MADE) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_visit_made_for_a_code_raises_it_and_nothing_else(code: str) -> None:
    report, known = MADE[code]()
    assert noticed(report, known) == [(code, CODES[code].colour)]


@pytest.mark.parametrize("code", sorted(NEWER))
def test_without_the_section_nothing_new_is_looked_at(code: str) -> None:
    report, known = MADE[code]()
    older = replace(known.policy, exceptions=excepting.USUAL)
    assert noticed(report, replace(known, policy=older)) == []
    assert not FIRST_POLICY.exceptions.judged


def test_the_published_pack_knows_the_same_codes_with_the_same_bounds() -> None:
    persons = {code for code, meaning in CODES.items() if meaning.of_person}
    assert set(get_args(published.OfPersons)) == persons
    assert set(get_args(published.OfTechnique)) == set(CODES) - persons


@pytest.mark.parametrize("code", CODES)
def test_no_pack_moves_a_colour_out_of_its_bounds(code: str) -> None:
    everything = frozenset(CODES)
    meaning = CODES[code]
    for rules in (
        replace(RULES, red=everything), replace(RULES, amber=everything), replace(RULES, grey=everything), RULES,
    ):  # fmt: skip
        assert colour_of(code, rules) in {*meaning.bounds, meaning.colour}
        assert meaning.of_person or colour_of(code, rules) != "red"
        assert not meaning.of_person or colour_of(code, rules) != "grey"


def test_a_county_may_see_too_short_as_red() -> None:
    strict = replace(POLICY, exceptions=replace(RULES, red=frozenset({"too_short"})))
    report, known = MADE["too_short"]()
    assert noticed(report, replace(known, policy=strict)) == [("too_short", "red")]


def test_a_code_missing_while_codes_were_down_is_grey() -> None:
    report, known = MADE["code_missing"]()
    down = Outage(down="codes", from_at=STARTS - timedelta(hours=1), to_at=STARTS + timedelta(minutes=1))
    assert noticed(report, replace(known, outages=(down,))) == [("code_missing", "grey")]
    assert noticed(report, replace(known, outages=(replace(down, down="reporting"),))) == [("code_missing", "amber")]


def test_only_the_hours_in_which_it_could_be_told_make_a_report_late() -> None:
    report, known = MADE["reported_late"]()
    one_hour = Outage(down="all", from_at=ENDED + timedelta(hours=2), to_at=ENDED + timedelta(hours=3))
    assert noticed(report, replace(known, outages=(one_hour, one_hour))) == [("reported_late", "grey")]
    less = replace(one_hour, to_at=one_hour.to_at - timedelta(seconds=1))
    assert noticed(report, replace(known, outages=(less,))) == [("reported_late", "amber")]


def test_no_place_from_a_village_without_a_signal_is_grey() -> None:
    weak = replace(POLICY, exceptions=replace(RULES, weak_signal_villages=frozenset({VILLAGE})))
    report, known = MADE["place_missing"]()
    assert noticed(report, replace(known, policy=weak)) == [("place_missing", "grey")]


def test_a_measured_way_goes_before_the_straight_line() -> None:
    slow = replace(nearby(1, 15, village=NEARBY), travel_minutes=26)
    assert noticed(REPORT, replace(AROUND, nearby=(slow,))) == [("impossible_travel", "red")]
    assert noticed(REPORT, replace(AROUND, nearby=(replace(slow, travel_minutes=25),))) == []
    far = replace(nearby(1, 15, village=FAR_AWAY), travel_minutes=20)
    assert noticed(REPORT, replace(AROUND, nearby=(far,))) == []


def test_both_visits_of_an_impossible_way_are_marked() -> None:
    report, known = MADE["impossible_travel"]()
    (completed,) = A_VISIT.when(report, known=known).events
    (clash,) = completed.clashes
    assert (clash.visit, clash.code, clash.colour) == (known.nearby[0].visit, "impossible_travel", "red")


def test_every_visit_of_a_run_is_marked_amber() -> None:
    report, known = the_same_minutes()
    (completed,) = A_VISIT.when(report, known=known).events
    assert {clash.visit for clash in completed.clashes} == {one.visit for one in known.nearby}
    assert {clash.colour for clash in completed.clashes} == {"amber"}


def test_one_home_is_no_pattern_and_neither_is_a_broken_run() -> None:
    _, known = the_same_minutes()
    at_home = tuple(replace(one, person=PERSON) for one in known.nearby)
    assert noticed(REPORT, replace(AROUND, nearby=at_home)) == []
    broken = (replace(known.nearby[0], minutes=46), *known.nearby[1:])
    assert noticed(REPORT, replace(AROUND, nearby=broken)) == []


def test_a_run_is_the_same_whichever_visit_is_told_last() -> None:
    _, known = the_same_minutes()
    mine = visit.Nearby(
        visit=known.nearby[0].visit, person=PERSON, village=None, started_at=STARTS, ended_at=ENDED, minutes=45
    )
    whole = [mine, *known.nearby]
    chance = random.Random(1)
    for last in whole:
        others = [one for one in whole if one is not last]
        chance.shuffle(others)
        assert len(in_a_row(last.started_at, 45, last.person, others, RULES)) == len(others)


def test_an_impossible_way_is_one_in_both_directions() -> None:
    before = nearby(1, 15, village=FAR_AWAY)
    there = too_fast(STARTS, ENDED, TOWN, [before], RULES, POLICY.detour_percent)
    mine = replace(before, village=TOWN, started_at=STARTS, ended_at=ENDED)
    back = too_fast(before.started_at, before.ended_at, FAR_AWAY, [mine], RULES, POLICY.detour_percent)
    assert (len(there), len(back)) == (1, 1)


def test_papers_count_on_the_service_day() -> None:
    day = date(2026, 11, 30)
    assert not unqualified(THERAPIST, "rehabilitation", day, POLICY)
    assert unqualified(THERAPIST, "rehabilitation", day + timedelta(days=1), POLICY)
    assert not unqualified(visit.Papers(told=frozenset({"nurse"})), "rehabilitation", day, POLICY)
    assert not unqualified(visit.Papers(), "home_cleaning", day, POLICY)
    assert not untrained(TRAINED, "home_cleaning", date(2027, 1, 4), TRAINING)
    assert untrained(TRAINED, "home_cleaning", date(2027, 1, 5), TRAINING)
    assert not untrained(visit.Papers(), "home_cleaning", day, POLICY)


def test_what_was_settled_is_not_noticed_again_by_the_next_supplement() -> None:
    taken = A_VISIT.when(*MADE["photos_missing"]())
    settled = taken.when(visit.Settle(code="photos_missing", how="acknowledged", at=ENDED + timedelta(hours=3)))
    line = replace(SUPPLEMENT, evidence=(), register_line="2026-11/17")
    assert settled.when(line, known=AROUND).state.exceptions == ()
    assert [one.code for one in taken.when(line, known=AROUND).state.exceptions] == ["photos_missing"]


def test_what_was_settled_and_comes_again_stands_again() -> None:
    settled = A_VISIT.when(*MADE["photo_reused"]()).when(
        visit.Settle(code="photo_reused", how="mended", at=ENDED + timedelta(hours=3))
    )
    again = settled.when(visit.NoteClash(code="photo_reused", at=ENDED + timedelta(hours=4)))
    assert [one.code for one in again.state.exceptions] == ["photo_reused"]
    assert again.state.settled == ()


def test_a_settled_code_is_settled_once() -> None:
    settle = visit.Settle(code="too_short", how="acknowledged", at=ENDED + timedelta(hours=3))
    taken = A_VISIT.when(*MADE["too_short"]())
    taken.when(settle).then(visit.ExceptionSettled(code="too_short", how="acknowledged", at=settle.at))
    taken.when(settle).when(settle).then()
