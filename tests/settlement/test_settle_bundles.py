"""Bundles: who wins a day, what is required, what counts (S5, S6, S7)."""

from __future__ import annotations

from tests.settlement.settle_examples import BATH, BUNDLE, HOME, County, fens, policy, rows


def _two_programmes(extra: str = "") -> str:
    return policy(
        '[[settlement.rule]]\nid = "low"\nkind = "per_person_month"\nrate_yuan = "100"\nitems = [{id = "visit"}]\n',
        '[[settlement.rule]]\nid = "high"\nkind = "per_person_month"\nrate_yuan = "300"\nitems = [{id = "visit"}]\n',
        'when = {categories_any = ["destitute"]}\n',
        extra,
    )


def test_the_dearest_rule_wins_the_days_on_which_it_holds() -> None:
    county = County(_two_programmes())
    county.month(
        days=[
            {"from": "2026-11-01", "to": "2026-11-10", "tier": "full", "categories": ["destitute"], "assigned": True},
            {"from": "2026-11-11", "to": "2026-11-30", "tier": "full", "categories": [], "assigned": True},
        ]
    )
    county.served("visit", 12)
    answer = county.settle()
    assert fens(answer, rule="high") == [10000]
    assert fens(answer, rule="low") == [6667]


def test_of_equal_rates_the_first_rule_wins() -> None:
    same = '[[settlement.rule]]\nid = "same"\nkind = "per_person_month"\nrate_yuan = "300"\nitems = [{id = "visit"}]\n'
    county = County(policy(HOME, same))
    county.month()
    county.served("visit", 12)
    answer = county.settle()
    assert fens(answer, rule="home") == [30000]
    assert fens(answer, rule="same") == []


def test_a_rule_that_won_no_day_is_superseded_to_the_payee_of_its_first_matched_day() -> None:
    county = County(_two_programmes())
    county.month(1, 30, payee="A", assigned=False, categories=["destitute"])
    county.month(1, 30, payee="B", assigned=True, categories=["destitute"])
    county.served("visit", 12, payee="B")
    statements = {s.payee: s for s in county.settle().statements}
    assert list(statements) == ["B"]
    assert [(line.fen, line.superseded_by) for line in statements["B"].lines if line.rule == "low"] == [(0, "high")]


def test_without_a_payee_on_the_first_matched_day_there_is_no_superseded_line() -> None:
    county = County(_two_programmes())
    county.month(assigned=False, categories=["destitute"])
    county.served("visit", 12)
    assert county.settle().statements == ()


def test_a_tier_without_a_rate_is_no_match() -> None:
    by_tier = (
        '[[settlement.rule]]\nid = "tiered"\nkind = "per_person_month"\nrate_by_tier = {half = "500"}\n'
        'items = [{id = "bath"}]\n'
    )
    county = County(policy(by_tier, BATH))
    county.month(tier="full")
    county.served("bath", 12)
    assert fens(county.settle()) == [1045]


def test_ages_are_inclusive_and_an_unknown_age_fulfils_no_age_condition() -> None:
    aged = HOME + "when = {min_age = 80, max_age = 90}\n"
    for age, wanted in ((79, []), (80, [30000]), (90, [30000]), (91, [])):
        county = County(policy(aged))
        county.month(age=age)
        county.served("visit", 12)
        assert fens(county.settle()) == wanted
    county = County(policy(aged))
    county.month()
    county.served("visit", 12)
    assert fens(county.settle()) == []


def test_all_categories_of_categories_all_are_needed() -> None:
    county = County(policy(HOME + 'when = {categories_all = ["orphan", "poor"]}\n'))
    county.month(person="p1", categories=["orphan"])
    county.month(person="p2", categories=["poor", "orphan"])
    county.served("visit", 12, person="p1")
    county.served("visit", 12, person="p2")
    assert [row["person"] for row in rows(county.settle(), "lines")] == ["p2"]


