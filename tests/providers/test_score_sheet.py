"""The score sheet: what it adds up to, and what can never make it worse."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.providers.domain import score_sheet
from services.providers.domain.grading import Band, Grading, Measure
from services.providers.domain.score_sheet import Entry, Figure, Served
from tests.providers.grading import RULES, WELL_SERVED

ENTRIES = {
    "pictures": Entry(points=8, samples=5),
    "home_visits": Entry(points=12, samples=5),
    "neighbours": Entry(points=10, samples=5),
}
COUNTS = st.integers(0, 40)


def score(served: Served, entries: dict[str, Entry] = ENTRIES, sheet: Grading = RULES) -> int:
    return score_sheet.score(score_sheet.figures(sheet, served, entries))


def test_a_worked_example() -> None:
    """Of 20 orders 18 were served, 17 of 18 in time and one missed, 16 complete, 8 ratings of 36 stars, one complaint.

    15×16/18 + 8 + 12 + 10 + 20×28/32 + 15×18/20 + 10×17/19 + 5×75/100 = 87.0306… of 100.
    """
    served = Served(
        ordered=20, done=18, visits=18, complete=16, in_time=17, missed=1, ratings=8, stars=36, complaints=1
    )
    exact = Fraction(15 * 16, 18) + 30 + Fraction(20 * 28, 32) + Fraction(15 * 18, 20)
    exact += Fraction(10 * 17, 19) + Fraction(15, 4)
    assert score(served) == round(exact) == 87
    assert RULES.grade_of(87) == "good"


def test_without_enough_ratings_satisfaction_is_left_out_and_the_rest_weighs_all() -> None:
    few = replace(WELL_SERVED, ratings=4, stars=4)
    figures = score_sheet.figures(RULES, few, ENTRIES)
    assert "satisfaction" not in [one.code for one in figures]
    assert score_sheet.score(figures) == 94
    by_phone = {**ENTRIES, "satisfaction": Entry(points=10, samples=6)}
    assert score(few, by_phone) == 85


def test_what_an_assessor_must_still_enter_is_named_and_neighbours_are_optional() -> None:
    assert score_sheet.missing(RULES, {}) == ("pictures", "home_visits")
    assert score_sheet.missing(RULES, ENTRIES) == ()


def test_nothing_to_count_gives_nothing() -> None:
    assert score_sheet.score(()) == 0


@pytest.mark.parametrize(("got", "points"), [(0, 0), (1, 1), (2, 1), (199, 100), (198, 99), (200, 100)])
def test_a_half_goes_up(got: int, points: int) -> None:
    """Of 200: 1 is half a point of a hundred, 199 are 99.5."""
    figure = Figure(code="one", points=7, got=got, out_of=200, samples=1, source="entered")
    assert score_sheet.score([figure]) == points


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "good"), (85, "good"), (84, "average"), (70, "average"), (69, "poor"), (0, "poor")]
)
def test_the_bands_begin_where_the_pack_says(points: int, grade: str) -> None:
    assert RULES.grade_of(points) == grade


def test_every_band_is_read_by_its_beginning_whatever_the_order() -> None:
    turned = replace(RULES, bands=tuple(reversed(RULES.bands)))
    assert all(turned.grade_of(points) == RULES.grade_of(points) for points in range(101))


FIGURES = st.lists(
    st.tuples(st.integers(1, 50), st.integers(0, 30), st.integers(0, 30)).map(
        lambda told: Figure(
            code="one", points=told[0], got=told[1], out_of=max(1, told[1] + told[2]), samples=1, source="entered"
        )
    ),
    min_size=1,
    max_size=6,
)


@given(figures=FIGURES, more=st.integers(0, 30))
def test_a_score_lies_between_nothing_and_a_hundred_and_better_is_never_worse(figures: list[Figure], more: int) -> None:
    before = score_sheet.score(figures)
    assert 0 <= before <= 100
    first, *others = figures
    better = replace(first, got=min(first.out_of, first.got + more))
    assert score_sheet.score([*others, better]) >= before


@given(complaints=COUNTS, more=COUNTS)
def test_more_complaints_never_help(complaints: int, more: int) -> None:
    fewer = score(replace(WELL_SERVED, complaints=complaints))
    assert score(replace(WELL_SERVED, complaints=complaints + more)) <= fewer


def test_a_computed_figure_is_not_replaced_by_an_entry() -> None:
    sheet = replace(RULES, measures=(Measure(code="records", points=10, source="records"),), bands=(Band(
        grade="good", at_least=0),))  # fmt: skip
    assert score(replace(WELL_SERVED, complete=10), {"records": Entry(points=10, samples=9)}, sheet) == 50
