"""Mistakes that people make in a policy pack: where one is, what is written instead, and what the check says of it."""

HOME = 'id = "home_care_destitute"\nkind'
DIBAO = 'id = "home_care_dibao_80"\nkind'
BREAD = 'id = "bread_90"\nkind'
LOVE = 'id = "love_order"\nkind'

TIERED = 'rate_by_tier = { half = "151" }'
SOFT = 'owner = "county"\nbase = "county_budget"\npercent = "1"\nmode = "soft"'
NO_BASE = SOFT.replace("soft", "hard").replace("_budget", "_pool")
TOO_MUCH = SOFT.replace("soft", "share").replace('"1"', '"101"')

# fmt: off
MISTAKES: list[tuple[str, str, str, str, str]] = [
    # shape
    (HOME, 'rate_yuan = "300"', 'rate_yuan = "３００"', "settlement.rule[1].rate_yuan", "malformed"),
    (HOME, 'rate_yuan = "300"', 'rate_yuan = "300.001"', "settlement.rule[1].rate_yuan", "malformed"),
    (HOME, 'rate_yuan = "300"', 'rate_yuan = "-300"', "settlement.rule[1].rate_yuan", "malformed"),
    (HOME, 'rate_yuan = "300"', "rate_yuan = 300", "settlement.rule[1].rate_yuan", "wrong_type"),
    (HOME, 'rate_yuan = "300"', "rate_yuan = 300.0", "settlement.rule[1].rate_yuan", "wrong_type"),
    (HOME, '"half", "full"', '"half", "whole"', "settlement.rule[1].when.tiers[2]", "not_a_choice"),
    (HOME, "tiers =", "tier =", "settlement.rule[1].when.tier", "unknown_key"),
    (HOME, 'kind = "per_person_month"', 'kind = "monthly"', "settlement.rule[1].kind", "not_a_choice"),
    (HOME, '{ id = "errands" }', '{ id = "errands", per = "day" }', "settlement.rule[1].items[3].per", "not_a_choice"),
    (
        HOME, '{ id = "errands" }', '{ id = "errands", weight = 0 }',
        "settlement.rule[1].items[3].weight", "out_of_range",
    ),
    (
        HOME, '{ id = "errands" }', '{ id = "errands", weight = "0" }',
        "settlement.rule[1].items[3].weight", "out_of_range",
    ),
    (HOME, 'cite = { paper = "003"', 'cite = { papers = "003"', "settlement.rule[1].cite.papers", "unknown_key"),
    (HOME, 'cite = { paper = "003"', 'cite = "" #', "settlement.rule[1].cite", "malformed"),
    (HOME, 'cite = { paper = "003"', "cite = 3 #", "settlement.rule[1].cite", "wrong_type"),
    (DIBAO, "min_age = 80", "min_age = 800", "settlement.rule[2].when.min_age", "out_of_range"),
    (DIBAO, "min_age = 80", "min_age = -1", "settlement.rule[2].when.min_age", "out_of_range"),
    (DIBAO, "min_age = 80", "min_age = true", "settlement.rule[2].when.min_age", "wrong_type"),
    (BREAD, "units_per_month = 2", "units_per_month = 0", "settlement.rule[4].units_per_month", "out_of_range"),
    (BREAD, '"2024-12-31"', "2024-12-31", "settlement.rule[4].valid_to", "wrong_type"),
    (BREAD, '"2024-12-31"', '"2024-02-30"', "settlement.rule[4].valid_to", "no_such_day"),
    (BREAD, '"2024-12-31"', '"2024-12-3１"', "settlement.rule[4].valid_to", "malformed"),
    (LOVE, 'funds = ["charity"]', "funds = []", "settlement.rule[5].funds", "too_short"),
    (LOVE, 'funds = ["charity"]', 'funds = "charity"', "settlement.rule[5].funds", "wrong_type"),
    ('id = "average"', 'rate = "0.10"', 'rate = "1.10"', "settlement.grade[2].rate", "out_of_range"),
    ('id = "average"', 'rate = "0.10"', 'rate = "10%"', "settlement.grade[2].rate", "malformed"),
    ('id = "work_fund"', 'owner = "county"', 'owner = "bank"', "settlement.fund[2].owner", "not_a_choice"),
    ("[settlement]", "retroactive = false", 'retroactive = "no"', "settlement.retroactive", "wrong_type"),
    ("[orders.spot_check]", "percent = 30", "percent = 29", "orders.spot_check.percent", "out_of_range"),
    ("[orders.spot_check]", "percent = 30", "percent = 101", "orders.spot_check.percent", "out_of_range"),
    ("[orders.roles]", 'verifies = "county"', 'verifies = "robot"', "orders.roles.verifies", "not_a_choice"),
    ("[orders.verification]", '"person"', '"automatic"', "orders.verification.love_orders", "not_a_choice"),
    ("[providers.offer]", "= 1440", '= "1440"', "providers.offer.answer_within_minutes", "wrong_type"),
    ("[charity.claim]", "quota = 3", "quota = 0", "charity.claim.quota", "out_of_range"),
    ("[pack]", 'county = "130528"', 'county = "１30528"', "pack.county", "malformed"),
    ('id = "meal_help"', 'name = "助餐"', 'name = ""', "orders.item[1].name", "malformed"),
    # amounts by kind
    (HOME, 'rate_yuan = "300"', TIERED, "settlement.rule[1].rate_by_tier.full", "tier_without_rate"),
    (
        HOME, 'rate_yuan = "300"', 'rate_yuan = "300"\nprice_yuan = "5"',
        "settlement.rule[1].price_yuan", "amount_of_another_kind",
    ),
    (
        LOVE, 'kind = "agreed"', 'kind = "agreed"\nrate_yuan = "5"',
        "settlement.rule[5].rate_yuan", "amount_of_another_kind",
    ),
    (HOME, 'rate_yuan = "300"', "", "settlement.rule[1]", "amount_missing"),
    (BREAD, 'items = [{ id = "bread" }]', "", "settlement.rule[4].items", "items_missing"),
    (BREAD, '{ id = "bread" }', '{ id = "milk_powder" }', "settlement.rule[4].items[1].id", "article_twice"),
    # references
    (LOVE, 'funds = ["charity"]', 'funds = ["charty"]', "settlement.rule[5].funds[1]", "unknown_reference"),
    (HOME, '{ id = "errands" }', '{ id = "erands" }', "settlement.rule[1].items[3].id", "unknown_reference"),
    (DIBAO, '["dibao"]', '["dibaao"]', "settlement.rule[2].when.categories_any[1]", "unknown_reference"),
    (HOME, 'paper = "003"', 'paper = "033"', "settlement.rule[1].cite.paper", "unknown_reference"),
    ("[pack]", 'entry = "fund.charity"', 'entry = "fund.charities"', "pack.source[5].entry", "unknown_reference"),
    ('id = "meal_help"', 'group = "living"', 'group = "life"', "orders.item[1].group", "unknown_reference"),
    ('id = "home_care_dibao_80"', 'rule = "home', 'rule = "hom', "orders.programme[3].rule", "unknown_reference"),
    ('id = "goods_90"', 'item = "bread"', 'item = "cake"', "orders.programme[4].plan[2].item", "unknown_reference"),
    (
        'id = "goods_90"', 'mode = "gov', 'mode = "party_pairing" #',
        "orders.programme[4].plan[1].item", "mode_not_offered",
    ),
    (
        "[providers.visit]", "errands = 10", "erands = 10",
        "providers.visit.minimum_minutes_by_item.erands", "unknown_reference",
    ),
    ("[charity.offers]", 'rule = "low_price_offer"', 'rule = "bread_90"', "charity.offers.rule", "unknown_reference"),
    ("[charity.offers]", 'rule = "low_price_offer"\n', "", "charity.offers.rule", "rule_missing"),
    # caps
    ('id = "work_fund"\n', 'owner = "county"', SOFT, "settlement.fund[2].override_role", "override_role_missing"),
    ('id = "work_fund"\n', 'owner = "county"', NO_BASE, "settlement.fund[2].base", "unknown_reference"),
    ('id = "work_fund"\n', 'owner = "county"', TOO_MUCH, "settlement.fund[2].percent", "out_of_range"),
    (
        'id = "work_fund"\n', 'owner = "county"', 'owner = "county"\npercent = "1"',
        "settlement.fund[2].base", "cap_incomplete",
    ),
    # agreement within the pack
    ("[settlement]", "/0001", "/0002", "settlement.version", "version_mismatch"),
    ("[settlement]", '"2024-09-01"', '"2024-10-01"', "settlement.effective_from", "version_mismatch"),
    ("[settlement]", "retroactive = false", "retroactive = true", "settlement.retroactive", "version_mismatch"),
    (
        "[pack]", 'version = "130528/0001"', 'version = "130528/0001"\nextends = "130528/0001"',
        "pack.extends", "extends_itself",
    ),
    (BREAD, '"2024-12-31"', '"2023-12-31"', "settlement.rule[4].valid_to", "range_reversed"),
    (DIBAO, "min_age = 80", "min_age = 80, max_age = 79", "settlement.rule[2].when.max_age", "range_reversed"),
    ('id = "home_care_dibao_80"', "min_age = 80", "min_age = 79", "orders.programme[3].when", "condition_wider"),
    ('id = "home_care_destitute_half"', '"half"', '"able"', "orders.programme[2].when", "condition_wider"),
    ("[orders.survey]", "people = 2", "people = 3", "orders.survey.people", "team_mismatch"),
    ("[statements]", '"finance"', '"county"', "statements.signs_second", "same_signer"),
    ("[[settlement.fund]]", 'id = "charity"', 'id = "work_fund"', "settlement.fund[5].id", "duplicate"),
    (HOME, '{ id = "errands" }', '{ id = "meal_help" }', "settlement.rule[1].items[3].id", "duplicate"),
    (LOVE, 'funds = ["charity"]', 'funds = ["charity", "charity"]', "settlement.rule[5].funds[2]", "duplicate"),
    ("[[settlement.grade]]", 'id = "good"', 'id = "waived"', "settlement.grade[1].id", "reserved"),
    ("[[settlement.grade]]", 'id = "good"', 'id = "fine"', "settlement.grade[1]", "source_missing"),
]
"""After which text, the first occurrence of what, becomes what; place and code of the problem."""
