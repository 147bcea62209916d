"""Rulings: what replaces a fact, and lines of their own."""

from __future__ import annotations

from tests.settlement.settle_examples import AGREED, BATH, BUNDLE, ESCORT, GRADES, HOME, County, fens, policy, rows


def test_a_ruling_without_anything_in_its_place_voids_the_fact() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    county.ruled(fact=service)
    assert county.settle().statements == ()


def test_a_ruling_replaces_units() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    county.ruled(fact=service, units=3)
    assert fens(county.settle()) == [3135]


def test_a_ruling_replaces_days() -> None:
    county = County(policy(HOME))
    month = county.month()
    county.served("visit", 3)
    days = [{"from": "2026-11-01", "to": "2026-11-15", "tier": "full", "categories": [], "assigned": True}]
    county.ruled(fact=month, days=days)
    assert fens(county.settle()) == [15000]


def test_a_ruling_replaces_the_days_of_a_stay() -> None:
    county = County(policy(ESCORT))
    stay = county.stay("2026-11-10", ("2026-11-03", "2026-11-10", "county"))
    county.ruled(fact=stay, days=[{"from": "2026-11-09", "to": "2026-11-10", "level": "city"}])
    assert fens(county.settle()) == [20000]


def test_a_ruling_replaces_an_agreed_amount() -> None:
    county = County(policy(AGREED))
    fact = county.tell("agreed", day="2026-11-04", rule="single", amount_fen=500, **county.owed({}))
    county.ruled(fact=fact, amount_fen=700)
    assert fens(county.settle()) == [700]


def test_a_ruling_replaces_a_grade_or_waives_it() -> None:
    for told, wanted in (({"grade": "good"}, []), ({"waived": True}, []), ({"grade": "average"}, [-105])):
        county = County(policy(BATH, GRADES))
        county.served("bath", 3)
        grade = county.graded("average")
        county.ruled(fact=grade, **told)
        assert fens(county.settle(), "deductions") == wanted


def test_a_void_grade_leaves_the_one_before() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("average")
    second = county.graded("good")
    county.ruled(fact=second)
    assert fens(county.settle(), "deductions") == [-105]


def test_the_last_ruling_about_a_fact_stands() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    county.ruled(fact=service)
    county.ruled(fact=service, units=2)
    assert fens(county.settle()) == [2090]


def test_a_ruling_that_is_ruled_void_leaves_the_fact_as_it_was() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    first = county.ruled(fact=service)
    county.ruled(fact=first)
    assert fens(county.settle()) == [1045]


def _owed(county: County, rule: str) -> dict[str, str]:
    return county.owed({"rule": rule})


def test_a_ruling_makes_a_line_by_amount_of_either_sign() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    ruling = county.ruled(amount_fen=-45, **_owed(county, "bath"))
    answer = county.settle()
    assert fens(answer, fact=ruling) == [-45]
    assert fens(answer, "payable") == [1000]


def test_a_rulings_units_are_priced_on_its_day() -> None:
    county = County(policy(BATH), policy(BATH.replace("10.45", "12"), version="v2", effective_from="2026-11-16"))
    county.ruled(units=2, day="2026-11-15", **_owed(county, "bath"))
    county.ruled(units=-1, day="2026-11-16", **_owed(county, "bath"))
    assert fens(county.settle()) == [-1200, 2090]


def test_a_rulings_line_is_part_of_its_group_and_deduction() -> None:
    county = County(policy(BATH, GRADES))
    county.served("bath", 3)
    county.graded("average")
    county.ruled(amount_fen=955, **_owed(county, "bath"))
    answer = county.settle()
    assert (fens(answer, "groups"), fens(answer, "deductions")) == ([2000], [-200])


def test_a_debt_of_one_rule_is_never_paid_from_another() -> None:
    county = County(policy(BATH, HOME))
    county.served("bath", 3)
    county.ruled(amount_fen=-500, **_owed(county, "home"))
    answer = county.settle()
    assert fens(answer, "payable") == [1045]
    assert fens(answer, "carried_out") == [-500]


def test_a_ruling_behind_the_seal_is_not_seen() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    county.sealed()
    county.ruled(fact=service)
    assert fens(county.settle()) == [1045]


def test_a_voided_service_makes_room_for_the_next() -> None:
    county = County(policy(BUNDLE))
    county.month()
    first, *_ = county.served("cleaning", 3, 4, 5, 6, 7)
    county.ruled(fact=first)
    assert fens(county.settle()) == [6286]


def test_only_the_line_of_the_ruled_fact_changes() -> None:
    county = County(policy(BATH))
    first, second = county.served("bath", 3, 4)
    county.ruled(fact=first, units=5)
    assert {row["fact"]: row["fen"] for row in rows(county.settle(), "lines")} == {first: 5225, second: 1045}
