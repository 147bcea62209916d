"""Categories by rule and by day: who has which, why, and from when to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.orders.domain.categories import (
    Certificate,
    Derived,
    Facts,
    Group,
    categories_on,
    derive,
    effective,
    screened,
)
from services.orders.domain.policy import Policy
from services.orders.domain.status import Status, status_on
from tests.orders.examples import NINGJIN, day
from tests.orders.people import IN_DEPTH

BORN = day("1964-02-29")
BOTH = (NINGJIN, IN_DEPTH)


def facts(
    *categories: str, tier: str = "half", born: date = BORN, certificates: tuple[Certificate, ...] = (),
    groups: tuple[Group, ...] = (),
) -> Facts:  # fmt: skip
    status = Status(from_day=date.min, tier=tier, categories=categories)  # type: ignore[arg-type]
    return Facts(born=born, recorded=(status,), certificates=certificates, groups=groups)


def certificate(kind: str, valid_from: str, valid_to: str | None = None) -> Certificate:
    return Certificate(kind=kind, valid_from=day(valid_from), valid_to=day(valid_to) if valid_to else None)


def group(category: str, from_day: str, to_day: str | None = None) -> Group:
    return Group(
        household="h", category=category, grade="", from_day=day(from_day), to_day=day(to_day) if to_day else None
    )


def given_on(known: Facts, on: str, policy: Policy = IN_DEPTH) -> set[str]:
    return {category for category, _, _ in categories_on(known, day(on), policy)}


def test_dibao_and_60_and_disabled_is_a_disabled_elder_from_the_60th_birthday_on():
    assert "disabled_elderly" not in given_on(facts("dibao"), "2024-02-28")
    assert "disabled_elderly" in given_on(facts("dibao"), "2024-02-29")


def test_the_condition_alone_without_a_household_category_is_not_enough():
    assert given_on(facts(), "2030-01-01") == set()


def test_the_household_category_alone_without_the_condition_is_not_enough():
    assert "disabled_elderly" not in given_on(facts("dibao", tier="able"), "2030-01-01")


def test_dementia_stands_beside_disability():
    known = facts("dibao", tier="able", certificates=(certificate("dementia", "2024-01-01"),))
    assert "disabled_elderly" in given_on(known, "2024-03-01")


def test_each_newer_category_of_the_2024_paper_counts_as_a_household_in_need():
    for category in ("destitute", "dibao", "dibao_marginal", "rigid_expenditure", "monitored"):
        assert "disabled_elderly" in given_on(facts(category), "2024-10-01")


def test_an_orphan_s_certificate_makes_an_orphan():
    known = facts(tier="able", born=day("2015-05-05"), certificates=(certificate("orphan", "2020-01-01"),))
    assert given_on(known, "2024-10-01") == {"orphan"}


def test_what_the_household_has_is_the_member_s_and_its_reason_says_so():
    known = facts(tier="able", groups=(group("dibao", "2024-01-01", "2024-06-30"),))
    assert ("dibao", "household", "h") in categories_on(known, day("2024-06-30"), IN_DEPTH)
    assert categories_on(known, day("2024-07-01"), IN_DEPTH) == frozenset()


def test_a_rule_begins_and_ends_with_what_it_rests_on():
    known = facts(groups=(group("dibao", "2024-11-01", "2024-12-31"),))
    spans = [span for span in derive(known, BOTH) if span.category == "disabled_elderly"]
    expected = Derived(category="disabled_elderly", reason="rule", source="disabled_elderly_by_tier",
                       from_day=day("2024-11-01"), to_day=day("2024-12-31"))  # fmt: skip
    assert spans == [expected]


def test_a_rule_holds_from_the_day_of_the_policy_that_has_it():
    spans = [span for span in derive(facts("dibao"), BOTH) if span.category == "disabled_elderly"]
    assert [(span.from_day, span.to_day) for span in spans] == [(IN_DEPTH.effective_from, None)]


def test_without_rules_only_certificates_and_households_give_categories():
    assert derive(facts("dibao"), (NINGJIN,)) == ()


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        (facts("dibao", tier="half"), "needy_disabled_elderly"),
        (facts("dibao", tier="able", certificates=(certificate("dementia", "2020-01-01"),)), "needy_disabled_elderly"),
        (facts("dibao", tier="able", born=day("1944-10-10")), "dibao_80"),
        (facts("monitored", tier="able", born=day("1934-10-10")), "needy_90"),
        (facts("dibao_marginal", tier="able", certificates=(certificate("serious_illness", "2024-01-01"),)),
         "needy_ill_or_disabled"),
        (facts(tier="half", certificates=(certificate("family_planning_hardship", "2020-01-01"),)),
         "family_planning_disabled"),
        (facts(tier="able", born=day("2014-10-11"), certificates=(certificate("unattended_child", "2020-01-01"),)),
         "children"),
        (facts(tier="able", certificates=(certificate("left_behind", "2020-01-01"),)), "left_behind_elderly"),
    ],
)  # fmt: skip
def test_who_may_be_eligible_is_screened(known: Facts, rule: str):
    assert rule in screened(known, day("2024-10-10"), IN_DEPTH)


@pytest.mark.parametrize(
    "known",
    [
        facts("dibao", tier="able", born=day("1944-10-11")),
        facts("monitored", tier="able", born=day("1934-10-11")),
        facts(tier="able", certificates=(certificate("serious_illness", "2024-01-01"),)),
        facts(
            "dibao_marginal", tier="able", certificates=(certificate("serious_illness", "2020-01-01", "2024-10-09"),)
        ),
        facts(tier="full"),
    ],
)
def test_a_day_too_young_or_one_of_two_conditions_is_not_enough(known: Facts):
    assert screened(known, day("2024-10-10"), IN_DEPTH) == ()


def test_a_category_has_kept_its_code_while_its_name_changed():
    people = IN_DEPTH.people
    names = ("支出型困难家庭成员", "刚性支出困难家庭成员", "rigid_expenditure")
    assert [people.category_called(name) for name in names] == ["rigid_expenditure"] * 3


days = st.dates(date(1930, 1, 1), date(2035, 12, 31))
spans = st.tuples(days, st.integers(0, 4000), st.booleans())
certificates = st.builds(
    lambda kind, span: Certificate(
        kind=kind, valid_from=span[0], valid_to=None if span[2] else span[0] + timedelta(days=span[1])
    ),
    st.sampled_from(sorted(IN_DEPTH.people.certificates)),
    spans,
)
groups = st.builds(
    lambda category, span: Group(
        household="h", category=category, grade="", from_day=span[0],
        to_day=None if span[2] else span[0] + timedelta(days=span[1]),
    ),
    st.sampled_from(["dibao", "destitute", "monitored"]),
    spans,
)  # fmt: skip
statuses = st.lists(
    st.builds(
        Status,
        from_day=days,
        tier=st.sampled_from(["able", "half", "full"]),
        categories=st.sampled_from([(), ("dibao",), ("needy_elderly",)]),
    ),
    max_size=3,
    unique_by=lambda status: status.from_day,
)
first = Status(from_day=date.min, tier="able", categories=())


@given(
    born=days, recorded=statuses, certificates=st.lists(certificates, max_size=3), groups=st.lists(groups, max_size=3),
    on=days,
)  # fmt: skip
def test_on_every_day_the_spans_say_what_the_rules_say_of_that_day(
    born: date, recorded: list[Status], certificates: list[Certificate], groups: list[Group], on: date
):
    known = Facts(
        born=born,
        recorded=(first, *sorted(recorded, key=lambda status: status.from_day)),
        certificates=tuple(certificates),
        groups=tuple(groups),
    )
    derived = derive(known, (IN_DEPTH,))
    on = max(on, born)
    holding = {(span.category, span.reason, span.source) for span in derived if span.holds_on(on)}
    assert holding == categories_on(known, on, IN_DEPTH)
    status = status_on(effective(known.recorded, derived), on)
    base = status_on(known.recorded, on)
    assert status.tier == base.tier
    assert set(status.categories) == {*base.categories, *(category for category, _, _ in holding)}


@given(born=days, groups=st.lists(groups, max_size=3), order=st.randoms(use_true_random=False))
def test_the_order_in_which_facts_became_known_changes_nothing(born: date, groups: list[Group], order: object):
    shuffled = list(groups)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    known = facts(born=born, groups=tuple(groups))
    assert derive(known, BOTH) == derive(replace(known, groups=tuple(shuffled)), BOTH)
