"""Needs: surveyed by two, confirmed and assessed by whom the policy names, urgent ones helped first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.testing import Specification
from services.orders.domain import need
from tests.orders.examples import (
    NINGJIN,
    PLAN,
    approved,
    assess,
    at,
    cleaning,
    confirm,
    confirmed,
    day,
    findings,
    known_need,
    need_registered,
    register_need,
    survey,
    surveyed,
    urgent_need_registered,
)

a_need = Specification(need.decider)
ready = a_need.given(need_registered, surveyed, confirmed)


def test_is_registered_with_a_number_and_the_persons_home():
    a_need.when(register_need, known_need).then(need_registered)


def test_of_somebody_unknown_is_refused():
    a_need.when(register_need, replace(known_need, home=None)).rejected("need.person_unknown")


def test_of_somebody_dead_is_refused():
    assert known_need.home is not None
    dead = replace(known_need, home=replace(known_need.home, died=True))
    a_need.when(register_need, dead).rejected("beneficiary.died")


def test_asks_for_items_of_the_catalogue():
    a_need.when(replace(register_need, items=("butler",)), known_need).rejected("policy.item_unknown", number=1)


def test_before_any_policy_is_refused():
    a_need.when(register_need, replace(known_need, policies=())).rejected("policy.none")


def test_is_surveyed_by_two():
    a_need.given(need_registered).when(survey, known_need).then(surveyed)


def test_is_not_surveyed_by_one_person_twice():
    alone = replace(survey, aide=survey.village_worker)
    a_need.given(need_registered).when(alone, known_need).rejected("need.survey_needs_two_people")


def test_is_not_surveyed_by_who_declared_a_conflict():
    conflicted = replace(need_registered, conflict_of_interest=True)
    a_need.given(conflicted).when(survey, known_need).rejected("need.conflict_of_interest")


def test_is_confirmed_by_the_township():
    a_need.given(need_registered, surveyed).when(confirm, known_need).then(confirmed)


def test_is_not_confirmed_by_the_bureau_here():
    other = replace(confirm, role="bureau")
    a_need.given(need_registered, surveyed).when(other, known_need).rejected(
        "need.not_yours_to_decide", body="township"
    )


@pytest.mark.parametrize("by", ["village-1", "aide-1"])
def test_is_not_confirmed_by_who_surveyed(by: str):
    a_need.given(need_registered, surveyed).when(replace(confirm, by=by), known_need).rejected(
        "need.confirmer_surveyed"
    )


def test_is_not_assessed_by_who_confirmed():
    same = replace(assess, by=confirm.by)
    a_need.given(need_registered, surveyed, confirmed).when(same, known_need).rejected("need.confirmer_assessed")


def test_that_was_urgent_is_not_confirmed_by_who_approved_it():
    urgent = replace(approved, papers_due=day("2024-09-16"), by=confirm.by, role="township")
    helped = a_need.given(urgent_need_registered, urgent, surveyed)
    helped.when(confirm, known_need).rejected("need.confirmer_assessed")


def test_is_not_confirmed_before_the_survey():
    a_need.given(need_registered).when(confirm, known_need).rejected("need.not_surveyed")


def test_is_assessed_and_approved_by_the_bureau():
    ready.when(assess, known_need).then(approved)


def test_approved_again_alike_is_a_repetition():
    a_need.given(need_registered, surveyed, confirmed, approved).when(assess, known_need).then()


def test_approved_is_not_changed_by_another_assessment():
    other = replace(assess, items=(need.Wanted(item="errands", times_per_month=1, units=1),))
    a_need.given(need_registered, surveyed, confirmed, approved).when(other, known_need).rejected(
        "need.already_decided", stage="approved"
    )


def test_is_not_assessed_by_the_township_here():
    ready.when(replace(assess, role="township"), known_need).rejected("need.not_yours_to_decide", body="bureau")


def test_is_not_assessed_before_it_is_confirmed():
    a_need.given(need_registered, surveyed).when(assess, known_need).rejected("need.not_confirmed")


def test_is_not_met_by_buying_what_cannot_be_bought():
    company = replace(assess, items=(need.Wanted(item="family_companionship", times_per_month=1, units=1),))
    ready.when(company, known_need).rejected("policy.item_not_by_this_mode")


def test_for_purchase_has_no_price_of_its_own():
    ready.when(replace(assess, price_fen=100, rule="x"), known_need).rejected("need.purchase_has_no_price")


def test_for_charity_makes_no_plan_and_may_have_a_price():
    gift = replace(assess, mode="charity", price_fen=5000, rule="love_order")
    told = ready.when(gift, known_need)
    given = (replace(cleaning, mode="charity"),)
    told.then(replace(approved, items=given, mode="charity", price_fen=5000, rule="love_order", plan_id=None))


def test_with_a_price_names_the_rule_that_pays_it():
    ready.when(replace(assess, mode="charity", price_fen=5000), known_need).rejected("need.price_needs_a_rule")


def test_for_goods_plans_goods():
    bread = replace(assess, items=(need.Wanted(item="bread", times_per_month=1, units=2),))
    assert ready.when(bread, known_need).state.approved.items[0].kind == "goods"


def test_for_goods_of_a_programme_that_is_over_is_refused():
    bread = replace(assess, items=(need.Wanted(item="bread", times_per_month=1, units=2),), at=at("2025-01-02"))
    ready.when(bread, known_need).rejected("policy.item_unknown", number=1)


def test_that_is_urgent_is_helped_before_the_papers():
    told = a_need.given(urgent_need_registered).when(replace(assess, role="township"), known_need)
    assert told.state.stage == "approved"
    assert told.state.approved.papers_due == day("2024-09-06") + timedelta(days=NINGJIN.report_within_days)
    assert told.state.approved.plan_id == PLAN


def test_that_was_urgent_is_surveyed_and_confirmed_afterwards():
    urgent = replace(approved, papers_due=day("2024-09-16"))
    helped = a_need.given(urgent_need_registered, urgent)
    helped.when(survey, known_need).then(surveyed)
    assert helped.when(survey, known_need).when(confirm, known_need).state.confirmed


def test_is_refused_with_a_sealed_reason():
    refuse = need.Refuse(reason=findings, by="township-1", role="township", at=at("2024-09-06"))
    refused = need.Refused(reason=findings, by="township-1", role="township", at=at("2024-09-06"))
    a_need.given(need_registered, surveyed).when(refuse, known_need).then(refused)
    a_need.given(need_registered, surveyed, refused).when(assess, known_need).rejected("need.already_decided")


def test_that_is_approved_is_not_refused_later():
    refuse = need.Refuse(reason=findings, by="township-1", role="township", at=at("2024-09-07"))
    a_need.given(need_registered, surveyed, confirmed, approved).when(refuse, known_need).rejected(
        "need.already_decided", stage="approved"
    )
