"""The settlement section of a policy: what it says, and every fault named by its place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from careloop.exchange import PolicyInvalid, read_policy
from tests.settlement.settle_examples import AGREED, BATH, BUNDLE, ESCORT, GRADES, HOME, policy

FUND = '[[settlement.fund]]\nid = "A"\nowner = "county"\nbase = "pool"\npercent = "1"\nmode = "soft"\n'


def _faults(document: str) -> list[str]:
    with pytest.raises(PolicyInvalid) as refusal:
        read_policy(document)
    return [fault.split(":")[0] for fault in refusal.value.faults]


def test_a_policy_says_rules_grades_and_funds() -> None:
    read = read_policy(policy(BUNDLE, ESCORT, GRADES, FUND))
    assert [rule.id for rule in read.rules] == ["bundle", "escort"]
    assert read.rules[0].price_fen == 11000
    assert read.rules[1].price_by == {"township": 10000, "county": 15000, "city": 20000}
    assert read.grades == {"good": Fraction(0), "average": Fraction(1, 10)}
    assert (read.funds["A"].percent, read.funds["A"].mode) == (Fraction(1), "soft")


def test_only_units_and_person_months_are_deductible_unless_said() -> None:
    read = read_policy(policy(BUNDLE, BATH, ESCORT, AGREED))
    assert [rule.deductible for rule in read.rules] == [True, True, False, False]


def test_a_citation_is_a_text_or_a_table_of_paper_and_section() -> None:
    table = 'cite = {paper = "003", section = "part 2 (6) item 13", note = "每人每月300元", parameter = true}\n'
    read = read_policy(policy(BATH + 'cite = "paper 000, part 2"\n', HOME + table))
    assert [rule.cite for rule in read.rules] == ["paper 000, part 2", "paper 003, part 2 (6) item 13"]


@pytest.mark.parametrize(
    ("cite", "place"),
    [
        ('{paper = "003"}', "section"),
        ('{section = "part 2"}', "paper"),
        ('{paper = "003", section = "part 2", page = 3}', "page"),
        ('{paper = 3, section = "part 2"}', "paper"),
        ('{paper = "003", section = "part 2", parameter = "yes"}', "parameter"),
    ],
)
def test_a_citations_fault_is_named_by_its_place(cite: str, place: str) -> None:
    assert _faults(policy(BATH + f"cite = {cite}\n")) == [f"settlement.rule[1].cite.{place}"]


def test_a_shipped_pack_can_be_settled_by() -> None:
    pack = Path(__file__).parents[2] / "deploy" / "localities" / "130528" / "0001.toml"
    read = read_policy(pack.read_text(encoding="utf-8"))
    assert (read.version, read.rules[0].price_fen) == ("130528/0001", 30000)
    assert all(rule.cite.startswith("paper 003, part ") for rule in read.rules)


def test_a_key_beside_rules_grades_and_funds_is_refused() -> None:
    document = '[settlement]\nversion = "v1"\neffective_from = "2026-01-01"\nname = "x"\n'
    assert _faults(document) == ["settlement.name"]


def test_other_tables_are_somebody_elses() -> None:
    assert read_policy("[orders]\nwhat = 1\n" + policy(BATH)).version == "v1"


def test_the_first_day_may_be_a_toml_day() -> None:
    document = '[settlement]\nversion = "v1"\neffective_from = 2026-01-01\n'
    assert read_policy(document).effective_from == "2026-01-01"


@pytest.mark.parametrize("amount", ["10.456", "-1", "1e2", "", "ten", "１０", " 1"])
def test_an_amount_is_decimal_yuan_with_at_most_two_places(amount: str) -> None:
    assert _faults(policy(BATH.replace("10.45", amount))) == ["settlement.rule[1].price_yuan"]


def test_an_amount_that_is_a_number_is_refused() -> None:
    assert _faults(policy(BATH.replace('"10.45"', "10.45"))) == ["settlement.rule[1].price_yuan"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('colour = "red"', "settlement.rule[2].colour"),
        ('part_month = "half"', "settlement.rule[2].part_month"),
        ("units_per_month = -1", "settlement.rule[2].units_per_month"),
        ("units_per_month = true", "settlement.rule[2].units_per_month"),
        ('valid_from = "2026-02-30"', "settlement.rule[2].valid_from"),
        ('valid_from = "2026-03-01"\nvalid_to = "2026-02-01"', "settlement.rule[2].valid_to"),
        ("when = {min_age = -3}", "settlement.rule[2].when.min_age"),
        ('when = {sex = "f"}', "settlement.rule[2].when.sex"),
        ('price_yuan = "3"', "settlement.rule[2].rate_yuan"),
        ("deductible = 1", "settlement.rule[2].deductible"),
    ],
)
def test_a_fault_is_named_by_its_place(line: str, place: str) -> None:
    assert _faults(policy(BATH, HOME, line + "\n")) == [place]


def test_all_faults_are_told_at_once() -> None:
    document = policy(BATH.replace("10.45", "x"), HOME.replace("per_person_month", "per_moon"), "[[settlement.fund]]\n")
    assert _faults(document) == [
        "settlement.rule[1].price_yuan",
        "settlement.rule[2].kind",
        "settlement.fund[1].id",
    ]


def test_ids_are_given_once() -> None:
    assert _faults(policy(BATH, BATH)) == ["settlement.rule[1].id", "settlement.rule[2].id"]


@pytest.mark.parametrize("rate", ['"1.01"', '"-0.1"', '"a"', "true"])
def test_a_grades_rate_is_a_fraction(rate: str) -> None:
    assert _faults(policy(GRADES.replace('"0.10"', rate))) == ["settlement.grade[2].rate"]


def test_a_cap_needs_its_base_and_its_percentage() -> None:
    assert _faults(policy(FUND.replace('base = "pool"\n', ""))) == [
        "settlement.fund[1].base",
        "settlement.fund[1].mode",
    ]


@pytest.mark.parametrize("document", ["", "[settlement", "settlement = 3", "[settlement]\n"])
def test_a_document_without_a_section_is_refused(document: str) -> None:
    assert _faults(document)


def test_a_rule_of_the_kind_agreed_takes_no_price() -> None:
    assert _faults(policy(AGREED + 'rate_yuan = "3"\n')) == ["settlement.rule[1].rate_yuan"]


def test_a_rule_needs_exactly_one_price() -> None:
    assert _faults(policy(HOME.replace('rate_yuan = "300"\n', ""))) == ["settlement.rule[1].rate_yuan"]
