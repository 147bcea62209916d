"""Urgent needs: help first, papers after, by another; amounts within soft limits; emergencies with a first and last
day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.orders.domain import need
from services.orders.domain.policy.needs import Emergency
from tests.orders.examples import PLAN, at, confirm, confirmed, day, need_registered, survey, surveyed
from tests.orders.needs_in_depth import (
    NINGJIN_2,
    OTHER_PLAN,
    a_need,
    assess,
    decide_case,
    hang,
    helped_first,
    known,
    was_urgent,
    words,
)

helped = a_need.given(was_urgent, helped_first)
confirmable = a_need.given(need_registered, surveyed, confirmed)
FLOOD = Emergency(
    valid_from=day("2024-09-01"), valid_to=day("2024-09-10"), approves=frozenset({"village", "provider"}),
    all_urgent=True, report_within_days=20,
)  # fmt: skip
flooded = replace(known, policies=(replace(NINGJIN_2, needs=replace(NINGJIN_2.needs, emergencies=(FLOOD,))),))
providers_too = replace(known, policies=(replace(NINGJIN_2, approves_urgent="provider"),))


def test_help_comes_first_and_the_papers_are_due():
    now = a_need.given(was_urgent).when(replace(assess, role="township", by="township-2"), known)
    assert now.state.approved.papers_due == day("2024-09-16")
    assert ("filing", day("2024-09-16")) in {(clock.step, clock.due_on) for clock in now.state.clocks}


def test_papers_that_are_late_are_told_to_township_and_county():
    now = a_need.given(was_urgent).when(replace(assess, role="township", by="township-2"), known)
    missed = now.when(need.CheckClocks(at=at("2024-09-17", "00:00")), known)
    assert [(one.step, one.level) for one in missed.events if one.step == "filing"] == [("filing", "township")]
    later = missed.when(need.CheckClocks(at=at("2024-09-21", "00:00")), known)
    assert [(one.step, one.level) for one in later.events if one.step == "filing"] == [("filing", "county")]


def test_filed_papers_stop_the_clock():
    filed = helped.when(survey, known).when(replace(confirm, by="township-9"), known)
    assert filed.state.reviewed
    assert "filing" not in {clock.step for clock in filed.state.clocks}


def test_the_notice_is_waited_for_from_the_review_on():
    now = a_need.given(was_urgent).when(replace(assess, role="township", by="township-2"), known)
    assert "notice" not in {clock.step for clock in now.state.clocks}
    filed = helped.when(survey, known).when(replace(confirm, by="township-9"), known)
    assert "notice" in {clock.step for clock in filed.state.clocks}


def test_the_papers_are_reviewed_by_somebody_else_than_who_approved():
    by_provider = replace(helped_first, by="clinic", role="provider")
    paid = a_need.given(was_urgent, by_provider, surveyed)
    paid.when(replace(confirm, by="clinic"), known).rejected("need.confirmer_assessed")
    assert paid.when(confirm, known).state.reviewed


def test_a_provider_approves_where_the_policy_leaves_it_to_providers():
    fast = a_need.given(was_urgent).when(replace(assess, role="provider", by="clinic"), providers_too)
    assert fast.state.approved.role == "provider"
    a_need.given(was_urgent).when(replace(assess, role="provider"), known).rejected("need.not_yours_to_decide")


@pytest.mark.parametrize("by", ["village-1", "aide-1"])
def test_who_approved_at_once_does_not_survey_later(by: str):
    mine = a_need.given(was_urgent, replace(helped_first, by=by))
    mine.when(survey, known).rejected("need.surveyor_decided")


def test_who_verified_a_visit_neither_surveys_nor_confirms_later():
    verified = replace(known, verifiers=frozenset({"aide-1", "township-1"}))
    helped.when(survey, verified).rejected("need.surveyor_verified")
    a_need.given(was_urgent, helped_first, surveyed).when(confirm, verified).rejected("need.decider_verified")


def test_nothing_hangs_in_the_village_before_it_is_reviewed():
    helped.when(hang, known).rejected("need.not_reviewed")
    a_need.given(was_urgent, helped_first, surveyed).when(hang, known).rejected("need.not_reviewed")
    hung = a_need.given(was_urgent, helped_first, surveyed, confirmed).when(hang, known)
    assert (hung.state.notice_on, hung.state.notice_to) == (day("2024-09-10"), day("2024-09-16"))
    hung.when(hang, known).then()


def test_a_long_term_notice_has_no_last_day():
    always = replace(known, policies=(replace(NINGJIN_2, needs=replace(NINGJIN_2.needs, long_term=True)),))
    done = a_need.given(was_urgent, helped_first, surveyed, confirmed)
    assert done.when(hang, always).state.notice_to is None


def test_knows_the_plan_it_widened():
    own = need.NotePlan(plan_id=PLAN, at=at("2024-09-06"))
    helped.when(own, known).then()
    assert helped.when(replace(own, plan_id=OTHER_PLAN), known).state.plan_id == OTHER_PLAN


@pytest.mark.parametrize("amount_fen", [138_000, 276_000])
def test_urgent_help_of_two_to_four_times_the_standard_needs_no_reason(amount_fen: int):
    at_once = replace(assess, role="township", by="township-2", amount_fen=amount_fen)
    decided = a_need.given(was_urgent).when(at_once, known).state.approved
    assert (decided.amount_fen, decided.within_fen) == (amount_fen, (138_000, 276_000))


@pytest.mark.parametrize("amount_fen", [137_999, 276_001])
def test_urgent_help_beyond_needs_a_recorded_reason(amount_fen: int):
    beyond = replace(assess, role="township", by="township-2", amount_fen=amount_fen)
    a_need.given(was_urgent).when(beyond, known).rejected(
        "need.amount_beyond_limits", least_fen=138_000, most_fen=276_000
    )
    assert a_need.given(was_urgent).when(replace(beyond, override=words), known).state.approved.override == words


def test_other_help_goes_to_ten_times_and_further_after_a_meeting():
    most = replace(assess, amount_fen=690_000)
    assert confirmable.when(most, known).state.approved.within_fen == (138_000, 690_000)
    beyond = replace(assess, amount_fen=900_000, at=at("2024-09-07"))
    confirmable.when(beyond, known).rejected("need.amount_beyond_limits")
    assert confirmable.when(decide_case, known).when(beyond, known).state.approved.amount_fen == 900_000
    confirmable.when(decide_case, known).when(replace(beyond, amount_fen=1_000_001), known).rejected(
        "need.amount_beyond_limits", least_fen=138_000, most_fen=1_000_000
    )


def test_in_an_emergency_its_bodies_approve_every_need_at_once():
    at_once = replace(assess, role="village", by="village-9")
    a_need.given(need_registered).when(at_once, known).rejected("need.not_yours_to_decide")
    decided = a_need.given(need_registered).when(at_once, flooded).state.approved
    assert (decided.emergency, decided.papers_due) == (True, day("2024-09-26"))


def test_after_an_emergency_everything_is_as_before():
    late = replace(assess, role="village", by="village-9", at=at("2024-09-11"))
    a_need.given(need_registered).when(late, flooded).rejected("need.not_yours_to_decide")
