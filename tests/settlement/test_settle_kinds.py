"""Lines by unit, goods, escorts, allowances, neighbours, agreed prices (S8, S9, "Rules of a policy, by kind")."""

from __future__ import annotations

from tests.settlement.settle_examples import AGREED, BATH, ESCORT, County, fens, policy, rows

GOODS = """
[[settlement.rule]]
id = "milk"
kind = "goods"
unit_cost_yuan = "60"
items = [{id = "milk"}]
units_per_month = 2
"""
GUARDIAN = """
[[settlement.rule]]
id = "guardian"
kind = "allowance"
rate_by_tier = {able = "40", half = "151", full = "301"}
"""
NEIGHBOUR = """
[[settlement.rule]]
id = "neighbour"
kind = "per_year_units"
rate_yuan = "5"
yearly_limit_yuan = "120"
"""


def test_units_are_priced_by_the_day_of_service() -> None:
    county = County(policy(BATH), policy(BATH.replace("10.45", "12"), version="v2", effective_from="2026-11-16"))
    county.served("bath", 15, units=2)
    county.served("bath", 16, units=3)
    assert fens(county.settle()) == [2090, 3600]


def test_the_first_rule_that_lists_an_item_prices_it() -> None:
    county = County(policy(BATH, BATH.replace('"bath"\nkind', '"other"\nkind').replace("10.45", "99")))
    county.served("bath", 3)
    assert [(row["rule"], row["fen"]) for row in rows(county.settle(), "lines")] == [("bath", 1045)]


def test_goods_run_out_by_day_time_and_id_and_an_excess_is_a_line_of_zero() -> None:
    county = County(policy(GOODS))
    keys = county.owed({"item": "milk"})
    county.tell("goods", day="2026-11-20", time="08:00", units=1, id="last", **keys)
    county.tell("goods", day="2026-11-03", time="10:00", units=2, id="second", **keys)
    county.tell("goods", day="2026-11-03", time="09:00", units=1, id="first", **{**keys, "payee": "B"})
    lines = [line for statement in county.settle().statements for line in statement.lines]
    assert {line.fact: line.fen for line in lines} == {"first": 6000, "second": 6000, "last": 0}


def test_the_limit_of_goods_is_of_each_person() -> None:
    county = County(policy(GOODS))
    for person in ("p1", "p2"):
        county.tell("goods", day="2026-11-03", time="09:00", units=3, **county.owed({"item": "milk", "person": person}))
    assert fens(county.settle()) == [12000, 12000]


def test_admitted_and_discharged_on_one_day_counts_one() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-08", ("2026-11-08", "2026-11-08", "city"))
    assert fens(county.settle()) == [20000]


def test_the_whole_stay_belongs_to_the_month_of_discharge() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-02", ("2026-10-30", "2026-11-02", "township"))
    assert fens(county.settle("2026-11")) == [30000]
    assert fens(county.settle("2026-10")) == []


def test_a_day_of_hand_over_is_held_by_the_earlier_spell_at_the_dearest_level() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-10", ("2026-11-03", "2026-11-06", "township"), payee="e2")
    county.stay("2026-11-10", ("2026-11-06", "2026-11-10", "county"), payee="e1")
    answer = county.settle()
    assert fens(answer, payee="e2") == [45000]  # 3rd to 5th at 100, the 6th at 150
    assert fens(answer, payee="e1") == [45000]  # 7th to 9th


def test_of_spells_that_begin_together_the_smaller_escort_id_holds_the_day() -> None:
    county = County(policy(ESCORT))
    for payee in ("e2", "e1"):
        county.stay("2026-11-05", ("2026-11-03", "2026-11-05", "township"), payee=payee)
    answer = county.settle()
    assert (fens(answer, payee="e1"), fens(answer, payee="e2")) == ([20000], [])


def test_a_spell_that_was_broken_begins_again() -> None:
    county = County(policy(ESCORT))
    county.stay(
        "2026-11-20",
        ("2026-11-01", "2026-11-02", "township"),
        ("2026-11-10", "2026-11-20", "township"),
        payee="e1",
    )
    county.stay("2026-11-20", ("2026-11-05", "2026-11-20", "township"), payee="e2")
    answer = county.settle()
    assert (fens(answer, payee="e1"), fens(answer, payee="e2")) == ([20000], [150000])


def test_an_escort_who_came_on_the_day_of_discharge_has_no_day() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-10", ("2026-11-08", "2026-11-09", "county"), payee="e1")
    county.stay("2026-11-10", ("2026-11-10", "2026-11-10", "county"), payee="e2")
    answer = county.settle()
    assert (fens(answer, payee="e1"), fens(answer, payee="e2")) == ([30000], [])


