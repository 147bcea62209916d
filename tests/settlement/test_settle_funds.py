"""Draws on funds: order, earmarks, years, caps, overrides, what is drawn later (S13, S14)."""

from __future__ import annotations

import pytest

from tests.settlement.settle_examples import BATH, HOME, County, fens, policy, rows


def _capped(mode: str, percent: str = "1", role: str = "") -> str:
    override = f'override_role = "{role}"\n' if role else ""
    return f'[[settlement.fund]]\nid = "A"\nbase = "pool"\npercent = "{percent}"\nmode = "{mode}"\n{override}'


def _drawn(county: County, month: str = "2026-11") -> list[tuple[str, str, int]]:
    return [(row["month"], row["fund"], row["fen"]) for row in rows(county.settle(month), "draws")]


def _left(county: County, month: str = "2026-11") -> list[tuple[str, int]]:
    return [(row["month"], row["fen"]) for row in rows(county.settle(month), "unfunded")]


def test_funds_are_drawn_in_the_order_of_the_rule() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.allocated("B", 10000)
    county.allocated("A", 1000)
    assert _drawn(county) == [("2026-11", "A", 1000), ("2026-11", "B", 45)]
    assert _left(county) == []


def test_a_fund_pays_only_the_rules_that_list_it() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.allocated("C", 10000)
    assert (_drawn(county), _left(county)) == ([], [("2026-11", 1045)])


def test_draws_go_by_payee_then_purchaser_then_policy_order() -> None:
    county = County(policy(HOME, BATH))
    for payee, purchaser in (("B", "county"), ("A", "town"), ("A", "county")):
        county.served("bath", 3, payee=payee, purchaser=purchaser)
    county.month(payee="A", person="p9")
    county.served("visit", 3, payee="A", person="p9")
    county.allocated("A", 100000)
    found = [(row["payee"], row["purchaser"], row["rule"]) for row in rows(county.settle(), "draws")]
    assert found == [
        ("A", "county", "home"),
        ("A", "county", "bath"),
        ("A", "town", "bath"),
        ("B", "county", "bath"),
    ]


def test_a_month_draws_on_its_own_year_whenever_it_closes() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.allocated("A", 100000, year=2027)
    assert _left(county) == [("2026-11", 1045)]
    county.allocated("A", 1000, year=2026)
    assert _left(county) == [("2026-11", 45)]


def test_a_hard_cap_is_the_floor_of_the_percentage() -> None:
    county = County(policy(BATH, _capped("hard", "1.5")))
    county.served("bath", 3)
    county.allocated("A", 100000)
    county.allocated("pool", 66_666)
    assert _drawn(county) == [("2026-11", "A", 999)]  # 999.99


def test_a_share_is_itself_the_allocation() -> None:
    county = County(policy(BATH, _capped("share", "2")))
    county.served("bath", 3)
    county.allocated("pool", 50_000)
    assert _drawn(county) == [("2026-11", "A", 1000)]


def test_a_soft_cap_stops_without_an_override() -> None:
    county = County(policy(BATH, _capped("soft", role="director")))
    county.served("bath", 3)
    county.allocated("A", 100000)
    county.allocated("pool", 100_000)
    assert _drawn(county) == [("2026-11", "A", 1000)]


@pytest.mark.parametrize(
    ("override", "drawn"),
    [
        ({"role": "director"}, 1045),
        ({"role": "director", "amount_fen": 20}, 1020),
        ({"role": "clerk"}, 1000),
        ({"role": "director", "year": 2025}, 1000),
    ],
)
def test_a_soft_cap_goes_on_under_an_override_of_the_named_role(override: dict[str, object], drawn: int) -> None:
    county = County(policy(BATH, _capped("soft", role="director")))
    county.served("bath", 3)
    county.allocated("A", 100000)
    county.allocated("pool", 100_000)
    county.tell("override", "settlement", **{"fund": "A", "year": 2026, "day": "2026-11-20", **override})
    assert [row["fen"] for row in rows(county.settle(), "draws")] == [drawn]


def test_a_draw_beyond_the_cap_is_marked_with_its_override() -> None:
    county = County(policy(BATH, _capped("soft", role="director")))
    county.served("bath", 3)
    county.served("bath", 3, payee="B")
    county.allocated("A", 100000)
    county.allocated("pool", 104_500)
    name = county.tell("override", "settlement", fund="A", year=2026, day="2026-11-20", role="director")
    found = [(row["payee"], row.get("over_cap"), row.get("override")) for row in rows(county.settle(), "draws")]
    assert found == [("A", None, None), ("B", True, name)]


