"""The check of a policy pack explains every kind of error by place and line, all at once, and never raises."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from contracts import generate
from contracts.policy_pack import PackRefused, Problem, check, document, load, render, sha256
from contracts.values import fen
from tests.contracts.pack_mistakes import HOME, LOVE, MISTAKES

ROOT = Path(__file__).parents[2]
PACK = (ROOT / "deploy/localities/130528/0001.toml").read_text(encoding="utf-8")
CHILD = """
[pack]
county = "130529"
name = "邻县"
version = "130529/0001"
effective_from = "2025-01-01"
title = "邻县政策包"
extends = "130528/0001"

[[settlement.rule]]
id = "home_care_dibao_80"
kind = "per_person_month"
rate_yuan = "120"
when = { categories_any = ["dibao"], min_age = 80 }
items = [{ id = "daily_nursing" }]
funds = ["county_budget"]
cite = "paper 003, part 2 (6) item 13"
"""


def after(begin: str, old: str, new: str, text: str = PACK) -> tuple[str, int]:
    """``text`` with the first ``old`` after ``begin`` replaced by ``new``, and the line where that happened."""
    start = text.index(old, text.index(begin))
    return text[:start] + new + text[start + len(old) :], text.count("\n", 0, start) + 1


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.place, problem.code) for problem in problems]


@pytest.mark.parametrize(("begin", "old", "new", "place", "code"), MISTAKES)
def test_a_mistake_is_told_by_place_and_code(begin: str, old: str, new: str, place: str, code: str) -> None:
    text, _ = after(begin, old, new)
    assert (place, code) in told(check(text))


VALUES = [mistake for mistake in MISTAKES if mistake[2] and mistake[4] in ("malformed", "wrong_type", "out_of_range")]


@pytest.mark.parametrize(("begin", "old", "new", "place", "code"), VALUES)
def test_a_wrong_value_is_told_with_its_line(begin: str, old: str, new: str, place: str, code: str) -> None:
    text, line = after(begin, old, new)
    where = {problem.place: problem.line for problem in check(text)}
    assert where[place] in range(line, line + new.count("\n") + 1)


def test_a_sound_pack_has_no_problem() -> None:
    assert check(PACK) == []


def test_every_mistake_is_told_at_once() -> None:
    text, _ = after(HOME, 'rate_yuan = "300"', 'rate_yuan = "３００"')
    text, _ = after(LOVE, 'funds = ["charity"]', 'funds = ["charty"]', text)
    text, _ = after("[orders.spot_check]", "percent = 30", "percent = 3", text)
    assert told(check(text)) == [
        ("orders.spot_check.percent", "out_of_range"),
        ("settlement.rule[1].rate_yuan", "malformed"),
        ("settlement.rule[5].funds[1]", "unknown_reference"),
    ]


def test_a_message_speaks_english_and_chinese() -> None:
    text, line = after("[orders.spot_check]", "percent = 30", "percent = 3")
    assert [str(problem) for problem in check(text)] == [
        f"line {line}: orders.spot_check.percent: must be at least 30 / 不得小于 30 [out_of_range]"
    ]


def test_a_missing_key_is_told_at_its_table() -> None:
    text, line = after("[charity.claim]", "hold_hours = 72\n", "")
    assert [(problem.line, problem.place, problem.code) for problem in check(text)] == [
        (line - 1, "charity.claim.hold_hours", "missing")
    ]


def test_a_missing_section_is_told() -> None:
    start, end = PACK.index("[statements]"), PACK.index("[settlement]")
    assert told(check(PACK[:start] + PACK[end:])) == [("statements", "missing")]


def test_a_settlement_rule_without_cite_is_told() -> None:
    text, _ = after(HOME, "cite = {", "#")
    assert told(check(text)) == [("settlement.rule[1].cite", "missing")]


def test_a_settlement_rule_may_cite_by_one_line() -> None:
    text, _ = after(HOME, 'cite = { paper = "003"', 'cite = "paper 003, part 2 (6) item 13" #')
    assert check(text) == []


def test_an_element_of_a_long_list_has_its_own_line() -> None:
    text, line = after('id = "home_care_destitute_full"', "times = 2", 'times = "2"')
    assert [(problem.line, problem.place) for problem in check(text)] == [(line, "orders.programme[1].plan[4].times")]


def test_a_header_within_a_text_over_several_lines_is_not_taken_for_a_table() -> None:
    text, _ = after("[pack]", 'name = "宁晋县"', 'name = """\n[settlement]\nversion = 1"""')
    moved, line = after('[settlement]\nversion = "', "retroactive = false", "retroactive = 0", text)
    assert ("settlement.retroactive", line) in [(problem.place, problem.line) for problem in check(moved)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("[pack]\ncounty = 130528x", 2), ("a = 1\na = 2", 2), ('a = "open', 1), ("\ufeffa = 1", 1), ("a = \x00", 1)],
)
def test_a_syntax_error_is_told_with_its_line(text: str, line: int) -> None:
    assert [(problem.line, problem.code) for problem in check(text)] == [(line, "syntax")]


def test_a_syntax_error_at_the_end_is_told_at_the_last_line() -> None:
    assert [(problem.line, problem.code) for problem in check("[pack]\na = [\n1,")] == [(3, "syntax")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#" * 300_000, "too_large"),
        ("a = " + "[" * 5000, "syntax"),
        ("a = " + "[1," * 5000, "syntax"),
        ("a" + ".a" * 50_000 + " = 1", "syntax"),
        ("a = '\ud800'", "not_utf8"),
    ],
)
def test_a_text_made_to_hurt_is_refused(text: str, code: str) -> None:
    assert [problem.code for problem in check(text)] == [code]


@given(st.text(max_size=200))
def test_no_text_makes_the_check_raise(text: str) -> None:
    assert check(text) != []


JUNK = st.sampled_from(["1", "true", '"x"', "[]", "{}", "[{}]", "[{id = []}]", "1979-05-27", "nan", "{id = 1}"])
LINES = PACK.split("\n")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), JUNK), min_size=1, max_size=5))
def test_no_misshapen_pack_makes_the_check_raise(changes: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for number, junk in changes:
        key, equals, _ = lines[number].partition(" = ")
        lines[number] = f"{key} = {junk}" if equals else lines[number]
    for problem in check("\n".join(lines)):
        assert problem.message.count(" / ") >= 1


def test_loading_a_refused_pack_raises_with_every_problem() -> None:
    text, _ = after(HOME, 'rate_yuan = "300"', 'rate_yuan = "x"')
    with pytest.raises(PackRefused) as refused:
        load(text)
    assert refused.value.problems == check(text)


def test_the_hash_is_that_of_the_exact_bytes() -> None:
    assert sha256(PACK) == hashlib.sha256((ROOT / "deploy/localities/130528/0001.toml").read_bytes()).hexdigest()


def test_a_child_completes_itself_from_its_parent() -> None:
    pack = load(CHILD, {"130528/0001": PACK})
    rates = {rule.id: rule.rate_yuan for rule in pack.settlement.rule if rule.kind == "per_person_month"}
    assert (pack.settlement.version, rates) == (
        "130529/0001",
        {"home_care_destitute": "300", "home_care_dibao_80": "120"},
    )


def test_a_child_is_refused_while_its_parent_is_not_at_hand() -> None:
    assert told(check(CHILD)) == [("pack.extends", "parent_unknown")]


def test_a_mistake_of_a_child_is_told_at_the_child_s_line() -> None:
    text, line = after("[[settlement.rule]]", '"120"', '"1２0"', CHILD)
    assert [(problem.line, problem.place) for problem in check(text, {"130528/0001": PACK})] == [
        (line, "settlement.rule[2].rate_yuan")
    ]


def test_packs_that_extend_each_other_are_refused() -> None:
    text, _ = after("[pack]", 'version = "130528/0001"', 'version = "130528/0001"\nextends = "130529/0001"')
    assert told(check(CHILD, {"130528/0001": text, "130529/0001": CHILD})) == [("pack.extends", "ancestry_too_long")]


def test_a_merged_pack_is_written_back_complete_in_itself() -> None:
    merged = document(CHILD, {"130528/0001": PACK})
    assert document(render(merged)) == merged


def test_a_merged_pack_names_what_it_was_merged_from() -> None:
    head = load(CHILD, {"130528/0001": PACK}).pack
    assert (head.extends, head.merged_from) == (None, "130528/0001")


def test_yuan_become_fen_exactly() -> None:
    assert [fen(text) for text in ("0", "0.1", "10.45", "300")] == [0, 10, 1045, 30000]


def test_the_written_schemas_are_current() -> None:
    assert generate.stale() == []


def test_a_schema_that_was_changed_by_hand_is_named(tmp_path: Path) -> None:
    generate.write(tmp_path)
    (tmp_path / "schemas/policy_pack.schema.json").write_text("{}")
    assert generate.stale(tmp_path) == ["schemas/policy_pack.schema.json"]


def schema() -> Draft202012Validator:
    published = json.loads((ROOT / "contracts/schemas/policy_pack.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published)


def test_the_published_schema_takes_a_sound_pack() -> None:
    assert list(schema().iter_errors(tomllib.loads(PACK))) == []


@pytest.mark.parametrize(("begin", "old", "new", "place", "code"), MISTAKES[:9])
def test_the_published_schema_refuses_a_misshapen_pack(begin: str, old: str, new: str, place: str, code: str) -> None:
    text, _ = after(begin, old, new)
    assert not schema().is_valid(tomllib.loads(text)), (place, code)
