"""Assessment by versioned instruments: type of difficulty, degree and measures; old answers stay with their version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.orders.domain import need
from services.orders.domain.policy.instruments import newest
from tests.orders.examples import confirmed, day, need_registered, survey
from tests.orders.needs_in_depth import NINGJIN_2, a_need, assess, home, known, waiting, words

ABILITY, CHILDREN = NINGJIN_2.needs.instruments
QUESTIONS = [question for dimension in ABILITY.dimensions for question in dimension.questions]
NONE = {question.id: 0 for question in QUESTIONS}
NEWER = replace(ABILITY, version="v2", valid_from=day("2025-07-01"), id="ability_2")
answers = st.fixed_dictionaries({question.id: st.integers(0, question.most) for question in QUESTIONS})
IN_OCTOBER = replace(survey, at=survey.at.replace(month=10, day=8))


def asked(told: dict[str, int]) -> need.Answers:
    return need.Answers(given=told, box=words)


def test_the_four_dimensions_are_those_of_the_paper():
    assert [one.id for one in ABILITY.dimensions] == [
        "body_and_mind", "daily_care", "family_relations", "social_support",
    ]  # fmt: skip


def test_answers_become_type_degree_and_measures():
    told = NONE | {"moving": 3, "illness": 3, "meals": 4, "washing": 3, "housework": 3}
    result = ABILITY.score(told)
    assert (result.total, result.degree) == (16, "medium")
    assert result.difficulties == ("body_and_mind", "daily_care")
    assert result.measures == ("health_monitoring", "counselling", "meal_help", "home_cleaning")


def test_no_difficulty_is_a_result_too():
    result = ABILITY.score(NONE)
    assert (result.degree, result.difficulties, result.measures) == ("none", (), ())


def test_every_question_is_answered_within_its_range():
    with pytest.raises(Rejected) as refusal:
        ABILITY.score({"moving": 1})
    assert refusal.value == Rejected("need.answers_incomplete", questions=len(QUESTIONS))
    with pytest.raises(Rejected) as refusal:
        ABILITY.score(NONE | {"illness": 5})
    assert refusal.value == Rejected("need.answer_out_of_range", number=2, most=4)


def test_the_newest_version_in_force_on_the_day_is_taken():
    known_ones = (ABILITY, CHILDREN, NEWER)
    assert newest(known_ones, (), day("2025-06-30")) is ABILITY
    assert newest(known_ones, (), day("2025-07-01")) is NEWER


def test_children_have_an_instrument_of_their_own():
    assert newest(NINGJIN_2.needs.instruments, ("child_red",), day("2024-11-01")) is CHILDREN
    assert newest(NINGJIN_2.needs.instruments, ("destitute",), day("2024-11-01")) is ABILITY


def test_where_the_pack_has_none_nothing_is_scored():
    with pytest.raises(Rejected, match=r"need\.no_instrument"):
        newest(NINGJIN_2.needs.instruments, (), day("2024-09-30"))


def test_survey_and_assessment_keep_their_scores_with_the_version():
    scored = waiting.when(replace(IN_OCTOBER, answers=asked(NONE)), known).state.survey.scored
    assert (scored.instrument, scored.version, scored.degree, scored.answers) == ("ability", "v1", "none", words)
    heavy = {question.id: question.most for question in QUESTIONS}
    ready = a_need.given(need_registered, replace(waiting.when(survey, known).state.survey, scored=scored), confirmed)
    final = ready.when(replace(assess, at=IN_OCTOBER.at, answers=asked(heavy)), known).state
    assert (final.survey.scored.degree, final.approved.scored.degree) == ("none", "heavy")


def test_a_child_is_scored_by_the_childrens_instrument():
    child = replace(known, home=replace(home, categories=frozenset({"child_red"})))
    told = {question.id: 1 for dimension in CHILDREN.dimensions for question in dimension.questions}
    scored = waiting.when(replace(IN_OCTOBER, answers=asked(told)), child).state.survey.scored
    assert scored.instrument == "children"


@given(low=answers, high=answers)
def test_more_difficulty_never_lowers_the_degree(low: dict[str, int], high: dict[str, int]):
    more = {name: max(low[name], high[name]) for name in low}
    order = [degree.id for degree in ABILITY.degrees]
    before, after = ABILITY.score(low), ABILITY.score(more)
    assert order.index(before.degree) <= order.index(after.degree)
    assert set(before.difficulties) <= set(after.difficulties)