def test_an_override_gives_no_money() -> None:
    county = County(policy(BATH, _capped("soft", role="director")))
    county.served("bath", 3)
    county.allocated("A", 500)
    county.tell("override", "settlement", fund="A", year=2026, day="2026-11-20", role="director")
    assert _drawn(county) == [("2026-11", "A", 500)]


def test_a_cap_that_falls_below_what_is_drawn_stops_further_draws_and_nothing_else() -> None:
    county = County(policy(BATH, _capped("hard")))
    county.served("bath", 3)
    county.allocated("A", 100000)
    county.allocated("pool", 200_000)
    county.sealed("2026-11")
    county.allocated("pool", -150_000)
    county.served("bath", 3, month="2026-12")
    county.sealed("2026-12")
    assert _drawn(county, "2026-11") == [("2026-11", "A", 1045)]
    assert (_drawn(county, "2026-12"), _left(county, "2026-12")) == ([], [("2026-12", 1045)])


def test_what_is_unfunded_draws_at_each_allocation_before_the_months_own_draws() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11")
    county.allocated("A", 1500)
    county.served("bath", 3, month="2026-12")
    county.sealed("2026-12")
    assert _left(county, "2026-11") == [("2026-11", 1045)]
    assert _drawn(county, "2026-12") == [("2026-11", "A", 1045), ("2026-12", "A", 455)]
    assert _left(county, "2026-12") == [("2026-12", 590)]


def test_the_oldest_month_draws_first() -> None:
    county = County(policy(BATH))
    for month in ("2026-09", "2026-10"):
        county.served("bath", 3, month=month)
        county.sealed(month)
    county.allocated("A", 1100)
    county.sealed("2026-11")
    assert _drawn(county, "2026-11") == [("2026-09", "A", 1045), ("2026-10", "A", 55)]


def test_each_allocation_draws_by_itself_in_log_order() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11")
    county.allocated("B", 600)
    county.allocated("A", 600)
    county.sealed("2026-12")
    assert _drawn(county, "2026-12") == [("2026-11", "B", 600), ("2026-11", "A", 445)]


def test_an_override_lets_the_unfunded_draw_again() -> None:
    county = County(policy(BATH, _capped("soft", role="director")))
    county.served("bath", 3)
    county.allocated("A", 100000)
    county.allocated("pool", 100_000)
    county.sealed("2026-11")
    county.tell("override", "settlement", fund="A", year=2026, day="2026-12-02", role="director")
    county.sealed("2026-12")
    found = [(row["month"], row["fen"], row["over_cap"]) for row in rows(county.settle("2026-12"), "draws")]
    assert found == [("2026-11", 45, True)]


def test_without_news_of_money_nothing_is_drawn_again() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11")
    county.sealed("2026-12")
    assert (_drawn(county, "2026-12"), _left(county, "2026-12")) == ([], [("2026-11", 1045)])


def test_an_allocation_behind_the_seal_waits_for_the_next_close() -> None:
    county = County(policy(BATH))
    county.served("bath", 3)
    county.sealed("2026-11")
    county.allocated("A", 5000)
    assert _drawn(county, "2026-11") == []


def test_funds_and_their_order_are_those_of_the_months_last_day() -> None:
    later = policy(BATH.replace('["A", "B"]', '["B"]'), version="v2", effective_from="2026-11-30")
    county = County(policy(BATH), later)
    county.served("bath", 3)
    county.allocated("A", 5000)
    county.allocated("B", 5000)
    assert _drawn(county) == [("2026-11", "B", 1045)]


def test_an_older_month_draws_again_by_its_own_terms() -> None:
    later = policy(BATH.replace('["A", "B"]', '["B"]'), version="v2", effective_from="2026-12-01")
    county = County(policy(BATH), later)
    county.served("bath", 3)
    county.sealed("2026-11")
    county.allocated("A", 5000)
    county.sealed("2026-12")
    assert _drawn(county, "2026-12") == [("2026-11", "A", 1045)]


def test_a_debt_draws_nothing() -> None:
    county = County(policy(BATH))
    county.ruled(amount_fen=-500, **county.owed({"rule": "bath"}))
    county.allocated("A", 5000)
    answer = county.settle()
    assert (rows(answer, "draws"), fens(answer, "carried_out")) == ([], [-500])
