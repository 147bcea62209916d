"""Needs are surveyed by two, disputed ones reviewed by the village, doubtful ones discussed, others watched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.orders.domain import need
from tests.orders.examples import at, confirm, confirmed, day, need_registered, survey, surveyed
from tests.orders.needs_in_depth import (
    NINGJIN_2,
    a_need,
    approved,
    assess,
    decide_case,
    dispute,
    disputed,
    known,
    ready,
    refuse,
    review,
    reviewed,
    waiting,
    watch,
)

against = replace(reviewed, in_favour=4, supported=False)


def test_the_team_is_a_village_worker_and_an_aide():
    two_aides = replace(survey, roles=("aide", "aide"))
    waiting.when(two_aides, known).rejected("need.survey_team_wrong")


def test_township_staff_may_stand_in_for_the_village_worker():
    sent = replace(survey, roles=("township_officer", "aide"))
    assert waiting.when(sent, known).state.survey.roles == ("township_officer", "aide")


def test_a_survey_takes_the_forms_the_pack_allows():
    assert waiting.when(replace(survey, form="video"), known).state.survey.form == "video"
    homes_only = replace(NINGJIN_2, needs=replace(NINGJIN_2.needs, forms=frozenset({"home"})))
    only = replace(known, policies=(homes_only,))
    waiting.when(replace(survey, form="phone"), only).rejected("need.survey_form_not_allowed")


def test_a_survey_off_line_keeps_the_instant_it_was_written_down():
    written = replace(survey, captured_at=at("2024-09-03", "17:00"))
    assert waiting.when(written, known).state.survey.captured_at == at("2024-09-03", "17:00")
    waiting.when(replace(survey, captured_at=at("2024-09-05")), known).rejected("need.survey_in_the_future")


@pytest.mark.parametrize("by", ["village-1", "aide-1"])
def test_who_surveyed_decides_nothing(by: str):
    both = a_need.given(need_registered, surveyed, confirmed)
    both.when(replace(assess, by=by), known).rejected("need.surveyor_decided")
    ready.when(replace(refuse, by=by), known).rejected("need.surveyor_decided")
    ready.when(replace(watch, by=by), known).rejected("need.surveyor_decided")
    ready.when(replace(decide_case, by=by), known).rejected("need.surveyor_decided")


def test_what_nobody_disputes_has_no_democratic_review():
    ready.when(review, known).rejected("need.not_disputed")
    assert ready.when(confirm, known).state.confirmed


def test_what_is_disputed_waits_for_its_review():
    objected = ready.when(dispute, known)
    objected.then(disputed)
    objected.when(confirm, known).rejected("need.disputed")


def test_a_review_supports_a_need_with_more_than_half_of_those_present():
    objected = a_need.given(need_registered, surveyed, disputed)
    objected.when(review, known).then(reviewed)
    assert objected.when(review, known).when(replace(confirm, at=at("2024-09-06")), known).state.confirmed
    assert objected.when(replace(review, present=10), known).state.review.supported is False


def test_a_review_told_again_is_a_repetition():
    a_need.given(need_registered, surveyed, disputed, reviewed).when(review, known).then()


def test_a_review_counts_no_more_in_favour_than_were_there():
    objected = a_need.given(need_registered, surveyed, disputed)
    objected.when(replace(review, in_favour=10), known).rejected("need.review_numbers_wrong")
    objected.when(replace(review, held_on=day("2024-09-06")), known).rejected("need.day_in_the_future")


def test_what_the_village_does_not_support_is_confirmed_only_after_the_departments_decided():
    opposed = a_need.given(need_registered, surveyed, disputed, against)
    late = replace(confirm, at=at("2024-09-07"))
    opposed.when(late, known).rejected("need.review_against")
    assert opposed.when(decide_case, known).when(late, known).state.confirmed


def test_a_dispute_after_the_confirmation_still_stops_the_assessment():
    objected = a_need.given(need_registered, surveyed, confirmed, disputed)
    objected.when(assess, known).rejected("need.disputed")


def test_what_is_decided_is_not_disputed_here_any_more():
    a_need.given(need_registered, surveyed, confirmed, approved).when(dispute, known).rejected("need.already_decided")


def test_a_refusal_is_handed_over_once():
    handed = need.HandRefusal(handed_on=day("2024-09-08"), way="in_person", by="village-2", at=at("2024-09-08"))
    ready.when(handed, known).rejected("need.not_refused")
    refused = ready.when(refuse, known).when(handed, known)
    assert refused.state.handed_on == day("2024-09-08")
    assert [clock.step for clock in refused.state.clocks] == []
    refused.when(handed, known).then()


def test_who_is_not_eligible_yet_is_watched_and_looked_at_again_on_the_day():
    watched = ready.when(watch, known)
    assert (watched.state.stage, watched.state.clocks) == ("watched", ())
    watched.when(need.LookAgain(at=at("2024-12-01")), known).then()
    again = watched.when(need.LookAgain(at=at("2024-12-02", "00:00")), known)
    assert again.state.stage == "surveyed"
    assert [clock.step for clock in again.state.clocks] == ["review"]


def test_who_is_watched_may_be_confirmed_before_the_day():
    early = ready.when(watch, known).when(replace(confirm, at=at("2024-10-08")), known)
    assert early.state.stage == "confirmed"
    early.when(need.LookAgain(at=at("2024-12-02")), known).then()


def test_the_day_to_look_again_lies_ahead():
    ready.when(replace(watch, look_again_on=day("2024-09-05")), known).rejected("need.watch_day_wrong")
