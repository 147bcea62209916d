"""Single rules worked by hand: what the engine reads where the papers are short (numbers of this folder's README)."""

from typing import Any

import pytest

from .chain import closes
from .exact import Json
from .worked import BUNDLE, HOME, Example

ESCORT = {"id": "escort", "kind": "per_day", "rate_by_level": {"township": "100", "county": "150", "city": "200"}}
BATH = {"id": "bath", "kind": "per_unit", "price_yuan": "10", "items": [{"id": "bath"}], "funds": ["A", "B"]}
MILK = {"id": "milk", "kind": "goods", "unit_cost_yuan": "20", "units_per_month": 2, "items": [{"id": "milk"}]}
ALL = {"payee": "north", "purchaser": "county", "township": "hill", "person": "w"}


def settle(rules: list[Json], months: list[str] | None = None, **keys: Any) -> Example:
    """An empty world of November 2026 with these rules."""
    return Example("", months or ["2026-11"], {}, rules, **keys)


def answers(example: Example) -> list[Json]:
    return closes(example.facts, example.policies(), example.months)


def lines(example: Example) -> dict[tuple[str, str], int]:
    """Fen by payee and rule of the last month's lines."""
    found: dict[tuple[str, str], int] = {}
    for statement in answers(example)[-1]["statements"]:
        for line in statement["lines"]:
            key = statement["payee"], line["rule"]
            found[key] = found.get(key, 0) + line["fen"]
    return found


def escort(example: Example, payee: str, *parts: tuple[int, int, str]) -> Example:
    days = [{"from": f"2026-11-{a:02d}", "to": f"2026-11-{b:02d}", "level": level} for a, b, level in parts]
    return example.add("escort_stay", payee=payee, day="2026-11-10", days=days)


def sealed(example: Example, month: str) -> Example:
    for source in ("orders", "settlement"):
        example.add("seal", source, month=month)
    return example


def allocated(example: Example, fund: str, amount: int) -> Example:
    return example.add("allocation", "settlement", day="2026-11-02", fund=fund, year=2026, amount_fen=amount)


def bathed(example: Example, *days: int) -> Example:
    for day in days:
        example.served("bath", f"2026-11-{day:02d}")
    return example


def test_the_earlier_escort_holds_the_day_of_hand_over() -> None:
    example = escort(settle([ESCORT]), "late", (6, 10, "township"))
    escort(example, "early", (3, 6, "township"))
    assert lines(example) == {("early", "escort"): 40000, ("late", "escort"): 30000}


def test_the_day_of_a_move_is_paid_at_the_dearer_hospital() -> None:
    example = escort(settle([ESCORT]), "friend", (3, 6, "county"), (6, 10, "township"))
    assert lines(example) == {("friend", "escort"): 4 * 15000 + 3 * 10000}


def test_a_stay_of_one_day_is_one_day() -> None:
    assert lines(escort(settle([ESCORT]), "friend", (10, 10, "city"))) == {("friend", "escort"): 20000}


def test_an_escort_who_comes_on_the_day_of_discharge_earns_nothing() -> None:
    example = escort(escort(settle([ESCORT]), "friend", (8, 10, "city")), "other", (10, 10, "city"))
    assert lines(example) == {("friend", "escort"): 40000}


def test_an_escort_who_left_and_came_back_starts_anew() -> None:
    example = escort(settle([ESCORT]), "a", (3, 4, "city"), (7, 10, "city"))
    escort(example, "b", (5, 10, "city"))
    assert lines(example) == {("a", "escort"): 40000, ("b", "escort"): 100000}


def test_goods_beyond_the_month_are_worth_nothing_in_order_of_issue() -> None:
    example = settle([MILK])
    for day, units in (("20", 2), ("03", 1)):
        example.add("goods", day=f"2026-11-{day}", time="09:00", item="milk", units=units, **ALL)
    [statement] = answers(example)[0]["statements"]
    assert {line["fact"]: line["fen"] for line in statement["lines"]} == {"x01": 2000, "x02": 2000}


