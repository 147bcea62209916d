"""Where the papers leave a line's amount open: each reading by an example on which both engines answer alike."""

from __future__ import annotations

from careloop.exchange import answer_json
from tests.settlement.settle_both import Told
from tests.settlement.settle_examples import AGREED, BATH, BUNDLE, ESCORT, GRADES, HOME, fens, policy, rows
from tests.settlement.test_settle_kinds import GUARDIAN, NEIGHBOUR


def agreed(county: Told, rule: str, fen: int = 12_345) -> None:
    county.tell("agreed", day="2026-11-24", rule=rule, amount_fen=fen, **county.owed({}))


def test_an_agreed_price_is_a_line_and_unfunded_where_no_version_knows_its_rule() -> None:
    county = Told(policy(AGREED))
    county.allocated("A", 50_000)
    agreed(county, "forgotten")
    answer = county.november()
    assert (fens(answer, rule="forgotten"), fens(answer, "draws"), fens(answer, "unfunded")) == ([12_345], [], [12_345])


def test_an_agreed_price_stands_after_its_rule_ended_and_draws_on_its_funds() -> None:
    county = Told(policy(AGREED + 'valid_to = "2026-11-10"\n'))
    county.allocated("A", 50_000)
    agreed(county, "single")
    assert fens(county.november(), "draws", fund="A") == [12_345]


def test_an_agreed_price_may_name_a_rule_of_another_kind_and_is_graded_with_it() -> None:
    county = Told(policy(BATH, GRADES))
    agreed(county, "bath", 1_000)
    county.graded("average")
    assert fens(county.november(), "payable") == [900]


def test_a_rule_that_the_last_days_version_lacks_has_no_deduction_and_no_funds() -> None:
    county = Told(policy(BATH, GRADES), policy(GRADES, version="v2", effective_from="2026-11-20"))
    county.served("bath", 3)
    county.graded("average")
    county.allocated("A", 50_000)
    answer = county.november()
    found = [fens(answer, part) for part in ("lines", "deductions", "draws", "unfunded")]
    assert (found, answer.missing_grades) == ([[1_045], [], [], [1_045]], ())


def test_a_neighbours_rule_that_december_lacks_has_no_yearly_limit() -> None:
    county = Told(policy(NEIGHBOUR), policy(version="v2", effective_from="2026-12-01"))
    place = {"payee": "n1", "purchaser": "county", "township": "t1"}
    county.tell("neighbour_service", day="2026-03-04", units=1_000, **place)
    limited = Told(policy(NEIGHBOUR))
    limited.tell("neighbour_service", day="2026-03-04", units=1_000, **place)
    [free], [held] = fens(county.closes("2026-12")[0]), fens(limited.closes("2026-12")[0])
    assert free > held


def test_a_bundles_lines_name_no_fact() -> None:
    county = Told(policy(BUNDLE, HOME))
    county.month()
    county.served("visit", 3)
    lines = answer_json(county.november())["statements"][0]["lines"]
    assert [(line["fact"], line["superseded_by"]) for line in lines] == [(None, "home"), (None, None)]


def test_a_void_fact_leaves_the_one_that_it_replaced() -> None:
    county = Told(policy(HOME))
    county.served("visit", 3)
    county.month(1, 15)
    second = county.month(1, 30)
    assert fens(county.november()) == [30_000]
    county.ruled(fact=second)
    assert fens(county.november()) == [15_000]


def test_a_ruling_can_be_ruled_upon() -> None:
    county = Told(policy(BATH))
    [service] = county.served("bath", 3)
    first = county.ruled(fact=service)
    assert fens(county.november()) == []
    second = county.ruled(fact=first, units=4)
    assert fens(county.november()) == [4 * 1_045]
    county.ruled(fact=second)
    assert fens(county.november()) == []
    county.ruled(fact=first)
    assert fens(county.november()) == [1_045]


def test_a_rulings_line_can_be_ruled_upon() -> None:
    county = Told(policy(BATH))
    own = county.ruled(rule="bath", units=-2, day="2026-11-05", **county.owed({}))
    county.ruled(fact=own, units=1)
    assert fens(county.november()) == [1_045]


def test_a_rulings_units_have_the_price_of_the_version_of_their_day_valid_or_not() -> None:
    ended = BATH + 'valid_to = "2026-11-02"\n'
    county = Told(policy(ended), policy(HOME, version="v2", effective_from="2026-11-20"))
    county.ruled(rule="bath", units=2, day="2026-11-19", **county.owed({}))
    county.ruled(rule="bath", units=2, day="2026-11-20", **county.owed({}))
    assert fens(county.november()) == [2_090]


def test_an_allowance_is_paid_by_days_whatever_its_rule_says_of_part_months() -> None:
    county = Told(policy(GUARDIAN + 'part_month = "full"\n'))
    days = [{"from": "2026-11-21", "to": "2026-11-30", "tier": "full", "categories": []}]
    county.tell("allowance_month", month="2026-11", rule="guardian", days=days, **county.owed({"payee": "g1"}))
    assert fens(county.november()) == [10_033]  # 301.00 × 10 ÷ 30


def test_a_day_that_an_earlier_months_stay_covers_is_not_paid_again() -> None:
    county = Told(policy(ESCORT))
    county.stay("2026-11-30", ("2026-11-30", "2026-11-30", "county"))
    county.stay("2026-12-02", ("2026-11-30", "2026-12-02", "city"), payee="e0")
    assert (fens(county.november()), fens(county.december())) == ([15_000], [20_000])


def test_a_stay_over_the_turn_of_the_year_is_paid_whole_in_the_month_of_discharge() -> None:
    county = Told(policy(ESCORT), policy(ESCORT.replace('"150"', '"160"'), version="v2", effective_from="2027-01-01"))
    county.stay("2027-01-03", ("2026-12-30", "2027-01-03", "county"))
    assert fens(county.closes("2027-01")[0]) == [2 * 15_000 + 2 * 16_000]


def test_a_day_of_discharge_and_new_admission_has_the_dearest_level_of_both_stays() -> None:
    county = Told(policy(ESCORT))
    county.stay("2026-11-05", ("2026-11-04", "2026-11-05", "city"))
    county.stay("2026-11-07", ("2026-11-05", "2026-11-07", "township"))
    assert fens(county.november()) == [20_000, 20_000 + 10_000]


def test_an_escorts_spell_goes_on_from_a_discharge_to_the_next_admission() -> None:
    county = Told(policy(ESCORT))
    county.stay("2026-11-05", ("2026-11-04", "2026-11-05", "county"), payee="e2")
    county.stay("2026-11-08", ("2026-11-06", "2026-11-08", "county"), payee="e2")
    county.stay("2026-11-08", ("2026-11-06", "2026-11-08", "county"), payee="e1")
    assert fens(county.november(), person="p1") == [15_000, 30_000]
    assert [row["payee"] for row in rows(county.november(), "lines")] == ["e2", "e2"]


def test_a_number_that_payees_tell_differently_is_the_smallest() -> None:
    county = Told(policy(BUNDLE))
    county.month(required={"cleaning": 3})
    county.month(required={"cleaning": 2}, assigned=False, payee="B")
    county.served("cleaning", 3, 10, 17)
    assert fens(county.november()) == [4_400]  # 110.00 × 2 ÷ (2 + 2 + 1)