def test_a_day_of_two_stays_is_paid_once() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-10", ("2026-11-10", "2026-11-10", "county"), payee="e1")
    county.stay("2026-11-12", ("2026-11-10", "2026-11-12", "township"), payee="e2")
    assert fens(county.settle()) == [10000, 15000]


def test_a_day_that_an_earlier_month_paid_is_not_paid_again() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-10-31", ("2026-10-31", "2026-10-31", "county"), payee="e1")
    county.stay("2026-11-03", ("2026-10-31", "2026-11-03", "township"), payee="e2")
    assert fens(county.settle("2026-10")) == [15000]
    assert fens(county.settle("2026-11")) == [20000]


def test_an_escorts_day_has_that_days_tariff() -> None:
    county = County(policy(ESCORT), policy(ESCORT.replace("150", "180"), version="v2", effective_from="2026-11-09"))
    county.stay("2026-11-10", ("2026-11-08", "2026-11-10", "county"))
    assert fens(county.settle()) == [33000]


def _allowance(county: County, *segments: tuple[int, int, str], **keys: object) -> str:
    days = [
        {"from": f"2026-11-{first:02d}", "to": f"2026-11-{last:02d}", "tier": tier, "categories": []}
        for first, last, tier in segments
    ]
    owed = {**county.owed({"payee": "g1"}), **keys}
    return county.tell("allowance_month", month="2026-11", rule="guardian", days=days, **owed)


def test_an_allowance_is_rounded_once() -> None:
    county = County(policy(GUARDIAN))
    _allowance(county, (1, 10, "half"), (11, 17, "able"))
    assert fens(county.settle()) == [5967]  # 151 × 10/30 + 40 × 7/30 = 59.666…


def test_a_later_allowance_month_replaces_the_earlier() -> None:
    county = County(policy(GUARDIAN))
    _allowance(county, (1, 30, "full"))
    _allowance(county, (1, 30, "able"))
    assert fens(county.settle()) == [4000]


def test_an_allowance_looks_at_its_conditions() -> None:
    county = County(policy(GUARDIAN + 'when = {tiers = ["full"]}\n'))
    _allowance(county, (1, 15, "half"), (16, 30, "full"))
    assert fens(county.settle()) == [15050]


def test_an_allowance_without_rule_takes_the_first_that_holds() -> None:
    county = County(policy(GUARDIAN))
    days = [{"from": "2026-11-01", "to": "2026-11-30", "tier": "able", "categories": []}]
    county.tell("allowance_month", month="2026-11", days=days, **county.owed({}))
    assert [(row["rule"], row["fen"]) for row in rows(county.settle(), "lines")] == [("guardian", 4000)]


def _aid(county: County, day: str, units: int, **keys: str) -> str:
    owed = {"payee": "n1", "purchaser": "county", "township": "t1", **keys}
    return county.tell("neighbour_service", day=day, units=units, **owed)


def test_a_neighbours_year_is_paid_in_december_up_to_the_limit() -> None:
    county = County(policy(NEIGHBOUR))
    _aid(county, "2026-03-02", 10)
    _aid(county, "2026-11-02", 20)
    _aid(county, "2026-11-02", 3, township="t2")
    answer = county.settle("2026-12")
    assert fens(answer) == [1500, 12000]
    assert county.settle("2026-11").statements == ()


def test_neighbours_units_have_the_rate_of_their_day_and_the_limit_of_december() -> None:
    dearer = NEIGHBOUR.replace('"5"', '"10"').replace("120", "70")
    county = County(policy(NEIGHBOUR), policy(dearer, version="v2", effective_from="2026-07-01"))
    _aid(county, "2026-06-30", 2)
    _aid(county, "2026-07-01", 5)
    assert fens(county.settle("2026-12")) == [6000]
    _aid(county, "2026-08-01", 5)
    assert fens(county.settle("2026-12")) == [7000]


def test_an_agreed_price_is_paid_as_it_was_fixed() -> None:
    county = County(policy(AGREED))
    county.tell("agreed", day="2026-11-04", rule="single", amount_fen=12345, **county.owed({}))
    assert fens(county.settle()) == [12345]


def test_a_love_order_has_no_line_of_another_kind() -> None:
    county = County(policy(BATH, AGREED))
    county.tell("agreed", "charity", day="2026-11-04", rule="single", amount_fen=500, **county.owed({}))
    assert [(row["rule"], row["fen"]) for row in rows(county.settle(), "lines")] == [("single", 500)]


def test_one_statement_for_each_payee_and_purchaser() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.served("bath", 4, purchaser="town")
    county.served("bath", 5, payee="B")
    assert [(s.payee, s.purchaser) for s in county.settle().statements] == [
        ("A", "county"),
        ("A", "town"),
        ("B", "county"),
    ]
