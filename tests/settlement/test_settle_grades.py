"""Groups and deductions (S10), rounding (S4), grades that are missing, waived or replaced."""

from __future__ import annotations

import pytest

from services.settlement.domain.engine.money import rounded
from tests.settlement.settle_examples import AGREED, BATH, BUNDLE, GRADES, County, fens, policy, rows


def test_a_group_is_of_one_rule_and_township() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3, 4, township="t1")
    county.served("bath", 5, township="t2")
    county.graded("average", township="t2")
    answer = county.settle()
    assert fens(answer, "groups") == [1045, 2090]
    assert [(row["township"], row["grade"], row["fen"]) for row in rows(answer, "deductions")] == [
        ("t2", "average", -105)
    ]


def test_only_deductible_rules_are_reduced() -> None:
    county = County(policy(BATH + "deductible = false\n", AGREED, GRADES))
    county.served("bath", 3)
    county.tell("agreed", day="2026-11-04", rule="single", amount_fen=500, **county.owed({}))
    county.graded("average")
    assert rows(county.settle(), "deductions") == []


def test_an_agreed_rule_may_be_made_deductible() -> None:
    county = County(policy(AGREED + "deductible = true\n", GRADES))
    county.tell("agreed", day="2026-11-04", rule="single", amount_fen=500, **county.owed({}))
    county.graded("average")
    assert fens(county.settle(), "deductions") == [-50]


def test_a_later_grade_replaces_the_earlier() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("average")
    county.graded("good")
    assert rows(county.settle(), "deductions") == []


def test_a_waived_grade_deducts_nothing_and_is_not_missing() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.tell("grade", "settlement", month="2026-11", payee="A", township="t1", waived=True)
    answer = county.settle()
    assert (rows(answer, "deductions"), answer.missing_grades) == ([], ())


def test_a_grade_may_be_waived_by_its_word() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("waived")
    assert county.settle().missing_grades == ()


def test_a_deductible_group_without_grade_is_named() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3, township="t1")
    county.served("bath", 3, township="t2")
    county.graded("good", township="t2")
    assert rows(county.settle(), "missing_grades") == [{"payee": "A", "township": "t1"}]


def test_only_drawn_townships_have_a_grade_due() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3, township="t1")
    county.served("bath", 3, township="t2")
    assert [due.township for due in county.settle().grades_due({"t2", "t3"})] == ["t2"]


def test_rates_and_deductible_are_those_of_the_months_last_day() -> None:
    later = policy(BATH, GRADES.replace("0.10", "0.50"), version="v2", effective_from="2026-11-30")
    county = County(policy(BATH + "deductible = false\n", GRADES), later)
    county.served("bath", 3)
    county.graded("average")
    assert fens(county.settle(), "deductions") == [-523]


@pytest.mark.parametrize(
    ("numerator", "denominator", "wanted"),
    [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (-1, 3, 0), (5, 3, 2), (-5, 3, -2), (-3, 2, -2), (7, 1, 7), (0, 9, 0)],
)
def test_halves_round_away_from_zero(numerator: int, denominator: int, wanted: int) -> None:
    assert rounded(numerator, denominator) == wanted


def test_lines_are_rounded_one_by_one_and_the_deduction_once_a_group() -> None:
    county = County(policy(BUNDLE, GRADES))
    for person in ("p1", "p2", "p3"):
        county.month(1, 28, person=person)
        county.served("haircut", 12, person=person)
        county.served("cleaning", 3, person=person)
    county.graded("average")
    answer = county.settle()
    assert fens(answer) == [2053, 2053, 2053]  # 11000 × 28/30 × 1/5 = 2053.3…
    assert fens(answer, "deductions") == [-616]  # of 6159, not three times of 2053
