"""Ningjin's pack 130528/0001 says what paper 003 says, figure by figure."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from contracts.policy_pack import PolicyPack, check, load
from contracts.policy_pack.orders import CatalogueItem, Programme
from contracts.policy_pack.reading import everywhere
from contracts.policy_pack.settlement import Rule

TEXT = (Path(__file__).parents[2] / "deploy/localities/130528/0001.toml").read_text(encoding="utf-8")
PUBLIC_MONEY = ("county_budget", "work_fund", "special_fund", "welfare_lottery")


@pytest.fixture(scope="module")
def pack() -> PolicyPack:
    return load(TEXT)


def rule(pack: PolicyPack, name: str) -> Rule:
    return next(rule for rule in pack.settlement.rule if rule.id == name)


def item(pack: PolicyPack, name: str) -> CatalogueItem:
    return next(item for item in pack.orders.item if item.id == name)


def programme(pack: PolicyPack, name: str) -> Programme:
    return next(programme for programme in pack.orders.programme if programme.id == name)


def test_the_check_has_nothing_against_it() -> None:
    assert check(TEXT) == []


def test_it_is_in_force_from_the_start_of_the_purchase_project(pack: PolicyPack) -> None:
    assert (pack.pack.county, pack.pack.effective_from) == ("130528", "2024-09-01")


def test_home_care_of_dispersed_destitute_people_is_300_yuan_a_month(pack: PolicyPack) -> None:
    care = rule(pack, "home_care_destitute")
    assert (care.kind, care.rate_yuan) == ("per_person_month", "300")


def test_home_care_of_destitute_people_is_for_the_partly_and_fully_unable(pack: PolicyPack) -> None:
    when = rule(pack, "home_care_destitute").when
    assert when is not None
    assert (when.categories_any, when.tiers) == (("destitute_dispersed",), ("half", "full"))


def test_home_care_of_dibao_people_is_100_yuan_a_month(pack: PolicyPack) -> None:
    care = rule(pack, "home_care_dibao_80")
    assert (care.kind, care.rate_yuan) == ("per_person_month", "100")


def test_home_care_of_dibao_people_begins_at_80(pack: PolicyPack) -> None:
    when = rule(pack, "home_care_dibao_80").when
    assert when is not None
    assert (when.categories_any, when.min_age, when.max_age) == (("dibao",), 80, None)


@pytest.mark.parametrize("name", ["home_care_destitute", "home_care_dibao_80"])
def test_no_item_reduces_a_flat_monthly_rate(pack: PolicyPack, name: str) -> None:
    assert [paid.id for paid in rule(pack, name).items if paid.per is not None] == []


@pytest.mark.parametrize(("name", "article", "units"), [("milk_powder_90", "milk_powder", 1), ("bread_90", "bread", 2)])
def test_a_person_month_has_one_tub_and_two_bags(pack: PolicyPack, name: str, article: str, units: int) -> None:
    goods = rule(pack, name)
    assert (goods.kind, [paid.id for paid in goods.items], goods.units_per_month) == ("goods", [article], units)


def test_goods_are_planned_for_needy_people_from_90(pack: PolicyPack) -> None:
    goods = programme(pack, "goods_90")
    assert (goods.when.categories_any, goods.when.min_age) == (("needy_elderly",), 90)
    assert [(planned.item, planned.times, planned.per) for planned in goods.plan] == [
        ("milk_powder", 1, "month"),
        ("bread", 2, "month"),
    ]


@pytest.mark.parametrize("name", ["milk_powder_90", "bread_90"])
def test_goods_are_a_programme_of_the_year_2024(pack: PolicyPack, name: str) -> None:
    year = ("2024-01-01", "2024-12-31")
    goods = rule(pack, name)
    assert (goods.valid_from, goods.valid_to) == year
    assert (programme(pack, "goods_90").valid_from, programme(pack, "goods_90").valid_to) == year


@pytest.mark.parametrize("name", ["milk_powder_90", "bread_90"])
def test_goods_wait_for_the_tender_price(pack: PolicyPack, name: str) -> None:
    goods = rule(pack, name)
    assert goods.unit_cost_yuan == "0.00"
    assert not isinstance(goods.cite, str)
    assert goods.cite.parameter


def test_love_orders_settle_as_agreed_from_charity_money_alone(pack: PolicyPack) -> None:
    love = rule(pack, "love_order")
    assert (love.kind, love.funds) == ("agreed", ("charity",))


def test_love_orders_are_formed_by_the_bureau_and_verified_by_a_person(pack: PolicyPack) -> None:
    orders = pack.orders
    assert (orders.love_order.forms, orders.love_order.from_needs) == ("county", "declared")
    assert (orders.roles.verifies, orders.verification.love_orders) == ("county", "person")


def test_love_orders_are_referred_by_the_bureau_and_published_by_a_charity(pack: PolicyPack) -> None:
    publication = pack.charity.publication
    assert (publication.refers, publication.publishes, publication.decides_content) == ("county", "charity", "county")


def test_the_township_confirms_and_the_county_assesses_prices_and_settles(pack: PolicyPack) -> None:
    assert (pack.orders.roles.screens, pack.orders.roles.approves) == ("village", "township")
    assert (pack.orders.roles.assesses, pack.orders.love_order.prices) == ("county", "county")
    assert pack.statements.settles == "county"


def test_the_spot_check_is_30_percent(pack: PolicyPack) -> None:
    assert pack.orders.spot_check.percent == 30


def test_needs_and_measures_are_refreshed_monthly(pack: PolicyPack) -> None:
    refresh = pack.orders.refresh
    assert (refresh.needs_every_months, refresh.measures_every_months) == (1, 1)


def test_an_assessment_scores_four_dimensions(pack: PolicyPack) -> None:
    assert pack.orders.survey.dimensions == ("body_and_mind", "daily_care", "family_relations", "social_support")


def test_a_survey_team_is_a_village_worker_and_an_aide(pack: PolicyPack) -> None:
    survey = pack.orders.survey
    assert survey.people == 2
    assert [(member.role, member.people) for member in survey.member] == [("village_worker", 1), ("aide", 1)]


def test_children_in_difficulty_have_four_colours_the_red_first(pack: PolicyPack) -> None:
    colours = [category for category in pack.orders.category if category.group == "child_colour"]
    assert [(colour.id, colour.rank) for colour in colours] == [
        ("child_red", 1),
        ("child_yellow", 2),
        ("child_blue", 3),
        ("child_green", 4),
    ]


def test_children_in_difficulty_are_served_around_the_clock(pack: PolicyPack) -> None:
    colours = [category for category in pack.orders.category if category.group == "child_colour"]
    assert {(colour.on_call_hours, colour.minor) for colour in colours} == {(24, True)}


def test_four_kinds_of_devices_are_assigned(pack: PolicyPack) -> None:
    assert [device.name for device in pack.orders.device] == ["智能腕表", "一键呼叫器", "电子手环", "智能床垫"]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("生活服务类", {"助餐", "助浴", "代买代办", "居所清洁"}),
        ("健康照护类", {"健康监测", "日常护理", "康复训练"}),
        ("社会支持类", {"心理疏导", "社会融入", "家庭辅导"}),
    ],
)
def test_the_catalogue_has_the_paper_s_groups_and_items(pack: PolicyPack, group: str, names: set[str]) -> None:
    code = next(listed.id for listed in pack.orders.group if listed.name == group)
    assert names <= {listed.name for listed in pack.orders.item if listed.group == code}


def test_the_expenditure_category_knows_its_former_name(pack: PolicyPack) -> None:
    renamed = next(category for category in pack.orders.category if category.id == "rigid_expenditure")
    assert renamed.former_names == ("支出型困难家庭成员",)


def test_public_money_is_drawn_the_county_s_own_first(pack: PolicyPack) -> None:
    assert rule(pack, "home_care_destitute").funds == PUBLIC_MONEY
    assert rule(pack, "home_care_dibao_80").funds == PUBLIC_MONEY


def test_funds_have_the_names_of_the_paper(pack: PolicyPack) -> None:
    told = {source.entry: source.name for source in pack.pack.source}
    assert [told[f"fund.{fund.id}"] for fund in pack.settlement.fund] == [
        "县级财政投入资金",
        "社会救助工作经费",
        "社会救助专项经费",
        "福利彩票公益金",
        "慈善资金",
    ]


def test_no_fund_is_capped_since_paper_003_sets_no_cap(pack: PolicyPack) -> None:
    assert [fund.id for fund in pack.settlement.fund if fund.percent is not None] == []


def test_grades_and_their_rates_are_marked_as_the_county_s_own(pack: PolicyPack) -> None:
    rates = {grade.id: grade.rate for grade in pack.settlement.grade}
    assert rates == {"good": "0", "average": "0.10", "poor": "0.30", "false": "1"}
    cites = {source.entry: source.cite for source in pack.pack.source}
    assert {(cites[f"grade.{grade}"].paper, cites[f"grade.{grade}"].parameter) for grade in rates} == {("000", True)}


def test_the_thirty_minute_circle_is_marked_as_another_county_s(pack: PolicyPack) -> None:
    circle = pack.providers.circle
    assert (circle.reach_within_minutes, circle.cite.paper, circle.cite.parameter) == (30, "000", True)


def test_providers_come_from_a_public_tender(pack: PolicyPack) -> None:
    assert pack.providers.agreement.tender


def test_every_plan_whose_frequency_the_paper_leaves_open_says_so(pack: PolicyPack) -> None:
    open_ones = [programme.id for programme in pack.orders.programme if programme.cite.parameter]
    assert sorted({programme.id for programme in pack.orders.programme} - set(open_ones)) == ["goods_90"]


def test_every_rule_cites_paper_003_with_its_section(pack: PolicyPack) -> None:
    cites = [rule.cite for rule in pack.settlement.rule]
    assert {cite.paper for cite in cites if not isinstance(cite, str)} == {"003"}
    assert [cite for cite in cites if isinstance(cite, str) or not cite.section.startswith("part ")] == []


def test_everything_that_states_a_rule_has_a_cite() -> None:
    document = tomllib.loads(TEXT)
    tables = [".".join(str(step) for step in path) for path, entry in everywhere(document) if "cite" not in entry]
    # What needs none: containers, the head, parts of an entry that has one, and grades and funds, cited in pack.source.
    parts = ("cite", "when", "items", "plan", "member", "minimum_minutes_by_item", "grade", "fund", "paper")
    holders = {"", "pack", "orders", "providers", "charity", "settlement"}
    assert [name for name in tables if name not in holders and not set(parts) & set(name.split("."))] == []