def test_a_half_year_item_is_required_as_often_as_the_plan_says() -> None:
    rule = {**HOME, "items": [{"id": "clothing", "per": "half_year"}, {"id": "haircut", "per": "month"}]}
    example = settle([rule]).month("2026-11-01", "2026-11-30", required={"clothing": 1})
    assert lines(example.served("haircut", "2026-11-03")) == {("north", "home"): 15000}
    example = settle([rule]).month("2026-11-01", "2026-11-30")
    assert lines(example.served("haircut", "2026-11-03")) == {("north", "home"): 30000}


@pytest.mark.parametrize(
    ("part_month", "first", "fen"),
    [("full", "11", 30000), ("next_month", "11", 0), ("next_month", "01", 30000), ("days", "11", 20000)],
)
def test_a_part_month_is_paid_as_the_rule_says(part_month: str, first: str, fen: int) -> None:
    example = settle([{**HOME, "part_month": part_month}]).month(f"2026-11-{first}", "2026-11-30")
    assert lines(example.served("call", "2026-11-20")) == {("north", "home"): fen}


def test_days_in_hospital_go_to_the_next_rule() -> None:
    rules: list[Json] = [{**HOME, "hospital_days": False}, {**HOME, "id": "other", "rate_yuan": "90"}]
    state = {"tier": "full", "categories": [], "assigned": True}
    days = [
        {"from": "2026-11-01", "to": "2026-11-20", **state},
        {"from": "2026-11-21", "to": "2026-11-30", "hospital": True, **state},
    ]
    example = settle(rules).add("bundle_month", month="2026-11", days=days).served("call", "2026-11-05")
    assert lines(example) == {("north", "home"): 20000, ("north", "other"): 3000}


def test_a_service_of_the_bundle_that_won_its_day_has_no_price_of_its_own() -> None:
    cleaning = {**BATH, "items": [{"id": "cleaning"}, {"id": "bath"}]}
    example = settle([BUNDLE, cleaning]).month("2026-11-01", "2026-11-15")
    example.served("cleaning", "2026-11-03").served("cleaning", "2026-11-20").served("bath", "2026-11-03")
    assert lines(example)[("north", "bath")] == 2000


def test_weights_move_the_share() -> None:
    items = [{"id": "cleaning", "per": "month", "weight": "0.5"}, {"id": "haircut", "per": "month"}]
    example = settle([{**HOME, "items": items}]).month("2026-11-01", "2026-11-30")
    assert lines(example.served("haircut", "2026-11-30")) == {("north", "home"): 20000}


def test_neighbours_are_paid_in_december_up_to_the_yearly_limit() -> None:
    rule = {"id": "aid", "kind": "per_year_units", "rate_yuan": "8", "yearly_limit_yuan": "60"}
    example = settle([rule], ["2026-12"])
    place = {"purchaser": "county", "township": "hill"}
    for day, payee, units in (("03-04", "n1", 5), ("12-30", "n1", 3), ("10-01", "n2", 2)):
        example.add("neighbour_service", day=f"2026-{day}", payee=payee, units=units, **place)
    assert lines(example) == {("n1", "aid"): 6000, ("n2", "aid"): 1600}


def test_a_guardians_month_without_a_rule_takes_the_first_that_fits_each_day() -> None:
    rules: list[Json] = [
        {"id": "child", "kind": "allowance", "rate_yuan": "90", "when": {"max_age": 17}},
        {"id": "tiered", "kind": "allowance", "rate_by_tier": {"half": "150"}},
    ]
    days = [
        {"from": "2026-11-01", "to": "2026-11-10", "tier": "half", "categories": [], "age": 17},
        {"from": "2026-11-11", "to": "2026-11-30", "tier": "half", "categories": [], "age": 18},
    ]
    example = settle(rules).add("allowance_month", payee="aunt", month="2026-11", days=days)
    assert lines(example) == {("aunt", "child"): 3000, ("aunt", "tiered"): 10000}


