"""A worker belongs to a registered provider, learns, is evaluated and away until leaving, and may return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Sealed
from services.providers.domain.register_rules import RegisterRules
from services.providers.domain.worker import (
    Assign,
    Assigned,
    BeAway,
    Employ,
    Employed,
    Evaluate,
    Evaluated,
    Known,
    Leave,
    Left,
    Post,
    Qualification,
    Qualified,
    Qualify,
    Return,
    Returned,
    Train,
    WentAway,
    trained_to,
)
from tests.providers.examples import A_WORKER, ANNING, BAIXIN, NOW, OTHER_TOWNSHIP, POLICY, TOWNSHIP

EMPLOY = Employ(
    provider=ANNING, name=Sealed(box="1.n.c"), phone=None, qualifications=("nursing",), township=TOWNSHIP, at=NOW
)
EMPLOYED = Employed(
    provider=ANNING, name=Sealed(box="1.n.c"), phone=None, qualifications=("nursing",), township=TOWNSHIP, at=NOW
)
LEAVE = Leave(provider=ANNING, day=date(2026, 12, 1), at=NOW)
KNOWN = Known(registered=True)
LEFT = Left(day=date(2026, 12, 1), at=NOW)


def test_is_employed_by_a_registered_provider() -> None:
    A_WORKER.when(EMPLOY, known=KNOWN).then(EMPLOYED)


def test_is_not_employed_by_a_provider_nobody_knows() -> None:
    A_WORKER.when(EMPLOY, known=Known()).rejected("provider.unknown")


def test_is_employed_once() -> None:
    A_WORKER.given(EMPLOYED).when(EMPLOY, known=KNOWN).then()


def test_leaves_once() -> None:
    A_WORKER.given(EMPLOYED).when(LEAVE, known=KNOWN).then(LEFT)
    A_WORKER.given(EMPLOYED, LEFT).when(LEAVE, known=KNOWN).then()


def test_is_not_let_go_by_another_provider() -> None:
    leave = Leave(provider=BAIXIN, day=date(2026, 12, 1), at=NOW)
    A_WORKER.given(EMPLOYED).when(leave, known=KNOWN).rejected("worker.unknown")


TODAY = date(2026, 11, 2)
RULED = Known(
    registered=True, outlets=frozenset({"河渠服务点"}),
    policy=replace(POLICY, registers=RegisterRules(training_required=True, training_hours=8, training_months=12)),
)  # fmt: skip
TRAIN = Train(provider=ANNING, course="basic_care", hours=6, day=date(2026, 10, 1), valid_to=None, at=NOW)


def test_belongs_to_an_outlet_of_the_own_provider() -> None:
    elsewhere = replace(EMPLOY, outlet="别家的网点")
    A_WORKER.when(elsewhere, known=RULED).rejected("worker.outlet_unknown")
    assert A_WORKER.when(replace(EMPLOY, outlet="河渠服务点"), known=RULED).state.post.outlet == "河渠服务点"


def test_another_post_leaves_what_is_not_named() -> None:
    low_income = replace(EMPLOYED, low_income=True)
    assign = Assign(
        provider=ANNING,
        township=OTHER_TOWNSHIP,
        outlet=None,
        village=None,
        monthly_capacity=40,
        low_income=None,
        at=NOW,
    )
    assigned = A_WORKER.given(low_income).when(assign, known=RULED)
    assigned.then(Assigned(post=Post(township=OTHER_TOWNSHIP, monthly_capacity=40, low_income=True), at=NOW))
    assigned.when(assign, known=RULED).then()
    A_WORKER.given(low_income, LEFT).when(assign, known=RULED).rejected("worker.left")


def test_is_trained_once_the_hours_that_count_together_are_enough() -> None:
    once = A_WORKER.given(EMPLOYED).when(TRAIN, known=RULED)
    assert (once.state.trained_to, once.events[0].valid_to) == (None, date(2027, 9, 30))
    again = replace(TRAIN, course="first_aid", hours=2, day=date(2026, 11, 1))
    assert once.when(again, known=RULED).state.trained_to == date(2027, 9, 30)
    once.when(TRAIN, known=RULED).then()


def test_a_training_does_not_lie_in_the_future() -> None:
    tomorrow = replace(TRAIN, day=TODAY + timedelta(days=1))
    A_WORKER.given(EMPLOYED).when(tomorrow, known=RULED).rejected("worker.training_in_the_future")


def test_the_last_evaluation_counts_and_none_overtakes_it() -> None:
    evaluate = Evaluate(provider=ANNING, day=date(2026, 10, 20), grade="competent", score=90, at=NOW)
    evaluated = A_WORKER.given(EMPLOYED).when(evaluate, known=RULED)
    evaluated.then(Evaluated(day=date(2026, 10, 20), grade="competent", score=90, at=NOW))
    earlier = replace(evaluate, day=date(2026, 10, 1), grade="not_competent")
    evaluated.when(earlier, known=RULED).rejected("worker.evaluated_since")


def test_is_away_from_day_to_day() -> None:
    away = BeAway(provider=ANNING, from_day=TODAY, to_day=TODAY, reason_code="leave", at=NOW)
    went = A_WORKER.given(EMPLOYED).when(away, known=RULED)
    went.then(WentAway(from_day=TODAY, to_day=TODAY, reason_code="leave", at=NOW))
    went.when(away, known=RULED).then()
    backwards = replace(away, to_day=TODAY - timedelta(days=1))
    A_WORKER.given(EMPLOYED).when(backwards, known=RULED).rejected("worker.absence_reversed")


def test_is_employed_again_and_was_away_in_between() -> None:
    back = Return(provider=ANNING, day=date(2027, 1, 4), at=NOW)
    returned = A_WORKER.given(EMPLOYED, LEFT).when(back, known=RULED)
    returned.then(Returned(day=date(2027, 1, 4), at=NOW))
    assert returned.state.left_on is None
    assert [(one.from_day, one.to_day) for one in returned.state.absences] == [(date(2026, 12, 1), date(2027, 1, 3))]
    sooner = replace(back, day=date(2026, 11, 30))
    A_WORKER.given(EMPLOYED, LEFT).when(sooner, known=RULED).rejected("worker.returns_before_leaving")


def test_a_certificate_of_a_worker_is_shown_once() -> None:
    shown = Qualification(code="care_worker", number="7", valid_from=date(2026, 1, 1))
    qualify = Qualify(provider=ANNING, qualification=shown, at=NOW)
    qualified = A_WORKER.given(EMPLOYED).when(qualify, known=RULED)
    qualified.then(Qualified(qualification=shown, at=NOW))
    qualified.when(qualify, known=RULED).then()


def test_another_provider_decides_nothing_about_a_worker() -> None:
    foreign = replace(TRAIN, provider=BAIXIN)
    A_WORKER.given(EMPLOYED).when(foreign, known=RULED).rejected("worker.unknown")


COURSES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(COURSES, st.integers(1, 12))
def test_trained_until_the_last_day_with_enough_hours(courses: list[tuple[int, int, int]], least: int) -> None:
    begin = date(2026, 1, 1)
    told = [
        (begin + timedelta(days=start), begin + timedelta(days=start + length), hours)
        for start, length, hours in courses
    ]
    enough = [
        day
        for day in (begin + timedelta(days=n) for n in range(90))
        if sum(hours for first, last, hours in told if first <= day <= last) >= least
    ]
    assert trained_to(told, least) == (max(enough) if enough else None)
