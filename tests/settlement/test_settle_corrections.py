"""Closed months: what is late, what it changes, why (S2, S11, S12)."""

from __future__ import annotations

import pytest

from tests.settlement.settle_examples import BATH, BUNDLE, ESCORT, GRADES, HOME, County, fens, policy, rows


def _correction(county: County, month: str = "2026-12") -> list[tuple[str, str, int, str, list[str]]]:
    return [
        (row["month"], row["rule"], row["fen"], row["cause"], row["causes"])
        for row in rows(county.settle(month), "corrections")
    ]


def test_a_late_fact_is_a_correction_of_the_next_month() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.sealed()
    county.served("bath", 4)
    assert fens(county.settle("2026-11")) == [1045]
    assert _correction(county) == [("2026-11", "bath", 1045, "late", ["late"])]


def test_what_stands_before_its_own_sources_seal_is_on_time() -> None:
    county = County(policy(BATH))
    county.sealed("2026-11", "settlement")
    county.served("bath", 3)
    county.sealed("2026-11", "orders", "charity")
    county.served("bath", 4, source="providers")
    assert fens(county.settle("2026-11")) == [1045, 1045]
    assert _correction(county) == []


def test_without_seals_nothing_is_late() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.served("bath", 4)
    assert fens(county.settle()) == [1045, 1045]


def test_a_draft_does_not_see_behind_the_seals_that_are_there() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.sealed("2026-11", "orders")
    county.served("bath", 4)
    county.graded("average")
    answer = county.settle()
    assert (fens(answer), fens(answer, "deductions")) == ([1045], [-105])


def test_a_correction_is_made_once() -> None:
    county = County(policy(BATH))
    county.sealed("2026-11")
    county.served("bath", 4)
    county.sealed("2026-12")
    county.sealed("2027-01")
    assert len(_correction(county, "2026-12")) == 1
    assert _correction(county, "2027-01") == []


def test_a_month_may_be_corrected_again() -> None:
    county = County(policy(BATH, GRADES))
    (service,) = county.served("bath", 4)
    county.sealed("2026-11")
    county.graded("average")
    county.sealed("2026-12")
    county.ruled(fact=service, cause="mistake")
    assert [row[2] for row in _correction(county, "2026-12")] == [-105]
    assert [(row[2], row[3]) for row in _correction(county, "2027-01")] == [(-940, "mistake")]


def test_the_debt_is_carried_and_paid_from_the_same_rule() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 4)
    county.sealed("2026-11")
    county.ruled(fact=service)
    county.sealed("2026-12")
    county.served("bath", 4, 5, month="2027-01")
    county.sealed("2027-01")
    assert fens(county.settle("2026-12"), "carried_out") == [-1045]
    answer = county.settle("2027-01")
    assert fens(answer, "carried_in") == [-1045]
    assert fens(answer, "payable") == [1045]


def test_a_payee_with_only_a_debt_still_has_a_statement_each_month() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 4)
    county.sealed("2026-11")
    county.ruled(fact=service)
    for month in ("2026-12", "2027-01", "2027-02"):
        county.sealed(month)
    assert fens(county.settle("2027-02"), "carried_out") == [-1045]


def test_all_causes_are_listed_and_the_gravest_names_it() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 4)
    county.sealed("2026-11")
    county.served("bath", 5, cause="objective")
    county.served("bath", 6)
    county.ruled(fact=service, units=3)
    county.served("bath", 7, cause="violation")
    assert _correction(county)[0][3:] == ("violation", ["violation", "ruling", "late", "objective"])


def test_a_fact_about_another_person_is_no_cause() -> None:
    county = County(policy(BATH))
    county.sealed("2026-11")
    county.served("bath", 5, person="p1")
    county.served("singing", 5, person="p2", cause="violation")
    assert _correction(county) == [("2026-11", "bath", 1045, "late", ["late"])]


def test_another_payees_service_is_a_cause_where_it_took_the_place() -> None:
    county = County(policy(BUNDLE))
    county.month(payee="A")
    county.month(payee="B", assigned=False)
    county.served("haircut", 12, payee="A")
    county.sealed("2026-11")
    county.served("haircut", 11, payee="B", cause="mistake")
    corrections = {(row["payee"], row["fen"], row["cause"]) for row in rows(county.settle("2026-12"), "corrections")}
    assert corrections == {("A", -1571, "mistake"), ("B", 1571, "mistake")}


def test_a_late_grade_corrects_the_deduction() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 4)
    county.sealed("2026-11")
    county.graded("average", cause="violation")
    assert _correction(county) == [("2026-11", "bath", -105, "violation", ["violation"])]


