"""The exchange form: what is refused, with which line and reason; what is one fact; what comes out of files."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from careloop.exchange import ExchangeError, answer_json, read_closed, read_facts, scan_facts, write_fact
from careloop.settle_files import main
from tests.settlement.settle_examples import BATH, County, policy

SERVICE: dict[str, Any] = {
    "id": "s1",
    "source": "orders",
    "position": 1,
    "kind": "service",
    "day": "2026-11-03",
    "time": "09:00",
    "payee": "A",
    "purchaser": "county",
    "township": "t1",
    "person": "p1",
    "item": "bath",
    "units": 1,
}
COMMON = {"id": "x", "source": "orders", "position": 1}
OWED = {"payee": "A", "purchaser": "county", "township": "t1", "person": "p1"}
SEGMENT: dict[str, Any] = {"from": "2026-11-01", "to": "2026-11-10", "tier": "full", "categories": [], "assigned": True}
BUNDLE = {**COMMON, "kind": "bundle_month", "month": "2026-11", **OWED, "days": [SEGMENT]}
STAY = {**COMMON, "kind": "escort_stay", "day": "2026-11-10", **OWED}
RULING = {**COMMON, "source": "settlement", "kind": "ruling", "month": "2026-11"}


def _refused(*lines: object) -> tuple[int, str]:
    """Line and code of the first refusal."""
    with pytest.raises(ExchangeError) as refusal:
        read_facts([line if isinstance(line, str | bytes) else json.dumps(line) for line in lines])
    return refusal.value.line, refusal.value.code


@pytest.mark.parametrize("key", sorted(SERVICE))
def test_a_missing_key_is_refused(key: str) -> None:
    assert _refused({name: value for name, value in SERVICE.items() if name != key}) == (1, "key.missing")


@pytest.mark.parametrize("key", sorted(SERVICE.keys() - {"kind"}))
@pytest.mark.parametrize("value", [None, True, "", [], {}, -1, "a\x00b", "\ud800"])
def test_a_value_of_the_wrong_kind_is_refused(key: str, value: object) -> None:
    assert _refused({**SERVICE, key: value}) == (1, "value.malformed")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("day", "2026-02-30"),
        ("day", "2026-2-03"),
        ("day", "２０２６-11-03"),
        ("day", "2026-11-03T00:00"),
        ("time", "24:00"),
        ("time", "9:00"),
        ("source", "payments"),
        ("units", "1"),
        ("cause", "late"),
        ("month", "2026-12"),
        ("units", 2**53),
    ],
)
def test_a_malformed_value_is_refused(key: str, value: object) -> None:
    assert _refused({**SERVICE, key: value}) == (1, "value.malformed")


def test_an_unknown_key_is_refused() -> None:
    assert _refused({**SERVICE, "price_fen": 100}) == (1, "key.unknown")


@pytest.mark.parametrize("kind", ["payment", 7, None, ["service"]])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    assert _refused({**SERVICE, "kind": kind}) == (1, "kind.unknown")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json.malformed"),
        ("[1]", "json.malformed"),
        (b"\xff", "json.malformed"),
        (b"\xef\xbb\xbf{}", "json.malformed"),
        ('{"id": "a", "id": "a"}', "json.duplicate_key"),
        ('{"units": 1.0}', "value.malformed"),
        ('{"units": 1e3}', "value.malformed"),
        ('{"units": NaN}', "value.malformed"),
        ('{"units": -Infinity}', "value.malformed"),
        ('{"units": ' + "9" * 5000 + "}", "value.malformed"),
        ("[" * 100_000, "json.malformed"),
    ],
)
def test_a_line_that_two_readers_could_read_differently_is_refused(line: str | bytes, code: str) -> None:
    assert _refused(line) == (1, code)


def test_the_number_of_the_refused_line_counts_blank_lines() -> None:
    assert _refused("", "  \r", json.dumps(SERVICE), "{") == (4, "json.malformed")


def test_every_refusal_is_told() -> None:
    _, errors = scan_facts(["{", json.dumps(SERVICE), json.dumps({**SERVICE, "id": "s2", "units": -1})])
    assert [(error.line, error.code) for error in errors] == [(1, "json.malformed"), (3, "value.malformed")]


def test_equal_ids_with_equal_content_are_one_fact() -> None:
    turned = dict(reversed(SERVICE.items()))
    assert len(read_facts([json.dumps(SERVICE), json.dumps(turned)])) == 1


def test_equal_ids_with_different_content_are_refused() -> None:
    assert _refused(SERVICE, {**SERVICE, "units": 2}) == (2, "id.conflict")


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([SEGMENT, {**SEGMENT, "from": "2026-11-10", "to": "2026-11-12"}], "segments.overlap"),
        ([{**SEGMENT, "from": "2026-11-11"}], "segments.reversed"),
        ([{**SEGMENT, "to": "2026-12-01"}], "segments.outside_month"),
        ([{**SEGMENT, "level": "city"}], "key.unknown"),
        ([{key: value for key, value in SEGMENT.items() if key != "assigned"}], "key.missing"),
        ([{**SEGMENT, "age": -1}], "value.malformed"),
        ([7], "value.malformed"),
    ],
)
def test_days_that_cannot_be_are_refused(days: object, code: str) -> None:
    assert _refused({**BUNDLE, "days": days}) == (1, code)


def test_the_segments_of_a_stay_may_share_the_day_of_the_move() -> None:
    days = [
        {"from": "2026-11-03", "to": "2026-11-06", "level": "township"},
        {"from": "2026-11-06", "to": "2026-11-10", "level": "county"},
    ]
    assert len(read_facts([json.dumps({**STAY, "days": days, "month": "2026-11"})])) == 1


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({}, "key.missing"),
        ({**OWED, "rule": "bath"}, "ruling.form"),
        ({**OWED, "rule": "bath", "units": 1}, "key.missing"),
        ({**OWED, "rule": "bath", "units": 1, "amount_fen": 1, "day": "2026-11-03"}, "ruling.form"),
        ({"fact": "s1", "units": 1, "amount_fen": 1}, "ruling.form"),
        ({"fact": "s1", "payee": "A"}, "ruling.form"),
        ({"fact": "s1", "units": -1}, "value.malformed"),
    ],
)
def test_a_ruling_has_one_of_two_forms(keys: dict[str, object], code: str) -> None:
    assert _refused({**RULING, **keys}) == (1, code)


@pytest.mark.parametrize("keys", [{"amount_fen": 5}, {"days": []}, {"grade": "good"}, {"month": "2026-12"}])
def test_a_ruling_about_what_the_fact_does_not_have_is_refused(keys: dict[str, object]) -> None:
    assert _refused({**RULING, "fact": "s1", **keys}, SERVICE) == (1, "ruling.unfit")


def test_a_ruling_about_a_fact_that_is_not_there_is_read() -> None:
    assert len(read_facts([json.dumps({**RULING, "fact": "elsewhere"})])) == 1


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({}, "key.missing"),
        ({"grade": "good", "waived": True}, "value.malformed"),
        ({"waived": False}, "value.malformed"),
    ],
)
def test_a_grade_is_given_or_waived(keys: dict[str, object], code: str) -> None:
    grade = {**COMMON, "kind": "grade", "month": "2026-11", "payee": "A", "township": "t1"}
    assert _refused({**grade, **keys}) == (1, code)


def test_an_allocation_may_be_a_cut_and_an_override_not() -> None:
    money = {"source": "settlement", "position": 1, "fund": "A", "year": 2026, "amount_fen": -5}
    assert len(read_facts([json.dumps({"id": "a", "kind": "allocation", **money})])) == 1
    assert _refused({"id": "o", "kind": "override", "role": "director", **money}) == (1, "value.malformed")


def test_a_fact_is_written_with_the_keys_of_its_kind() -> None:
    line = write_fact(read_facts([json.dumps(BUNDLE)])[0])
    assert json.loads(line) == BUNDLE


def _files(folder: Path, county: County, document: str) -> tuple[Path, Path]:
    facts, rules = folder / "facts.jsonl", folder / "policy.toml"
    facts.write_text("\n".join(write_fact(fact) for fact in county.facts()), encoding="utf-8")
    rules.write_text(document, encoding="utf-8")
    return facts, rules


def test_a_month_is_settled_from_files_with_the_closes_before_it(tmp_path: Path) -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    county.sealed()
    county.ruled(fact=service, cause="mistake")
    facts, rules = _files(tmp_path, county, policy(BATH) + '\n[orders]\nsomething = "else"\n')
    closed = tmp_path / "closed.jsonl"
    closed.write_text(json.dumps(answer_json(county.settle())) + "\n", encoding="utf-8")
    out, err = StringIO(), StringIO()
    assert main(facts, [rules], "2026-12", closed, True, out, err) == 0
    answer = json.loads(out.getvalue())
    assert answer["statements"][0]["corrections"] == [
        {"month": "2026-11", "rule": "bath", "fen": -1045, "cause": "mistake", "causes": ["mistake"]}
    ]
    assert answer["statements"][0]["carried_out"] == {"bath": -1045}


def test_every_refusal_of_every_file_is_told_and_nothing_computed(tmp_path: Path) -> None:
    facts, rules = _files(tmp_path, County(), policy(BATH.replace('"10.45"', '"10.456"')))
    facts.write_text("{\n" + json.dumps({**SERVICE, "units": True}) + "\n", encoding="utf-8")
    out, err = StringIO(), StringIO()
    assert main(facts, [rules, tmp_path / "absent.toml"], "2026-11", None, True, out, err) == 2
    told = err.getvalue()
    assert "line 1: json.malformed" in told
    assert "line 2: value.malformed: units" in told
    assert "settlement.rule[1].price_yuan" in told
    assert "absent.toml" in told
    assert out.getvalue() == ""


def test_two_contents_of_one_version_are_refused(tmp_path: Path) -> None:
    facts, rules = _files(tmp_path, County(), policy(BATH))
    other = tmp_path / "other.toml"
    other.write_text(policy(BATH.replace("10.45", "11")), encoding="utf-8")
    err = StringIO()
    assert main(facts, [rules, other], "2026-11", None, True, StringIO(), err) == 2
    assert "policy.conflict: v1" in err.getvalue()


@pytest.mark.parametrize("month", ["2026-13", "2026", "november"])
def test_a_month_that_is_none_is_refused(tmp_path: Path, month: str) -> None:
    facts, rules = _files(tmp_path, County(), policy(BATH))
    assert main(facts, [rules], month, None, True, StringIO(), StringIO()) == 2


def test_a_closed_file_that_is_no_answer_is_refused() -> None:
    for line in ("{}", '{"month": "2026-11", "statements": [{"payee": "A"}]}', '{"month": "2026-11", "draws": [{}]}'):
        with pytest.raises(ExchangeError, match="line 1"):
            read_closed([line])


def test_amounts_can_be_read_by_a_person(tmp_path: Path) -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    facts, rules = _files(tmp_path, county, policy(BATH))
    out = StringIO()
    assert main(facts, [rules], "2026-11", None, False, out, StringIO()) == 0
    assert "payable bath  10.45" in out.getvalue()
