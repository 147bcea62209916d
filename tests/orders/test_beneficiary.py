"""Beneficiaries: nobody twice, status day by day, nothing after death."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chassis.testing import Specification
from services.orders.domain import beneficiary
from services.orders.domain.status import Status, Stay
from tests.orders.examples import (
    NEED,
    PLAN,
    ZHAO,
    at,
    cleaning,
    day,
    known_people,
    person,
    register,
    registered,
)

a_person = Specification(beneficiary.decider)
died = beneficiary.Died(day=day("2024-10-05"), at=at("2024-10-06"))
granted = beneficiary.PlanGranted(plan_id=PLAN, need_id=NEED, items=(cleaning,), at=at("2024-09-06"))


def changes(tier: beneficiary.Tier | None, from_day: str) -> beneficiary.ChangeStatus:
    """A change of the care tier alone."""
    return beneficiary.ChangeStatus(tier=tier, categories=None, from_day=day(from_day), at=at("2024-11-01"))


def test_is_registered_under_a_service_number_of_the_county():
    a_person.when(register, known_people).then(registered)


def test_is_registered_once():
    a_person.given(registered).when(register, known_people).then()


def test_is_not_registered_again_under_another_id():
    known = replace(known_people, duplicate=ZHAO)
    a_person.when(register, known).rejected("beneficiary.duplicate", person=str(ZHAO))


def test_has_a_village_of_the_township():
    astray = replace(person, village="130528101201")
    a_person.when(replace(register, person=astray), known_people).rejected("beneficiary.region_wrong")


def test_has_a_township_of_the_county():
    astray = replace(person, township="130529100", village="130529100201")
    a_person.when(replace(register, person=astray), known_people).rejected("beneficiary.region_wrong")


def test_has_categories_of_the_policy():
    stranger = replace(person, categories=("millionaire",))
    a_person.when(replace(register, person=stranger), known_people).rejected("policy.category_unknown")


def test_keeps_categories_sorted_and_once():
    twice = replace(person, categories=("needy_elderly", "dibao", "dibao"))
    decided = a_person.when(replace(register, person=twice), known_people)
    assert decided.state.person.categories == ("dibao", "needy_elderly")


def test_gets_another_tier_from_a_day_on():
    changed = a_person.given(registered).when(changes("full", "2024-11-11"), known_people)
    categories = ("destitute_dispersed",)
    changed.then(
        beneficiary.StatusChanged(tier="full", categories=categories, from_day=day("2024-11-11"), at=at("2024-11-01"))
    )
    assert changed.state.statuses == (
        Status(from_day=date.min, tier="half", categories=categories),
        Status(from_day=day("2024-11-11"), tier="full", categories=categories),
    )


def test_that_stays_as_it_is_changes_nothing():
    a_person.given(registered).when(changes("half", "2024-11-11"), known_people).then()


def test_changed_in_between_keeps_what_comes_later():
    later = beneficiary.StatusChanged(
        tier="full", categories=("destitute_dispersed",), from_day=day("2024-11-11"), at=at("2024-11-01")
    )
    told = a_person.given(registered, later).when(changes("able", "2024-10-01"), known_people)
    assert [status.tier for status in told.state.statuses] == ["half", "able", "full"]


def test_who_died_does_not_change_afterwards():
    a_person.given(registered, died).when(changes("full", "2024-11-11"), known_people).rejected("beneficiary.died")


def test_who_died_may_still_be_corrected_before():
    told = a_person.given(registered, died).when(changes("full", "2024-10-01"), known_people)
    assert len(told.events) == 1


def test_dies_once():
    record = beneficiary.RecordDeath(day=day("2024-10-05"), at=at("2024-10-06"))
    a_person.given(registered).when(record, known_people).then(died)
    a_person.given(registered, died).when(record, known_people).then()


def test_does_not_die_tomorrow():
    record = beneficiary.RecordDeath(day=day("2024-10-07"), at=at("2024-10-06", "23:59"))
    a_person.given(registered).when(record, known_people).rejected("beneficiary.death_day_wrong")


def test_a_discharge_completes_the_stay():
    admitted = beneficiary.StayNoted(admitted=day("2024-10-01"), discharged=None, at=at("2024-10-01"))
    discharge = beneficiary.NoteStay(admitted=day("2024-10-01"), discharged=day("2024-10-04"), at=at("2024-10-04"))
    told = a_person.given(registered, admitted).when(discharge, known_people)
    assert told.state.stays == (Stay(day("2024-10-01"), day("2024-10-04")),)


def test_is_not_discharged_before_admitted():
    wrong = beneficiary.NoteStay(admitted=day("2024-10-04"), discharged=day("2024-10-01"), at=at("2024-10-04"))
    a_person.given(registered).when(wrong, known_people).rejected("beneficiary.discharged_before_admitted")


def test_gets_one_plan_for_the_first_need():
    grant = beneficiary.GrantPlan(plan_id=PLAN, need_id=NEED, items=(cleaning,), at=at("2024-09-06"))
    a_person.given(registered).when(grant, known_people).then(granted)
    a_person.given(registered, granted).when(grant, known_people).then()


def test_a_further_need_widens_the_running_plan():
    grant = beneficiary.GrantPlan(plan_id=ZHAO, need_id=ZHAO, items=(cleaning,), at=at("2024-10-06"))
    widened = beneficiary.PlanWidened(plan_id=PLAN, need_id=ZHAO, items=(cleaning,), at=at("2024-10-06"))
    a_person.given(registered, granted).when(grant, known_people).then(widened)


def test_after_a_plan_has_ended_the_next_need_makes_a_new_one():
    ended = beneficiary.PlanEnded(plan_id=PLAN, at=at("2024-12-01"))
    grant = beneficiary.GrantPlan(plan_id=ZHAO, need_id=ZHAO, items=(cleaning,), at=at("2025-01-06"))
    told = a_person.given(registered, granted, ended).when(grant, known_people)
    assert told.state.plan_id == ZHAO


def test_nobody_gets_a_plan_after_death():
    grant = beneficiary.GrantPlan(plan_id=PLAN, need_id=NEED, items=(cleaning,), at=at("2024-10-07"))
    a_person.given(registered, died).when(grant, known_people).rejected("beneficiary.died")


def test_somebody_unknown_is_refused():
    a_person.when(changes("full", "2024-11-11"), known_people).rejected("beneficiary.unknown")
