"""Spot checks: the list before the numbers, the numbers before the draw, the inspection before the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from chassis.testing import Specification
from services.orders.domain import drawing, spot_check
from services.orders.domain.drawing import Inspector, Line, Stratum
from services.orders.domain.policy.spot_checks import SpotRules, read_spot_checks
from services.orders.domain.spot_check import batch, calendar, year
from services.orders.domain.spot_check.raising import looked_at
from tests.orders import examples
from tests.orders.contact_examples import NINGJIN, POLICIES
from tests.orders.examples import at, day

PROVIDER, OTHER = UUID("00000000-0000-4000-8000-00000000c101"), UUID("00000000-0000-4000-8000-00000000c102")
WANG, LIU = UUID("00000000-0000-4000-8000-00000000f101"), UUID("00000000-0000-4000-8000-00000000f102")
ORDER = UUID("00000000-0000-4000-8000-00000000d101")
STREAM = spot_check.stream_of("130528", 2026, 1)
NUMBERS = {"bureau": "11" * 32, str(PROVIDER): "22" * 32, str(OTHER): "33" * 32}
RULES = NINGJIN.spot_checks


def line(number: int, provider: UUID = PROVIDER, **changes: object) -> Line:
    """A visit in January."""
    usual = Line(
        visit=UUID(int=number), order=ORDER, day=day("2026-01-12"), township="130528100", provider=provider,
        item="home_cleaning",
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


found = spot_check.Found(
    lines=(*(line(number) for number in range(1, 8)), line(8, OTHER)),
    strata={}, results={}, inspectors=(Inspector(id=WANG), Inspector(id=LIU, barred=(str(PROVIDER),))), hands=(),
    withheld={}, next_number=1, running=False, closed=False,
)  # fmt: skip
known = spot_check.Known(policies=POLICIES, head_position=41, head_hash="ab" * 32, found=found)
close = spot_check.CloseList(county="130528", year=2026, number=1, at=at("2026-02-05"))
a_batch = Specification(batch.decider)
listed = a_batch.when(close, known)


def commit(party: str, on: str = "2026-02-06") -> spot_check.Commit:
    """What a party binds itself to."""
    bound = sha256(bytes.fromhex(NUMBERS[party])).hexdigest()
    return spot_check.Commit(party=party, commitment=bound, at=at(on))


def reveal(party: str, on: str = "2026-02-07") -> spot_check.Reveal:
    """What a party tells."""
    return spot_check.Reveal(party=party, number=NUMBERS[party], at=at(on))


def committed(*parties: str) -> Specification:
    """The batch after commitments, told before the deadline."""
    told = a_batch.given(*listed.events)
    for party in parties:
        told = told.given(*told.when(commit(party), known).events)
    return told


def told(*parties: str) -> Specification:
    """The batch after all committed and some told their number."""
    so_far = committed(*NUMBERS)
    for party in parties:
        so_far = so_far.given(*so_far.when(reveal(party), known).events)
    return so_far


def test_the_digest_stands_before_any_number():
    *_, closed = listed.events
    assert closed.digest == drawing.digest_of(listed.state.list)
    assert closed.parties == tuple(sorted(["bureau", str(PROVIDER), str(OTHER)]))
    assert listed.state.seed == ""


def test_a_list_is_closed_once():
    a_batch.given(*listed.events).when(close, known).then()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": ()}, "spot_check.nothing_to_list"),
        ({"running": True}, "spot_check.batch_open"),
        ({"next_number": 2}, "spot_check.batch_open"),
        ({"closed": True}, "spot_check.year_closed"),
    ],
)
def test_a_list_is_not_closed(changes: dict[str, object], code: str):
    otherwise = replace(known, found=replace(found, **changes))  # type: ignore[arg-type]
    a_batch.when(close, otherwise).rejected(code)
    a_batch.when(replace(close, by_itself=True), otherwise).then()


def test_of_a_year_to_come_there_is_no_list():
    a_batch.when(replace(close, year=2027), known).rejected("spot_check.year_not_begun")


def test_the_logs_head_is_taken_when_the_last_has_committed_and_no_number_is_told():
    state = committed(*NUMBERS).when(spot_check.Turn(at=at("2026-02-06")), known).state
    assert (state.stage, state.head.head_hash, state.numbers) == ("revealing", "ab" * 32, {})


def test_a_commitment_stands():
    bound = committed("bureau")
    bound.when(commit("bureau"), known).then()
    other = replace(commit("bureau"), commitment="00" * 32)
    bound.when(other, known).rejected("spot_check.committed_otherwise")


def test_nobody_repeats_anothers_commitment():
    copied = replace(commit(str(PROVIDER)), commitment=commit("bureau").commitment)
    committed("bureau").when(copied, known).rejected("spot_check.anothers_commitment")


def test_only_who_is_in_the_list_commits_and_only_in_time():
    stranger = replace(commit("bureau"), party=str(WANG))
    committed().when(stranger, known).rejected("spot_check.not_a_party")
    committed().when(commit("bureau", "2026-02-09"), known).rejected("spot_check.not_now")


def test_no_number_is_told_before_commitments_are_closed():
    committed("bureau").when(reveal("bureau"), known).rejected("spot_check.not_now", stage="committing")


def test_another_number_than_the_one_committed_to_is_refused():
    wrong = replace(reveal("bureau"), number="99" * 32)
    committed(*NUMBERS).when(wrong, known).rejected("spot_check.not_the_number")


def test_the_last_number_makes_the_draw():
    state = told(*NUMBERS).when(spot_check.Turn(at=at("2026-02-20")), known).state
    assert state.seed == drawing.seed_of(state.closed.digest, NUMBERS, "ab" * 32)
    assert state.picks == drawing.draw(state.list, state.seed)
    assert state.withheld == ()
    assert {pick.stratum.split(",")[1] for pick in state.picks} == {str(PROVIDER), str(OTHER)}
    assert len(state.picks) == 3 + 1


def test_who_withholds_is_left_out_and_recorded():
    silent = told("bureau", str(PROVIDER)).when(spot_check.Turn(at=at("2026-02-20")), known)
    assert silent.events[-1].withheld == (str(OTHER),)
    assert silent.events[-1].seed == drawing.seed_of(
        silent.state.closed.digest, {name: NUMBERS[name] for name in ("bureau", str(PROVIDER))}, "ab" * 32
    )


def test_where_nobody_tells_a_number_nobody_gets_another_throw():
    silent = committed(*NUMBERS).when(spot_check.Turn(at=at("2026-02-20")), known)
    assert silent.events[-1].withheld == tuple(sorted(NUMBERS))


def test_where_nobody_commits_all_are_asked_anew():
    again = committed().when(spot_check.Turn(at=at("2026-02-09")), known)
    again.then(spot_check.Reopened(commit_until=at("2026-02-12"), at=at("2026-02-09")))
    assert len(again.when(commit("bureau", "2026-02-10"), known).events) == 1


def test_a_deadline_that_has_not_come_does_nothing():
    committed("bureau").when(spot_check.Turn(at=at("2026-02-07")), known).then()


def test_who_withheld_too_often_is_not_asked_but_the_bureau_always_is():
    often = replace(known, found=replace(found, withheld={str(OTHER): 3, "bureau": 9}))
    assert a_batch.when(close, often).state.closed.parties == tuple(sorted(["bureau", str(PROVIDER)]))


def test_who_has_an_interest_inspects_nothing_of_that_provider():
    state = told(*NUMBERS).when(spot_check.Turn(at=at("2026-02-20")), known).state
    assert {pick.inspector for pick in state.picks if str(PROVIDER) in pick.stratum} == {WANG}


def test_who_had_a_hand_in_a_visit_does_not_inspect_it():
    closed = listed.state.list
    every = tuple((one.visit, WANG) for one in closed.lines)
    picks = drawing.draw(replace(closed, hands=every), "77" * 32)
    assert {pick.inspector for pick in picks if str(PROVIDER) in pick.stratum} == {None}


def test_what_the_platform_failed_is_always_picked():
    grey = line(2, grey=True)
    closed = replace(listed.state.list, lines=(grey, *(line(number) for number in range(3, 9))))
    for seed in ("00" * 32, "01" * 32, "02" * 32):
        assert (grey.visit, "grey") in {(pick.visit, pick.why) for pick in drawing.draw(closed, seed)}


def test_the_exact_ceiling_not_a_rounded_share():
    assert [drawing.owed(30 * visits) for visits in (1, 3, 4, 7, 10)] == [1, 1, 2, 3, 3]


def test_a_list_too_short_for_what_is_owed_leaves_the_rest_owed():
    stratum = Stratum(key=f"130528100,{PROVIDER},home_cleaning", percent=100, population=20, hundredths=1500, picks=6)
    closed = replace(listed.state.list, strata=(stratum,), lines=(line(1), line(2)))
    picks = drawing.draw(closed, "00" * 32)
    [after] = drawing.after(closed, picks)
    assert (len(picks), drawing.owed(after.hundredths) - after.picks) == (2, 9)


def test_a_failing_stratum_raises_its_rate_step_by_step_and_falls_back_after_clean_batches():
    stratum = Stratum(key="x", percent=30)
    once = looked_at(stratum, 10, 1, RULES)
    twice = looked_at(once, 20, 3, RULES)
    assert (once.percent, twice.percent) == (50, 100)
    unseen = looked_at(twice, 20, 3, RULES)
    assert (unseen.percent, unseen.clean) == (100, 0)
    clean = looked_at(looked_at(twice, 30, 3, RULES), 40, 3, RULES)
    assert clean.percent == 50


def test_a_county_that_names_nothing_has_the_defaults():
    assert read_spot_checks({"spot_check": {"percent": 35}}) == SpotRules(percent=35)
    assert examples.NINGJIN.spot_checks.monthly_on_day == 0


count = year.Count(key="a", population=7, picks=3, checked=3, rejected=1)
good = year.Known(
    counts=(count,), percent=30, not_listed=0, inspections_open=0, extra=2, running=False, digests=("ab" * 32,)
)
over = year.Close(year=2026, at=at("2027-01-20"))


def test_a_year_that_has_what_the_rule_asks_is_closed_with_its_counts():
    [closed] = Specification(year.decider).when(over, good).events
    assert (closed.population, closed.checked, closed.rejected, closed.extra) == (7, 3, 1, 2)
    Specification(year.decider).given(closed).when(over, good).then()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counts": (count, replace(count, key="b", checked=2))}, "spot_check.below_the_rule"),
        ({"inspections_open": 1}, "spot_check.inspections_open"),
        ({"not_listed": 4}, "spot_check.not_listed"),
        ({"running": True}, "spot_check.batch_open"),
    ],
)
def test_a_year_is_not_closed_below_the_rule(changes: dict[str, object], code: str):
    short = replace(good, **changes)  # type: ignore[arg-type]
    Specification(year.decider).when(over, short).rejected(code)


def test_the_refusal_names_which_strata_owe_how_many():
    short = replace(good, counts=(replace(count, checked=1),))
    Specification(year.decider).when(over, short).rejected("spot_check.below_the_rule", strata=1, owed=2, named="a 2")


def test_a_year_that_runs_is_not_closed():
    Specification(year.decider).when(replace(over, at=at("2026-12-31")), good).rejected("spot_check.year_not_over")


def test_the_calendar_closes_a_list_each_month():
    reading = calendar.Known(county="130528", policies=POLICIES, next_numbers=((2025, 13), (2026, 2)))
    begun = Specification(calendar.decider).when(calendar.Go(at=at("2026-01-20")), reading)
    assert (begun.events[0].lists, begun.events[0].again_at) == ((), at("2026-02-05", "00:00"))
    gone = begun.when(calendar.Go(at=at("2026-02-05", "00:00")), reading)
    assert gone.events[0].lists == ((2025, 13), (2026, 2))
    gone.when(calendar.Go(at=at("2026-02-05", "00:00") + timedelta(hours=1)), reading).then()


def test_without_a_day_in_the_policy_nothing_is_listed_by_itself():
    resting = calendar.Known(county="130528", policies=examples.POLICIES, next_numbers=())
    Specification(calendar.decider).when(calendar.Go(at=at("2026-02-05")), resting).then()
