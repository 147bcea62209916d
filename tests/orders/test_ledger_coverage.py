"""What the radar finds about one person, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.orders.domain.coverage import Finding, Looked, Running, Taken, entitled, findings
from services.orders.domain.policy import LedgerRules
from tests.orders.examples import BORN, NINGJIN, OTHER_PROVIDER, PLAN, PROVIDER, ZHAO, day

TODAY = day("2024-10-20")
USUAL = tuple(
    (item, times)
    for programme in NINGJIN.entitlements
    if programme.id == "home_care_destitute_half"
    for item, times in programme.usual.items()
)
plan = Running(
    id=PLAN, started=True, drawn_on=day("2024-09-06"), from_day=day("2024-10-01"), notice_on=day("2024-09-19"),
    provider=PROVIDER, items=USUAL,
)  # fmt: skip
zhao = Looked(born=BORN, died=False, tier="half", categories=("destitute_dispersed",), plans=(plan,))


def found(person: Looked, **rules: Any) -> list[Finding]:
    policy = replace(NINGJIN, ledgers=LedgerRules(**rules)) if rules else NINGJIN
    return list(findings(person, policy, TODAY))


def test_nothing_is_found_about_who_gets_what_is_usual():
    assert found(zhao) == []


def test_who_is_entitled_and_has_no_plan_is_omitted():
    assert found(replace(zhao, plans=())) == [Finding(code="no_plan", programme="home_care_destitute_half")]


def test_who_is_entitled_to_nothing_is_not_omitted():
    assert found(replace(zhao, plans=(), categories=())) == []
    assert found(replace(zhao, plans=(), tier="able")) == []


def test_entitlement_follows_the_age_of_the_day():
    dibao = replace(zhao, categories=("dibao",), born=day("1944-10-21"))
    assert entitled(dibao, NINGJIN, TODAY) == ()
    assert [one.id for one in entitled(dibao, NINGJIN, day("2024-10-21"))] == ["home_care_dibao_80"]


def test_a_drawn_plan_has_the_days_of_notice_and_start():
    drawn = replace(plan, started=False, from_day=None, notice_on=None, drawn_on=day("2024-09-10"))
    waiting = replace(zhao, plans=(drawn,))
    assert found(waiting, notice_days=10, start_days=30) == []
    assert found(waiting, notice_days=10, start_days=29) == [Finding(code="plan_not_started", plan=PLAN)]


def test_service_without_a_notice_and_without_a_provider_is_found():
    bare = replace(plan, notice_on=None, provider=None)
    assert found(replace(zhao, plans=(bare,))) == [
        Finding(code="no_notice", plan=PLAN), Finding(code="no_provider", plan=PLAN)
    ]  # fmt: skip
    assert found(replace(zhao, plans=(replace(plan, provider=None, bought=False),))) == []
    ahead = replace(plan, provider=None, from_day=day("2024-11-01"))
    assert found(replace(zhao, plans=(ahead,))) == []


def test_a_plan_that_gives_less_says_what_and_how_much():
    less = tuple((item, 1 if item == "bathing_help" else times) for item, times in USUAL if item != "errands")
    assert found(replace(zhao, plans=(replace(plan, items=less),))) == [
        Finding(code="gives_less", programme="home_care_destitute_half", item="bathing_help", given=1, usual=2),
        Finding(code="gives_less", programme="home_care_destitute_half", item="errands", given=0, usual=4),
    ]


def test_a_plan_runs_on_for_somebody_who_died_or_left_the_roll():
    assert Finding(code="not_entitled", plan=PLAN) in found(replace(zhao, died=True))
    assert found(replace(zhao, categories=())) == [Finding(code="not_entitled", plan=PLAN)]


def test_two_plans_of_one_person_and_one_item_twice_are_found():
    second = replace(plan, id=ZHAO, items=(("errands", 1), ("errands", 2)))
    assert found(replace(zhao, plans=(plan, second))) == [
        Finding(code="two_plans", plan=ZHAO), Finding(code="item_twice", plan=ZHAO, item="errands")
    ]  # fmt: skip


def test_programmes_that_exclude_each_other_are_found_where_both_apply():
    both = replace(zhao, categories=("destitute_dispersed", "dibao"))
    exclusive = (frozenset({"home_care_destitute_half", "home_care_dibao_80"}),)
    assert found(both, exclusive=exclusive) == [Finding(code="programmes_exclude", programme="home_care_dibao_80")]
    assert found(both) == []


def taken(provider: Any, first: str, last: str, item: str = "home_cleaning") -> Taken:
    return Taken(item=item, provider=provider, first=day(first), last=day(last))


@pytest.mark.parametrize(
    ("other", "items"),
    [
        (taken(OTHER_PROVIDER, "2024-10-07", "2024-10-10"), ["home_cleaning"]),
        (taken(OTHER_PROVIDER, "2024-10-08", "2024-10-10"), []),
        (taken(PROVIDER, "2024-10-07", "2024-10-10"), []),
        (taken(OTHER_PROVIDER, "2024-10-01", "2024-10-07", "errands"), []),
    ],
    ids=["one day both", "next day", "the same", "another item"],
)
def test_one_item_is_served_by_two_only_where_their_days_overlap(other: Taken, items: list[str]) -> None:
    orders = (taken(PROVIDER, "2024-10-01", "2024-10-07"), other)
    assert [one.item for one in found(replace(zhao, orders=orders))] == items
