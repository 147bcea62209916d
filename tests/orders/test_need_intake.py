"""Needs are taken in by any channel, numbered by the year, and classified; urgent ones are never turned away."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from services.orders.domain import need
from tests.orders.examples import at, day, need_registered, register_need
from tests.orders.needs_in_depth import NINGJIN_2, a_need, classify, known, waiting, words

LOCALS_ONLY = replace(
    NINGJIN_2,
    needs=replace(NINGJIN_2.needs, residences=frozenset({"registered"}), commitment=frozenset({"window", "online"})),
)
strict = replace(known, policies=(LOCALS_ONLY,))


@pytest.mark.parametrize("channel", get_args(need.Channel))
def test_are_found_through_every_channel(channel: need.Channel):
    found = a_need.when(replace(register_need, channel=channel), known).state
    assert found.registered.channel == channel


def test_get_a_number_of_the_county_and_year():
    assert a_need.when(register_need, known).state.registered.register_number == "130528-2024-00012"


def test_remember_the_hotlines_ticket_and_the_first_contact():
    called = replace(register_need, channel="hotline", ticket="12345-0007", owner="desk-3")
    registered = a_need.when(called, known).state.registered
    assert (registered.ticket, registered.owner) == ("12345-0007", "desk-3")


def test_are_owned_by_who_registers_them_where_nobody_else_is_named():
    assert a_need.when(register_need, known).state.registered.owner == "village-1"


def test_are_for_what_the_person_chooses():
    chosen = replace(register_need, items=("meal_help", "counselling"), channel="online")
    assert a_need.when(chosen, known).state.registered.items == ("meal_help", "counselling")


def test_of_a_proxy_name_who_applies_and_the_relation():
    nameless = replace(register_need, channel="proxy", applicant=need.Applicant(by="proxy", relation_code="neighbour"))
    a_need.when(nameless, known).rejected("need.applicant_wrong")
    named = need.Applicant(by="proxy", relation_code="neighbour", name=words)
    assert a_need.when(replace(nameless, applicant=named), known).state.registered.applicant == named


def test_of_who_is_registered_elsewhere_are_taken_with_a_residence_permit():
    assert a_need.when(replace(register_need, residence="permit"), known).state.stage == "registered"


def test_of_visitors_are_referred_home_where_the_pack_says_so():
    a_need.when(replace(register_need, residence="visiting"), known).rejected("need.apply_where_registered")


def test_that_are_urgent_are_not_stopped_by_registration_or_signature():
    stranger = replace(register_need, residence="visiting", channel="window", urgent=True)
    assert a_need.when(stranger, strict).state.urgent


def test_by_a_channel_with_commitment_are_signed():
    unsigned = replace(register_need, channel="window")
    a_need.when(unsigned, strict).rejected("need.commitment_missing")
    signed = replace(unsigned, committed_on=day("2024-09-03"))
    assert a_need.when(signed, strict).state.registered.committed_on == day("2024-09-03")


def test_are_not_signed_or_found_in_the_future():
    later = replace(register_need, committed_on=day("2024-09-04"))
    a_need.when(later, known).rejected("need.day_in_the_future")
    a_need.when(replace(register_need, found_at=at("2024-09-04")), known).rejected("need.found_in_the_future")


def test_are_classified_by_kind_and_urgency():
    state = waiting.when(classify, known).state
    assert (state.difficulty, state.urgency, state.fast) == ("care", "fast_lane", True)
    waiting.when(classify, known).when(classify, known).then()


def test_are_not_of_a_kind_the_pack_does_not_know():
    waiting.when(replace(classify, difficulty="boredom"), known).rejected("need.difficulty_unknown")


def test_classified_urgent_may_be_helped_first():
    urgent = waiting.when(replace(classify, urgency="urgent"), known)
    assert urgent.state.urgent
    assert not urgent.state.registered.urgent


def test_withdrawn_by_the_person_are_over():
    withdraw = need.Withdraw(reason_code="moved_in_with_family", by="village-1", at=at("2024-09-04"))
    gone = waiting.when(withdraw, known)
    assert gone.state.stage == "withdrawn"
    gone.when(withdraw, known).then()
    gone.when(classify, known).rejected("need.already_decided", stage="withdrawn")


def test_of_before_are_read_as_they_were():
    old = replace(need_registered, register_number="", owner="")
    assert a_need.given(old).state.urgency == "ordinary"
