"""A household: members, classes, and the day of the next check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.orders.domain import household
from services.orders.domain.household import decider, groups_of, months_after
from tests.orders.examples import COUNTY, TOWNSHIP, VILLAGE, ZHAO, at, day
from tests.orders.people import IN_DEPTH

HOME = UUID("00000000-0000-4000-8000-00000000a101")
SON = uuid5(ZHAO, "son")
NOW = at("2024-10-10")
free = {who: household.Lives(household=None, died=False) for who in (ZHAO, SON)}
KNOWN = household.Known(policies=(IN_DEPTH,), county=COUNTY, next_number=3, people=free)
found = household.Found(
    registered_region="620422", township=TOWNSHIP, village=VILLAGE, address=None, single=False, at=NOW
)
join = household.Join(person=ZHAO, relation="head", from_day=day("2024-09-01"), at=NOW)
dibao = household.Classify(category="dibao", grade="C", from_day=day("2024-09-15"), at=NOW)


def told(*commands: household.Command, known: household.Known = KNOWN) -> household.Household:
    state = None
    for command in (found, *commands):
        state = decider.fold(decider.decide(command, state, known), state)
    assert state is not None
    return state


def refused(command: household.Command, *before: household.Command, known: household.Known = KNOWN) -> str:
    with pytest.raises(Rejected) as refusal:
        decider.decide(command, told(*before), known)
    return refusal.value.code


def test_it_has_a_number_and_may_be_registered_in_another_province():
    state = told()
    assert (state.household_number, state.registered_region) == ("130528H000003", "620422")


def test_a_member_joins_once():
    assert decider.decide(join, told(join), KNOWN) == []


@pytest.mark.parametrize(
    ("lives", "code"),
    [
        (household.Lives(household=HOME, died=False), "household.person_elsewhere"),
        (household.Lives(household=None, died=True), "beneficiary.died"),
    ],
)
def test_who_lives_elsewhere_or_has_died_does_not_join(lives: household.Lives, code: str):
    assert refused(join, known=replace(KNOWN, people={ZHAO: lives})) == code


def test_a_single_person_household_has_one_member():
    state = decider.fold(decider.decide(replace(found, single=True), None, KNOWN))
    state = decider.fold(decider.decide(join, state, KNOWN), state)
    with pytest.raises(Rejected, match=r"household\.is_single"):
        decider.decide(replace(join, person=SON), state, KNOWN)


def test_one_person_counted_as_a_household_has_dibao_alone():
    """Paper 002: a severely disabled member of a marginal household may have dibao by themselves."""
    state = decider.fold(decider.decide(replace(found, single=True), None, KNOWN))
    for command in (join, dibao):
        state = decider.fold(decider.decide(command, state, KNOWN), state)
    assert state is not None
    assert [group.category for group in groups_of(state, HOME, ZHAO)] == ["dibao"]


def test_dibao_needs_a_grade_and_destitution_has_none():
    assert refused(replace(dibao, grade="")) == "household.grade_missing"
    assert refused(replace(dibao, category="destitute")) == "household.grade_not_used"
    assert refused(replace(dibao, category="orphan")) == "household.category_not_of_households"


@pytest.mark.parametrize(
    ("category", "grade", "expected"),
    [
        ("dibao", "A", "2025-09-15"),
        ("dibao", "B", "2025-09-15"),
        ("dibao", "C", "2025-03-15"),
        ("destitute", "", "2025-09-15"),
        ("monitored", "", "2025-09-15"),
    ],
)
def test_the_next_check_is_yearly_and_for_dibao_c_half_yearly(category: str, grade: str, expected: str):
    [held] = told(replace(dibao, category=category, grade=grade)).classes
    assert held.recheck_on == day(expected)


def test_another_grade_takes_the_place_of_the_one_before():
    state = told(dibao, replace(dibao, grade="A", from_day=day("2024-10-01")))
    assert [(one.grade, one.to_day) for one in state.classes] == [("C", day("2024-09-30")), ("A", None)]
    assert refused(replace(dibao, grade="B", from_day=day("2024-09-01")), dibao) == (
        "household.class_begins_before_the_last"
    )


def test_a_member_has_the_classes_of_the_days_of_membership_only():
    leave = household.Leave(person=ZHAO, last_day=day("2024-10-05"), reason_code="moved", at=NOW)
    [group] = groups_of(told(dibao, join, leave), HOME, ZHAO)
    assert (group.from_day, group.to_day) == (day("2024-09-15"), day("2024-10-05"))
    assert groups_of(told(dibao, join), HOME, SON) == ()


def test_who_left_may_come_back_on_a_later_day():
    leave = household.Leave(person=ZHAO, last_day=day("2024-10-05"), reason_code="moved", at=NOW)
    assert len(told(join, leave, replace(join, from_day=day("2024-10-06"))).members) == 2
    assert refused(replace(join, from_day=day("2024-10-05")), join, leave) == "household.joins_before_leaving"


def test_a_check_that_was_not_made_falls_due_once_and_a_check_puts_it_right():
    due = household.FallDue(on=day("2025-03-15"), at=at("2025-03-15"))
    state = told(dibao, due)
    assert [one.due for one in state.classes] == [True]
    assert decider.decide(due, state, KNOWN) == []
    check = household.Recheck(category="dibao", checked_on=day("2025-03-20"), findings=None, at=at("2025-03-20"))
    [held] = told(dibao, due, check).classes
    assert (held.due, held.recheck_on) == (False, day("2025-09-20"))


def test_a_class_that_ended_is_not_checked_again():
    end = household.Declassify(category="dibao", last_day=day("2024-10-09"), reason_code="income", at=NOW)
    due = household.FallDue(on=day("2025-03-15"), at=at("2025-03-15"))
    assert decider.decide(due, told(dibao, end), KNOWN) == []


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 36))
def test_months_after_a_day_lie_in_that_month_and_never_later_in_it(start: date, months: int):
    later = months_after(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day
