"""Exact forms: what is hashed, what is told, what is kept, and what differs from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from careloop.exchange import answer_json, read_facts, write_fact
from chassis.kernel.canonical import canonical
from services.settlement.domain.compare import compare
from services.settlement.domain.document import exchange_form, plain, statement_digest, statement_from
from services.settlement.domain.engine import Answer, Draw, Fact, Line, MissingGrade, Unfunded
from services.settlement.domain.engine.facts import (
    Agreed,
    Allocation,
    AllowanceMonth,
    EscortStay,
    Grade,
    NeighbourService,
    Override,
    PolicyKnown,
    Ruling,
    Seal,
    Segment,
    Service,
)
from services.settlement.domain.sequence import earlier_open, later_closed, with_passed_over
from services.settlement.domain.telling import fact_of, told
from tests.settlement.test_service_decisions import BUNDLE, GOODS
from tests.settlement.test_service_statement import CONTENT

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)
OWED: dict[str, Any] = {"payee": "p", "purchaser": "130528", "township": "t"}
DAYS = (Segment(first="2024-11-01", last="2024-11-30", tier="full", categories=("c",), age=9),)
FACTS: list[Fact] = [
    BUNDLE,
    GOODS,
    Service(id="1", source="orders", position=1, day="2024-11-01", time="08:00", person="x", item="i", units=1, **OWED),
    EscortStay(id="2", source="orders", position=2, day="2024-11-09", person="x",
               days=(Segment(first="2024-11-01", last="2024-11-09", level="city"),), **OWED),
    AllowanceMonth(id="3", source="orders", position=3, month="2024-11", person="x", rule="r", days=DAYS, **OWED),
    NeighbourService(id="4", source="orders", position=4, day="2024-11-09", units=3, **OWED),
    Agreed(id="5", source="orders", position=5, day="2024-11-09", person="x", rule="r", amount_fen=9, **OWED),
    Grade(id="6", source="settlement", position=6, month="2024-11", payee="p", township="t", grade=None),
    Grade(id="7", source="settlement", position=7, month="2024-11", payee="p", township="t", grade="good"),
    Allocation(id="8", source="settlement", position=8, fund="f", year=2024, amount_fen=-3, day="2024-11-09"),
    Override(id="9", source="settlement", position=9, fund="f", year=2024, role="finance"),
    PolicyKnown(id="10", source="settlement", position=10, version="130528/0001"),
    Ruling(id="11", source="settlement", position=11, month="2024-11", fact=BUNDLE.id, days=BUNDLE.days),
    Ruling(id="12", source="settlement", position=12, month="2024-11", person="x", rule="r", amount_fen=-1, **OWED),
    Seal(id="13", source="charity", position=13, month="2024-11"),
]  # fmt: skip
ANSWER = Answer(
    month="2024-11",
    policies=("130528/0001",),
    through={"orders": 9},
    statements=(CONTENT,),
    draws=(Draw("2024-11", "p", "130528", "r", "f", 5), Draw("2024-11", "p", "130528", "r", "f", 6, True, "o")),
    unfunded=(Unfunded("2024-11", "p", "130528", "r", 7),),
    missing_grades=(MissingGrade("p", "t"),),
)


@given(values)
def test_the_hashed_form_is_that_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_a_fraction_is_not_hashed() -> None:
    for value in (0.5, 2**53, -(2**53), {1, 2}):
        with pytest.raises(ValueError, match="exact form"):
            canonical(value)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_a_fact_is_told_and_read_back(fact: Fact) -> None:
    form = json.loads(json.dumps(told(fact)))
    assert fact_of(form, fact_id=fact.id, source=fact.source, position=fact.position) == fact


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_a_fact_is_told_as_the_exchange_form_has_it(fact: Fact) -> None:
    assert read_facts([json.dumps(told(fact))]) == [fact]
    assert told(fact) == json.loads(write_fact(fact))


def test_an_answer_is_told_as_the_exchange_form_has_it() -> None:
    assert exchange_form(ANSWER) == answer_json(ANSWER)


def test_a_kept_statement_is_read_back() -> None:
    kept = json.loads(json.dumps(plain(CONTENT)))
    assert statement_from("p", "130528", kept) == CONTENT
    del kept["lines"]
    assert statement_from("p", "130528", kept) == replace(CONTENT, lines=())


def test_the_digest_covers_amounts_and_no_township_of_a_line() -> None:
    moved = replace(CONTENT, lines=tuple(line._replace(township="u") for line in CONTENT.lines))
    dearer = replace(CONTENT, lines=tuple(line._replace(fen=line.fen + 1) for line in CONTENT.lines))
    assert statement_digest(moved) == statement_digest(CONTENT) != statement_digest(dearer)


def test_a_replay_that_gives_the_same_differs_nowhere() -> None:
    assert compare([CONTENT], ANSWER) == ()


def test_a_difference_is_named_by_statement_rule_and_person() -> None:
    lines = (Line("r", "x", None, 29999, None, "t"), *CONTENT.lines[1:])
    [difference] = compare([replace(CONTENT, lines=lines)], ANSWER)
    assert str(difference) == "2024-11 p 130528: line r x t: 29999 -> 30000"


def test_what_is_missing_or_new_is_a_difference() -> None:
    gone = compare([CONTENT], replace(ANSWER, statements=()))
    assert gone[0].place.detail == "missing now"
    assert {one.now_fen for one in gone} == {None}
    [new, *_] = compare([], ANSWER)
    assert (new.place.detail, new.kept_fen) == ("not kept", None)


def test_lines_twice_the_same_are_counted() -> None:
    doubled = replace(CONTENT, lines=(CONTENT.lines[0], *CONTENT.lines))
    [difference] = compare([doubled], ANSWER)
    assert (difference.kept_fen, difference.now_fen) == (30000, None)


def test_months_with_facts_are_closed_in_order() -> None:
    assert earlier_open("2024-12", ["2024-10"], ["2024-09", "2024-11", "2024-12"]) == ("2024-11",)
    assert earlier_open("2024-12", [], ["2024-11", "2024-09"]) == ("2024-09", "2024-11")
    assert later_closed("2024-10", ["2024-09", "2024-12", "2024-11"]) == "2024-11"
    assert later_closed("2024-12", ["2024-12"]) is None


def test_a_month_passed_over_counts_as_closed_empty() -> None:
    [over, kept] = with_passed_over([ANSWER], ["2024-10", "2024-11", "2024-12"])
    assert kept == ANSWER
    assert (over.month, over.through, over.policies) == ("2024-10", ANSWER.through, ANSWER.policies)
    assert (over.statements, over.draws, over.unfunded) == ((), (), ())