def test_week_slots_end_on_7_14_21_28() -> None:
    county = County(policy(BUNDLE))
    county.month(8, 27)
    county.served("cleaning", 9, 16)
    county.served("laundry", 10)
    # 14th and 21st, the 15th; no month slot: 3 of 3, by 20 of 30 days
    assert fens(county.settle()) == [7333]


def test_what_is_done_beyond_the_required_number_counts_for_nobody() -> None:
    county = County(policy(BUNDLE))
    county.month(payee="A")
    county.month(payee="B", assigned=False)
    county.served("cleaning", 3, 10, 17, 24, payee="A")
    county.served("cleaning", 25, 26, payee="B")
    answer = county.settle()
    assert fens(answer, payee="A") == [6286]
    assert fens(answer, payee="B") == []


def test_services_count_in_order_of_time_whoever_did_them() -> None:
    county = County(policy(BUNDLE))
    county.month(payee="A")
    county.month(payee="B", assigned=False)
    county.served("cleaning", 3, 10, 17, payee="A")
    county.served("cleaning", 24, payee="A", time="10:00", id="late-one")
    county.served("cleaning", 24, payee="B", time="09:59:59", id="z")
    answer = county.settle()
    assert fens(answer, payee="A") == [4714]
    assert fens(answer, payee="B") == [1571]


def test_at_the_same_time_the_smaller_id_counts() -> None:
    county = County(policy(BUNDLE))
    county.month(payee="A")
    county.month(payee="B", assigned=False)
    county.served("haircut", 12, payee="A", time="09:00:00", id="b")
    county.served("haircut", 12, payee="B", time="09:00", id="a")
    answer = county.settle()
    assert (fens(answer, payee="A"), fens(answer, payee="B")) == ([], [1571])


def test_an_assigned_payee_without_service_has_a_line_of_zero() -> None:
    county = County(policy(BUNDLE))
    county.month()
    lines = county.settle().statements[0].lines
    assert [(line.rule, line.fen) for line in lines] == [("bundle", 0)]


def test_weights_share_the_bundle_unevenly() -> None:
    weighted = BUNDLE.replace('id = "haircut", per = "month"', 'id = "haircut", per = "month", weight = 1.5')
    county = County(policy(weighted))
    county.month()
    county.served("haircut", 12)
    assert fens(county.settle()) == [2200]  # 1.5 of 7.5


def test_the_plan_may_lower_a_number_but_not_raise_it() -> None:
    county = County(policy(BUNDLE))
    county.month(required={"cleaning": 2, "laundry": 9, "haircut": 0})
    county.served("cleaning", 3, 10)
    assert fens(county.settle()) == [5500]  # 2 of 2 + 2


def test_a_half_year_item_is_required_as_often_as_the_plan_says() -> None:
    clothing = BUNDLE.replace('{id = "safety"}', '{id = "clothing", per = "half_year"}')
    county = County(policy(clothing))
    county.month(person="p1")
    county.month(person="p2", required={"clothing": 1})
    county.served_all(person="p1")
    county.served_all(person="p2")
    assert fens(county.settle()) == [9625, 11000]


def test_where_nothing_is_quantified_the_days_assigned_share_the_amount() -> None:
    county = County(policy(HOME))
    day = {"tier": "full", "categories": []}
    first, second = {"from": "2026-11-01", "to": "2026-11-10"}, {"from": "2026-11-11", "to": "2026-11-30"}
    for payee in ("A", "B"):
        days = [{**first, **day, "assigned": payee == "A"}, {**second, **day, "assigned": payee == "B"}]
        county.month(payee=payee, days=days)
    county.served("visit", 3, payee="A")
    county.served("visit", 13, payee="B")
    answer = county.settle()
    assert (fens(answer, payee="A"), fens(answer, payee="B")) == ([10000], [20000])


