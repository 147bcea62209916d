"""Where the papers leave seals, grades, corrections or draws open: each reading by an example, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from services.settlement.domain.engine import Answer
from tests.settlement.settle_both import Told
from tests.settlement.settle_examples import BATH, GRADES, HOME, fens, policy, rows
from tests.settlement.test_settle_kinds import GOODS, NEIGHBOUR

SOFT = """
[[settlement.fund]]
id = "A"
base = "pool"
percent = "1"
mode = "soft"
override_role = "director"
"""


def causes(answer: Answer, **where: str) -> list[list[str]]:
    found = rows(answer, "corrections")
    return [row["causes"] for row in found if all(row[key] == value for key, value in where.items())]


def test_a_grade_that_the_version_does_not_know_deducts_nothing_and_was_given() -> None:
    county = Told(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("splendid")
    answer = county.november()
    assert (fens(answer, "deductions"), answer.missing_grades) == ([], ())


@pytest.mark.parametrize("waived", [{"grade": "waived"}, {"waived": True}])
def test_a_grade_is_waived_by_its_word_or_by_its_key(waived: dict[str, Any]) -> None:
    county = Told(policy(BATH, GRADES))
    county.served("bath", 3)
    county.tell("grade", "settlement", month="2026-11", payee="A", township="t1", **waived)
    assert county.november().missing_grades == ()


def test_a_draw_that_crosses_the_cap_is_one_row_marked_with_the_last_override() -> None:
    county = Told(policy(BATH, SOFT))
    county.served("bath", 3)
    county.allocated("A", 100_000)
    county.allocated("pool", 100_000)
    _, last, _ = (
        county.tell("override", "settlement", fund="A", year=2026, day="2026-11-20", role=role, amount_fen=40)
        for role in ("director", "director", "clerk")
    )
    [draw] = rows(county.november(), "draws")
    assert (draw["fen"], draw["over_cap"], draw["override"]) == (1_045, True, last)


def test_the_bounds_of_several_overrides_add_up() -> None:
    county = Told(policy(BATH, SOFT))
    county.served("bath", 3)
    county.allocated("A", 100_000)
    for _ in range(2):
        county.tell("override", "settlement", fund="A", year=2026, day="2026-11-20", role="director", amount_fen=400)
    assert fens(county.november(), "draws") == [800]


def test_a_retroactive_version_with_new_funds_draws_only_at_the_next_allocation() -> None:
    both = policy(BATH, version="v2", effective_from="2026-01-02", retroactive=True)
    county = Told(policy(BATH.replace('["A", "B"]', '["A"]')), both)
    county.served("bath", 3)
    county.allocated("B", 5_000)
    county.sealed("2026-11")
    county.tell("policy", "settlement", version="v2")
    county.sealed("2026-12")
    assert fens(county.december(), "draws") == []
    county.allocated("C", 1)
    assert fens(county.closes("2026-11", "2026-12", "2027-01")[2], "draws", fund="B") == [1_045]


def test_a_closed_month_told_again_moves_both_payees() -> None:
    county = Told(policy(HOME))
    for payee, assigned in (("A", True), ("B", False)):
        county.month(1, 20, assigned=assigned, payee=payee)
        county.served("visit", 3, payee=payee)
    county.sealed("2026-11")
    for payee, assigned in (("A", False), ("B", True)):
        county.month(1, 30, assigned=assigned, payee=payee)
    found = rows(county.december(), "corrections")
    assert [(row["payee"], row["fen"], row["cause"]) for row in found] == [
        ("A", -20_000, "late"),
        ("B", 30_000, "late"),
    ]


def test_a_person_who_gets_the_same_as_before_brings_no_cause() -> None:
    county = Told(policy(GOODS))
    county.tell("goods", day="2026-11-09", time="09:00", item="milk", units=9, **county.owed({}))
    county.sealed("2026-11")
    for who in ({"cause": "violation"}, {"person": "p2"}):
        county.tell("goods", day="2026-11-02", time="09:00", item="milk", units=9, **county.owed({**who}))
    assert causes(county.december()) == [["late"]]


def test_a_new_grade_is_a_cause_where_its_townships_deduction_changed() -> None:
    county = Told(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("average")
    county.sealed("2026-11")
    county.graded("average", cause="mistake")
    county.served("bath", 4)
    assert causes(county.december()) == [["mistake", "late"]]


def test_a_neighbours_line_is_moved_by_facts_of_its_payee_and_purchaser() -> None:
    county = Told(policy(NEIGHBOUR))
    place = {"payee": "n1", "township": "t1"}
    county.sealed("2026-12")
    for purchaser, cause in (("county", "mistake"), ("town", "objective")):
        who = {"purchaser": purchaser, "cause": cause, **place}
        county.tell("neighbour_service", day="2026-03-04", units=1, **who)
    last = county.closes("2026-12", "2027-01")[1]
    assert [causes(last, purchaser=purchaser) for purchaser in ("county", "town")] == [[["mistake"]], [["objective"]]]


def test_a_ruling_on_a_ruling_is_about_the_person_of_the_fact_in_the_end() -> None:
    county = Told(policy(BATH))
    [service] = county.served("bath", 3)
    first = county.ruled(fact=service)
    county.sealed("2026-11")
    county.ruled(fact=first, cause="mistake")
    assert causes(county.december()) == [["mistake"]]


def test_through_is_the_position_of_the_seal_or_else_of_the_last_fact() -> None:
    county = Told(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11", "orders")
    county.served("bath", 4)
    county.tell("agreed", "charity", day="2026-11-24", rule="single", amount_fen=1, **county.owed({}))
    county.allocated("A", 1)
    county.allocated("A", 2)
    assert dict(county.november().through) == {"charity": 1, "orders": 2, "settlement": 2}


def test_the_first_of_two_seals_of_a_month_counts() -> None:
    county = Told(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11", "orders")
    county.served("bath", 4)
    county.sealed("2026-11", "orders")
    assert fens(county.november()) == [1_045]
