"""Whatever is asked of a grade or a finding, by whom and in which order, these hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.providers.domain import finding, month_grade
from tests.providers.grading import ABOUT, AT, BOX, ISSUE, KNOWN, OBJECT, REJUDGE, enter
from tests.providers.test_finding import ANSWER, FAILED, OPEN, PASSED
from tests.providers.test_finding import KNOWN as DAYS

OFFICERS = st.sampled_from(("qian", "zhao", "sun"))
ASKED_OF_A_GRADE = st.one_of(
    st.builds(enter, st.sampled_from(("pictures", "home_visits")), st.integers(0, 10), OFFICERS),
    st.builds(lambda by: replace(ISSUE, by=by), OFFICERS),
    st.just(OBJECT),
    st.builds(lambda by: replace(REJUDGE, by=by), OFFICERS),
    st.just(month_grade.MarkOverdue(at=AT)),
    st.just(month_grade.Waive(**ABOUT, reason_code="nothing", by="sun", at=AT)),
)
ASKED_OF_A_FINDING = st.one_of(
    st.just(OPEN),
    st.builds(lambda by: replace(ANSWER, by=by), OFFICERS),
    st.builds(lambda by: replace(PASSED, by=by), OFFICERS),
    st.builds(lambda by: replace(FAILED, by=by), OFFICERS),
    st.builds(lambda by: replace(FAILED, by=by, consequence="agreement_review", reference="17"), OFFICERS),
)


@settings(max_examples=60)
@given(st.lists(ASKED_OF_A_GRADE, max_size=14))
def test_nobody_signs_what_they_assessed_and_nobody_judges_their_own_grade(commands: list[Any]) -> None:
    state, told = month_grade.Grade(), 0
    for command in commands:
        before = state
        try:
            events = month_grade.decider.decide(command, state, KNOWN)
        except Rejected:
            continue
        state = month_grade.decider.fold(events, state)
        if isinstance(command, month_grade.Issue | month_grade.Rejudge) and events:
            told += 1
            assert command.by not in before.assessors
        if isinstance(command, month_grade.Rejudge) and events:
            assert command.by != state.issued_by
        assert month_grade.decider.decide(command, state, KNOWN) == [] or isinstance(command, month_grade.Enter)
    assert told <= 2
    assert state.waived is None


@settings(max_examples=60)
@given(st.lists(ASKED_OF_A_FINDING, max_size=14))
def test_a_finding_ends_once_and_by_somebody_who_neither_opened_nor_answered_it(commands: list[Any]) -> None:
    state, ends = finding.Finding(), 0
    for command in commands:
        before = state
        try:
            events = finding.decider.decide(command, state, DAYS)
        except Rejected:
            continue
        state = finding.decider.fold(events, state)
        if state.ended_at and not before.ended_at:
            ends += 1
            assert command.by not in (OPEN.by, before.answered_by)
    assert ends <= 1
    assert state.opened is None or state.opened.text == BOX