def test_a_payee_without_an_accepted_service_for_the_person_gets_nothing() -> None:
    county = County(policy(HOME, BATH))
    county.month(person="p1")
    county.month(person="p2")
    county.served("bath", 13, person="p2")
    answer = county.settle()
    assert fens(answer, rule="home") == [30000]
    assert [row["person"] for row in rows(answer, "lines") if row["rule"] == "home"] == ["p2"]


def test_unquantified_items_never_reduce() -> None:
    county = County(policy(BUNDLE))
    county.month()
    county.served_all()
    assert fens(county.settle()) == [11000]


def test_a_service_of_a_bundle_makes_no_line_of_its_own_even_beyond_the_number() -> None:
    county = County(policy(BUNDLE.replace("haircut", "bath"), BATH))
    county.month()
    county.served("bath", 12, 13)
    assert fens(county.settle()) == [1571]


def test_outside_the_bundles_days_a_service_is_paid_by_unit() -> None:
    county = County(policy(BUNDLE.replace("haircut", "bath"), BATH))
    county.month(11, 30)
    county.served("bath", 2, 12)
    assert fens(county.settle(), rule="bath") == [1045]


def test_a_service_that_no_rule_lists_makes_no_line() -> None:
    county = County(policy(BATH))
    county.served("singing", 3)
    assert county.settle().statements == ()


def test_hospital_days_are_left_out_where_the_rule_says_so() -> None:
    days = [
        {"from": "2026-11-01", "to": "2026-11-15", "tier": "full", "categories": [], "assigned": True},
        {
            "from": "2026-11-16",
            "to": "2026-11-30",
            "tier": "full",
            "categories": [],
            "assigned": True,
            "hospital": True,
        },
    ]
    for rule, wanted in ((HOME, 30000), (HOME + "hospital_days = false\n", 15000)):
        county = County(policy(rule))
        county.month(days=days)
        county.served("visit", 3)
        assert fens(county.settle()) == [wanted]


def test_a_part_month_may_be_paid_in_full_or_from_the_next() -> None:
    for word, first, wanted in (("full", 11, [30000]), ("next_month", 11, []), ("next_month", 1, [30000])):
        county = County(policy(HOME + f'part_month = "{word}"\n'))
        county.month(first, 20)
        county.served("visit", 12)
        assert fens(county.settle()) == wanted


def test_the_full_part_month_is_the_mean_rate_of_its_days() -> None:
    full = HOME + 'part_month = "full"\n'
    county = County(policy(full), policy(full.replace("300", "330"), version="v2", effective_from="2026-11-16"))
    county.month(11, 20)
    county.served("visit", 12)
    assert fens(county.settle()) == [31500]


def test_a_rule_holds_only_within_its_validity() -> None:
    county = County(policy(HOME + 'valid_from = "2026-11-06"\nvalid_to = "2026-11-15"\n'))
    county.month()
    county.served("visit", 6)
    assert fens(county.settle()) == [10000]


def test_items_are_those_of_the_last_won_day() -> None:
    later = BUNDLE.replace('{id = "laundry", per = "half_month"}, ', "")
    county = County(policy(BUNDLE), policy(later, version="v2", effective_from="2026-11-20"))
    county.month()
    county.served("cleaning", 3, 10, 17, 24)
    county.served("haircut", 12)
    county.served("laundry", 5)
    assert fens(county.settle()) == [11000]


def test_a_later_month_of_the_same_payee_replaces_the_earlier() -> None:
    county = County(policy(HOME))
    county.month(1, 30)
    county.month(1, 10)
    county.served("visit", 3)
    assert fens(county.settle()) == [10000]


def test_of_several_payees_months_the_last_told_decides_about_the_days() -> None:
    county = County(policy(HOME))
    county.month(1, 30, payee="A", assigned=True)
    county.month(1, 10, payee="B", assigned=False)
    county.served("visit", 3)
    assert fens(county.settle()) == [10000]


def test_a_service_of_no_units_counts_for_nothing() -> None:
    county = County(policy(BUNDLE))
    county.month()
    county.served("haircut", 12, units=0)
    assert fens(county.settle()) == []
