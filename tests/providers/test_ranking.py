"""Who comes first is decided by rule, and everybody who does not gets a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.providers.domain.ranking import Candidate, Weighed, rank
from tests.providers.examples import ANNING, BAIXIN, CHANGLE, ORDER, OTHER_TOWNSHIP, POLICY, candidate


def ranked(*candidates: Candidate, assigned: UUID | None = None, **refused: str) -> list[tuple[UUID, str | None]]:
    order = replace(ORDER, assigned=assigned)
    by_id = {{"anning": ANNING, "baixin": BAIXIN}[name]: code for name, code in refused.items()}
    return [(one.provider, one.reason_code) for one in rank(order, candidates, POLICY, by_id)]


def test_the_nearest_comes_first() -> None:
    far, near = candidate(ANNING, metres=9000), candidate(BAIXIN, metres=2000)
    assert ranked(far, near) == [(BAIXIN, None), (ANNING, "farther")]


def test_who_serves_the_person_already_comes_before_the_nearest() -> None:
    far, near = candidate(ANNING, metres=9000), candidate(BAIXIN, metres=2000)
    assert ranked(far, near, assigned=ANNING) == [(ANNING, None), (BAIXIN, "another_serves_the_person")]


def test_of_equally_near_ones_the_less_loaded_comes_first() -> None:
    loaded, free = candidate(ANNING, taken=9), candidate(BAIXIN, taken=2)
    assert ranked(loaded, free) == [(BAIXIN, None), (ANNING, "more_loaded")]


def test_of_equal_ones_the_smaller_id_comes_first() -> None:
    assert ranked(candidate(BAIXIN), candidate(ANNING)) == [(ANNING, None), (BAIXIN, "later_id")]


def test_a_village_that_is_not_on_the_map_keeps_nobody_out_but_comes_last() -> None:
    unknown, far = candidate(ANNING, metres=None), candidate(BAIXIN, metres=11_000)
    assert ranked(unknown, far) == [(BAIXIN, None), (ANNING, "farther")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"items": ("meal_help",)}, "item_not_agreed"),
        ({"townships": (OTHER_TOWNSHIP,)}, "township_not_agreed"),
        ({"valid_from": date(2026, 11, 2)}, "agreement_not_valid"),
        ({"valid_to": date(2026, 11, 6)}, "agreement_not_valid"),
        ({"qualified_to": date(2026, 11, 6)}, "qualification_ends"),
        ({"workers": 0}, "no_worker_there"),
        ({"metres": 11_539}, "out_of_reach"),
        ({"taken": 100}, "capacity_reached"),
    ],
)
def test_who_does_not_fit_is_left_out_with_the_reason(changes: dict[str, object], reason: str) -> None:
    assert ranked(candidate(ANNING, **changes)) == [(ANNING, reason)]


def test_the_last_day_of_agreement_and_qualification_still_counts() -> None:
    last = date(2026, 11, 7)
    assert ranked(candidate(ANNING, valid_to=last, qualified_to=last)) == [(ANNING, None)]


def test_thirty_minutes_are_near_enough() -> None:
    assert ranked(candidate(ANNING, metres=11_538)) == [(ANNING, None)]


def test_who_was_asked_in_vain_is_not_asked_again() -> None:
    assert ranked(candidate(ANNING), anning="declined") == [(ANNING, "declined")]


def test_one_of_several_agreements_is_enough() -> None:
    full, free = candidate(ANNING, taken=100), candidate(ANNING, agreement="2026-02")
    (only,) = rank(ORDER, [full, free], POLICY, {})
    assert (only.agreement, only.rank) == ("2026-02", 1)


def test_of_agreements_that_do_not_fit_the_one_that_came_furthest_gives_the_reason() -> None:
    wrong_item, full = candidate(ANNING, items=()), candidate(ANNING, agreement="2026-02", taken=100)
    assert ranked(wrong_item, full) == [(ANNING, "capacity_reached")]


candidates = st.lists(
    st.builds(
        candidate,
        st.sampled_from([ANNING, BAIXIN, CHANGLE]),
        agreement=st.sampled_from(["1", "2"]),
        items=st.sampled_from([("home_cleaning",), ()]),
        workers=st.integers(0, 1),
        taken=st.integers(98, 100),
        metres=st.sampled_from([None, 100, 5000, 20_000]),
    ),
    unique_by=lambda one: (one.provider, one.agreement),
)


@given(candidates, st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing(some: list[Candidate], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(ORDER, shuffled, POLICY, {}) == rank(ORDER, some, POLICY, {})


@given(candidates)
def test_every_provider_appears_once_and_only_the_first_has_no_reason(some: list[Candidate]) -> None:
    considered: Sequence[Weighed] = rank(ORDER, some, POLICY, {})
    assert sorted(one.provider for one in considered) == sorted({one.provider for one in some})
    without_reason = [one for one in considered if one.reason_code is None]
    assert without_reason == [one for one in considered if one.rank == 1]
    ranks = [one.rank for one in considered if one.rank is not None]
    assert ranks == list(range(1, len(ranks) + 1))
