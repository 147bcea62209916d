"""Whatever the order of commands: who surveyed never decides, who approved never confirms, and nothing hangs in the
village, nor is a need reviewed, without two who surveyed and another who confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.service import Step
from services.orders.domain import need
from services.orders.views.known import guards
from tests.orders.examples import NEED, ZHAO, assess, confirm, need_registered, survey
from tests.orders.needs_in_depth import dispute, hang, known, refuse, review, tell_missing, watch

PEOPLE = ("li", "wang", "zhao", "chen")
someone = st.sampled_from(PEOPLE)
roles = st.sampled_from(("village", "township", "bureau", "provider"))
commands = st.one_of(
    st.builds(lambda a, b: replace(survey, village_worker=a, aide=b), someone, someone),
    st.builds(lambda by, role: replace(confirm, by=by, role=role), someone, roles),
    st.builds(lambda by, role: replace(assess, by=by, role=role), someone, roles),
    st.builds(lambda by, role: replace(refuse, by=by, role=role), someone, roles),
    st.builds(lambda by, role: replace(watch, by=by, role=role), someone, roles),
    st.builds(lambda by: replace(dispute, by=by), someone),
    st.builds(lambda by: replace(review, by=by), someone),
    st.builds(lambda by: replace(tell_missing, by=by), someone),
    st.builds(lambda by: replace(hang, by=by), someone),
)


def played(asked: list[Any], *, urgent: bool, verifiers: frozenset[str]) -> tuple[need.Need, list[Any]]:
    """The need after the commands that were not refused, and all its events."""
    knows = replace(known, verifiers=verifiers)
    events: list[Any] = [replace(need_registered, urgent=urgent)]
    for number, command in enumerate(asked):
        later = replace(command, at=command.at + timedelta(days=10 + number))
        try:
            events += need.decide(later, need.decider.fold(events), knows)
        except Rejected:
            continue
    state = need.decider.fold(events)
    assert state is not None
    return state, events


@settings(max_examples=300, deadline=None)
@given(
    asked=st.lists(commands, max_size=12), urgent=st.booleans(), verifiers=st.frozensets(someone, max_size=2)
)  # fmt: skip
def test_hands_stay_apart_in_any_order(asked: list[Any], urgent: bool, verifiers: frozenset[str]):
    state, events = played(asked, urgent=urgent, verifiers=verifiers)
    decided = {event.by for event in events if isinstance(event, need.Confirmed | need.Approved | need.Refused)}
    assert decided.isdisjoint(state.surveyors)
    if state.approved is not None:
        assert state.confirmer != state.approved.by
    assert len(set(state.surveyors)) in (0, 2)


@settings(max_examples=300, deadline=None)
@given(asked=st.lists(commands, max_size=12), urgent=st.booleans())
def test_nothing_hangs_without_survey_and_review(asked: list[Any], urgent: bool):
    state, events = played(asked, urgent=urgent, verifiers=frozenset())
    kinds = [type(event) for event in events]
    if need.NoticeHung in kinds:
        before = kinds[: kinds.index(need.NoticeHung)]
        assert {need.Surveyed, need.Confirmed, need.Approved} <= set(before)
    if need.Approved in kinds and not urgent:
        assert {need.Surveyed, need.Confirmed} <= set(kinds[: kinds.index(need.Approved)])
    assert not (state.disputed and need.Confirmed in kinds[kinds.index(need.Disputed) :])


@settings(max_examples=200, deadline=None)
@given(
    asked=st.lists(commands, max_size=10), urgent=st.booleans(),
    verifiers=st.frozensets(someone, min_size=1, max_size=2),
)  # fmt: skip
def test_who_verified_has_no_hand_in_any_need_of_the_person(asked: list[Any], urgent: bool, verifiers: frozenset[str]):
    state, events = played(asked, urgent=urgent, verifiers=verifiers)
    decided = {event.by for event in events if isinstance(event, need.Confirmed | need.Approved | need.Refused)}
    assert verifiers.isdisjoint(state.surveyors)
    assert verifiers.isdisjoint(decided)


def test_a_survey_and_a_verification_for_one_person_are_never_decided_unseen():
    """Whoever surveys or decides reads who verified: both name the person, so that they share no batch."""
    for asked in (survey, confirm, assess, refuse):
        command = replace(asked, person=ZHAO)
        step = Step(decider=need.decider, stream=NEED, command=command)
        assert f"person:{ZHAO}" in set(guards(step, None))
