"""What a choice costs in the county's weights, and why the others stand behind: the part that made the difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.providers.domain import ranking
from services.providers.domain.matching_rules import Asks, Matching, Weight
from services.providers.domain.policy import Policy
from services.providers.domain.ranking import Candidate, Certificate, Hand, Served
from tests.providers.examples import ANNING, BAIXIN, CHANGLE, ORDER, POLICY, candidate

WEIGHT = Weight(continuity=300, same_provider=100, minute=10, load=1, fairness=1, uncovered=1_000_000)
LI, MA, SU = UUID(int=0x301), UUID(int=0x302), UUID(int=0x303)


def rules(**matching: object) -> Policy:
    return replace(POLICY, matching=replace(Matching(weight=WEIGHT), **matching))  # type: ignore[arg-type]


def hand(worker: UUID, minutes: int | None = 10, **changes: object) -> Hand:
    return replace(Hand(worker=worker, minutes=minutes), **changes)  # type: ignore[arg-type]


def with_crew(who: UUID, *crew: Hand, **changes: object) -> Candidate:
    return candidate(who, crew=crew, workers=len(crew), **changes)


def test_the_cost_is_the_sum_of_its_weighed_parts() -> None:
    served = Served(provider=BAIXIN, worker=MA)
    offer = with_crew(ANNING, hand(LI, 12), taken=20, over_share=7)
    (only,) = ranking.rank(ORDER, [offer], rules(), {}, served)
    assert only.parts == (300, 100, 120, 200, 7)
    assert (only.cost, only.worker, only.minutes) == (727, LI, 12)


def test_the_worker_who_came_last_comes_again_though_another_is_nearer() -> None:
    offer = with_crew(ANNING, hand(LI, 2), hand(MA, 25))
    (only,) = ranking.rank(ORDER, [offer], rules(), {}, Served(provider=ANNING, worker=MA))
    assert only.worker == MA


def test_a_way_that_is_far_enough_outweighs_the_worker_who_came_last() -> None:
    cheap = rules(weight=replace(WEIGHT, continuity=50))
    offer = with_crew(ANNING, hand(LI, 2), hand(MA, 25))
    (only,) = ranking.rank(ORDER, [offer], cheap, {}, Served(provider=ANNING, worker=MA))
    assert only.worker == LI


@pytest.mark.parametrize(
    ("other", "served", "reason"),
    [
        (with_crew(BAIXIN, hand(MA, 25)), None, "farther"),
        (with_crew(BAIXIN, hand(MA), taken=60), None, "more_loaded"),
        (with_crew(BAIXIN, hand(MA), over_share=90), None, "had_its_share"),
        (with_crew(BAIXIN, hand(MA)), Served(provider=ANNING, worker=LI), "another_worker_serves_the_person"),
        (with_crew(BAIXIN, hand(MA)), None, "later_id"),
    ],
)
def test_who_stands_behind_is_told_what_made_the_difference(
    other: Candidate, served: Served | None, reason: str
) -> None:
    first, second = ranking.rank(ORDER, [other, with_crew(ANNING, hand(LI))], rules(), {}, served)
    assert (first.provider, second.reason_code) == (ANNING, reason)


@pytest.mark.parametrize(
    ("asks", "changes", "crew", "reason"),
    [
        (Asks(certificates_any=("medical",)), {}, hand(LI), "certificate_missing"),
        (Asks(qualifications_any=("nurse",)), {}, hand(LI, qualifications=("cook",)), "worker_not_qualified"),
        (Asks(trained=True), {}, hand(LI, trained_to=date(2026, 10, 31)), "worker_not_trained"),
        (Asks(), {}, hand(LI, 31), "out_of_reach"),
        (Asks(), {}, hand(LI, taken=8, monthly_capacity=8), "workers_full"),
        (Asks(), {"taken": 100}, hand(LI), "capacity_reached"),
    ],
)
def test_a_worker_who_cannot_be_sent_keeps_the_provider_out(
    asks: Asks, changes: dict[str, object], crew: Hand, reason: str
) -> None:
    asked = rules(asks={ORDER.item: asks})
    (only,) = ranking.rank(ORDER, [with_crew(ANNING, crew, **changes)], asked, {})
    assert (only.rank, only.reason_code) == (None, reason)


def test_what_an_item_asks_for_is_enough_where_it_is_there() -> None:
    asked = rules(asks={ORDER.item: Asks(certificates_any=("medical",), qualifications_any=("nurse",), trained=True)})
    shown = Certificate(kind="medical", valid_from=date(2026, 1, 1), valid_to=ORDER.window_to)
    nurse = hand(LI, qualifications=("nurse",), trained_to=ORDER.window_from)
    (only,) = ranking.rank(ORDER, [with_crew(ANNING, nurse, certificates=(shown,))], asked, {})
    assert (only.rank, only.worker) == (1, LI)


def test_of_a_crew_the_failing_that_came_last_is_told() -> None:
    crew = (hand(LI, 99), hand(MA, taken=4, monthly_capacity=4))
    (only,) = ranking.rank(ORDER, [with_crew(ANNING, *crew)], rules(), {})
    assert only.reason_code == "workers_full"


def test_of_several_reasons_the_nearest_one_is_the_main_one() -> None:
    supply = [candidate(ANNING, items=()), with_crew(BAIXIN, hand(LI, 45)), candidate(CHANGLE, townships=())]
    assert ranking.main_reason(ranking.rank(ORDER, supply, rules(), {})) == "out_of_reach"
    assert ranking.main_reason(()) == "no_agreement"


def test_a_share_is_of_the_agreed_capacity() -> None:
    assert ranking.over_share(12, 20, 40, 100) == 100
    assert ranking.over_share(8, 20, 40, 100) == 0
    assert ranking.over_share(0, 0, 40, 100) == 0


def test_orders_are_shared_out_as_it_was_agreed() -> None:
    """Two providers as near as each other, with agreements of 30 and 10 orders: a fairness that outweighs the load
    keeps each within one order of its agreed part, all the month."""
    fair = rules(weight=replace(WEIGHT, load=0, fairness=5))
    agreed, taken = {ANNING: 30, BAIXIN: 10}, Counter[UUID]()
    for total in range(40):
        supply = [
            with_crew(
                who,
                hand(worker),
                capacity=agreed[who],
                taken=taken[who],
                over_share=ranking.over_share(taken[who], taken.total(), agreed[who], 40),
            )
            for who, worker in ((ANNING, LI), (BAIXIN, MA))
        ]
        first = ranking.rank(ORDER, supply, fair, {})[0]
        taken[first.provider] += 1
        assert abs(taken[ANNING] - (total + 1) * 3 / 4) <= 1
    assert taken == {ANNING: 30, BAIXIN: 10}


crews = st.lists(
    st.tuples(st.sampled_from([LI, MA, SU]), st.sampled_from([None, 3, 20, 40]), st.integers(0, 3)),
    max_size=3,
    unique_by=lambda one: one[0],
).map(lambda some: tuple(hand(worker, minutes, taken=taken) for worker, minutes, taken in some))
supplies = st.lists(
    st.tuples(st.sampled_from([ANNING, BAIXIN]), crews, st.integers(0, 100)), max_size=2, unique_by=lambda one: one[0]
).map(lambda some: [with_crew(who, *crew, taken=taken) for who, crew, taken in some])


@given(supplies, st.sampled_from([LI, MA, SU]), st.integers(0, 1000))
def test_a_greater_weight_of_continuity_never_takes_the_worker_away(
    supply: list[Candidate], last: UUID, more: int
) -> None:
    served = Served(provider=ANNING, worker=last)
    light = ranking.rank(ORDER, supply, rules(), {}, served)
    heavy = ranking.rank(ORDER, supply, rules(weight=replace(WEIGHT, continuity=300 + more)), {}, served)
    kept = [bool(one and one[0].rank and one[0].worker == last) for one in (light, heavy)]
    assert kept != [True, False]