@pytest.mark.parametrize(
    ("retroactive", "wanted"), [(True, [("2026-11", "bath", 955, "policy", ["policy"])]), (False, [])]
)
def test_only_a_retroactive_version_reaches_behind_the_close(retroactive: bool, wanted: list[object]) -> None:
    dearer = BATH.replace("10.45", "20")
    later = policy(dearer, version="v2", effective_from="2026-11-01", retroactive=retroactive)
    county = County(policy(BATH), later)
    county.served("bath", 4)
    county.sealed("2026-11")
    county.tell("policy", "settlement", version="v2")
    assert _correction(county) == wanted


def test_a_version_adopted_before_the_seal_counts_at_the_close() -> None:
    later = policy(BATH.replace("10.45", "20"), version="v2", effective_from="2026-11-01")
    county = County(policy(BATH), later)
    county.served("bath", 4)
    county.tell("policy", "settlement", version="v2")
    county.sealed("2026-11")
    answer = county.settle("2026-11")
    assert (answer.policies, fens(answer)) == (("v1", "v2"), [2000])


def test_of_versions_with_the_same_day_the_last_adopted_is_in_force() -> None:
    second = policy(BATH.replace("10.45", "20"), version="v2")
    third = policy(BATH.replace("10.45", "30"), version="v3")
    for order, wanted in ((("v2", "v3"), 3000), (("v3", "v2"), 2000)):
        county = County(policy(BATH), second, third)
        county.served("bath", 4)
        for version in order:
            county.tell("policy", "settlement", version=version)
        assert fens(county.settle()) == [wanted]


def test_policy_and_facts_are_both_named_where_both_moved_the_net() -> None:
    later = policy(BATH.replace("10.45", "20"), version="v2", effective_from="2026-11-01", retroactive=True)
    county = County(policy(BATH), later)
    county.served("bath", 4)
    county.sealed("2026-11")
    county.served("bath", 5)
    county.tell("policy", "settlement", version="v2")
    assert _correction(county) == [("2026-11", "bath", 2955, "late", ["late", "policy"])]


def test_a_closed_month_keeps_the_versions_of_its_certificate() -> None:
    later = policy(BATH.replace("10.45", "20"), version="v2", effective_from="2026-11-01")
    county = County(policy(BATH), later)
    county.sealed("2026-11")
    county.tell("policy", "settlement", version="v2")
    county.served("bath", 5)
    assert [row[2] for row in _correction(county)] == [1045]


def test_a_replaced_month_moves_the_amount_between_payees() -> None:
    county = County(policy(HOME))
    county.month(payee="A")
    county.served("visit", 3, payee="A")
    county.served("visit", 4, payee="B")
    county.sealed("2026-11")
    county.month(payee="A", assigned=False)
    county.month(payee="B")
    found = {(row["payee"], row["fen"]) for row in rows(county.settle("2026-12"), "corrections")}
    assert found == {("A", -30000), ("B", 30000)}


def test_a_late_stay_of_an_earlier_month_takes_its_day_from_the_later() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-03", ("2026-10-31", "2026-11-03", "township"), payee="e2")
    county.sealed("2026-10")
    county.sealed("2026-11")
    county.stay("2026-10-31", ("2026-10-31", "2026-10-31", "county"), payee="e1")
    found = {(row["payee"], row["month"], row["fen"]) for row in rows(county.settle("2026-12"), "corrections")}
    assert found == {("e1", "2026-10", 15000), ("e2", "2026-11", -10000)}


def test_a_fact_of_a_month_that_never_closed_is_no_correction() -> None:
    county = County(policy(BATH))
    county.served("bath", 5, month="2026-10")
    county.served("bath", 5)
    assert _correction(county, "2026-11") == []


def test_given_no_closes_there_is_nothing_to_correct() -> None:
    county = County(policy(BATH))
    county.sealed("2026-11")
    county.served("bath", 5)
    assert rows(county.settle("2026-12", []), "corrections") == []


def test_given_closes_are_what_a_month_is_held_against() -> None:
    county = County(policy(BATH))
    county.served("bath", 5)
    closed = county.settle("2026-11")
    county.served("bath", 6)
    assert [row["fen"] for row in rows(county.settle("2026-12", [closed]), "corrections")] == [1045]


def test_answers_of_this_month_and_later_are_not_earlier_closes() -> None:
    county = County(policy(BATH))
    county.served("bath", 5)
    county.sealed("2026-11")
    county.sealed("2026-12")
    closes = county.closes("2026-11", "2026-12")
    assert county.settle("2026-11", closes) == closes[0]


def test_an_answer_goes_through_each_sources_seal() -> None:
    county = County(policy(BATH))
    county.served("bath", 3, 4)
    county.sealed("2026-11", "orders")
    county.graded("good")
    county.served("bath", 5)
    assert dict(county.settle().through) == {"orders": 3, "settlement": 1}