def test_a_waived_grade_takes_nothing_and_is_not_missing() -> None:
    example = bathed(settle([BATH]), 3).add("grade", "settlement", month="2026-11", grade="waived")
    [one] = answers(example)
    assert (one["missing_grades"], one["statements"][0]["payable"]) == ([], {"bath": 1000})


def test_a_later_grade_replaces_the_earlier() -> None:
    example = bathed(settle([BATH]), 3).add("grade", "settlement", month="2026-11", grade="average")
    example.add("grade", "settlement", month="2026-11", grade="good")
    assert answers(example)[0]["statements"][0]["payable"] == {"bath": 1000}


def test_a_ruling_that_is_a_line_prices_its_units_on_its_day() -> None:
    example = bathed(settle([BATH], later_rules={"2026-11-16": [{**BATH, "price_yuan": "12"}]}), 3)
    example.add("ruling", "settlement", month="2026-11", rule="bath", units=-2, day="2026-11-20", **ALL)
    assert lines(example) == {("north", "bath"): 1000 - 2400}


def test_a_late_service_is_a_correction_of_its_month() -> None:
    example = sealed(bathed(settle([BATH], ["2026-11", "2026-12"]), 3), "2026-11")
    bathed(example, 4)
    [statement] = answers(example)[1]["statements"]
    correction = {"month": "2026-11", "rule": "bath", "fen": 1000, "cause": "late", "causes": ["late"]}
    assert (statement["corrections"], statement["payable"]) == ([correction], {"bath": 1000})


@pytest.mark.parametrize(("retroactive", "fen"), [(True, 200), (False, None)])
def test_only_a_retroactive_version_moves_a_closed_month(retroactive: bool, fen: int | None) -> None:
    example = sealed(bathed(settle([BATH], ["2026-11", "2026-12"]), 3), "2026-11")
    example.add("policy", "settlement", version="v2")
    newer = {"version": "v2", "effective_from": "2026-11-02", "rule": [{**BATH, "price_yuan": "12"}]}
    policies = [*example.policies(), {**newer, "retroactive": retroactive}]
    statements = closes(example.facts, policies, example.months)[1]["statements"]
    found = [(row["fen"], row["cause"]) for statement in statements for row in statement["corrections"]]
    assert found == ([(fen, "policy")] if fen else [])


@pytest.mark.parametrize(
    ("role", "expected"),
    [("director", [("A", 3000, {"over_cap": True, "override": "x07"})]), ("clerk", [("A", 1000, {}), ("B", 2000, {})])],
)
def test_a_soft_cap_is_exceeded_only_by_the_named_role(role: str, expected: list[Any]) -> None:
    capped = {"id": "A", "base": "pool", "percent": "1", "mode": "soft", "override_role": "director"}
    example = bathed(settle([BATH], funds=[capped]), 3, 4, 5)
    for fund, amount in (("A", 9000), ("B", 9000), ("pool", 100000)):
        allocated(example, fund, amount)
    example.add("override", "settlement", day="2026-11-03", fund="A", year=2026, role=role)
    marks = ("over_cap", "override")
    draws = answers(example)[0]["draws"]
    assert [(row["fund"], row["fen"], {key: row[key] for key in marks if key in row}) for row in draws] == expected


def test_a_share_of_its_base_is_a_funds_allocation() -> None:
    share = {"id": "A", "base": "subsidy", "percent": "2", "mode": "share"}
    example = allocated(bathed(settle([BATH], funds=[share]), 3), "subsidy", 39999)
    [one] = answers(example)
    assert ([row["fen"] for row in one["draws"]], [row["fen"] for row in one["unfunded"]]) == ([799], [201])


def test_what_is_unfunded_draws_at_the_next_allocation_before_the_months_own() -> None:
    example = sealed(bathed(settle([BATH], ["2026-11", "2026-12"]), 3), "2026-11")
    allocated(example, "A", 1500).served("bath", "2026-12-04")
    last = answers(example)[1]
    assert [(row["month"], row["fen"]) for row in last["draws"]] == [("2026-11", 1000), ("2026-12", 500)]
    assert [(row["month"], row["fen"]) for row in last["unfunded"]] == [("2026-12", 500)]
