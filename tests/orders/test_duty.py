"""Who is under the duty of regular contact, who answers for it, and in which months it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing import Specification
from services.orders.domain import duty, duty_month
from services.orders.domain.status import Status
from tests.orders import examples
from tests.orders.contact_examples import (
    CONTACT,
    NINGJIN,
    OTHER_CONTACT,
    POLICIES,
    assign,
    assigned,
    began,
    count,
    counted,
    facts,
    missed,
    month_opened,
    note,
    noted,
    november,
    october,
    open_month,
)
from tests.orders.examples import at, day

a_duty = Specification(duty.decider)
covered = a_duty.given(noted, began, october)
a_month = Specification(duty_month.decider)
due = a_month.given(month_opened)


def test_begins_when_somebody_destitute_who_lives_dispersed_is_registered():
    a_duty.when(note, POLICIES).then(noted, began, october)


def test_begins_for_nobody_else():
    elsewhere = replace(facts, statuses=(Status(from_day=date.min, tier="able", categories=("dibao",)),))
    a_duty.when(replace(note, facts=elsewhere), POLICIES).then()


def test_is_nobodys_where_the_county_has_ruled_none():
    a_duty.when(note, examples.POLICIES).then()
    a_duty.when(note, ()).then()


def test_begun_late_in_a_month_is_due_from_the_next():
    late = a_duty.when(replace(note, at=at("2024-10-18")), POLICIES)
    assert [type(event) for event in late.events] == [duty.Noted, duty.CoverBegan]
    late.when(duty.Look(at=at("2024-11-01", "00:00")), POLICIES).then(november)


def test_begun_with_fifteen_days_left_is_due_in_the_month():
    events = a_duty.when(replace(note, at=at("2024-10-17")), POLICIES).events
    assert [event.month for event in events if isinstance(event, duty.MonthOpened)] == ["2024-10"]


def test_is_due_again_in_the_next_month():
    covered.when(duty.Look(at=at("2024-11-01", "00:00")), POLICIES).then(november)


def test_is_due_once_a_month_however_often_it_is_looked_at():
    covered.when(duty.Look(at=at("2024-10-20")), POLICIES).then()
    covered.when(note, POLICIES).then()


def test_waits_for_a_status_of_a_later_day():
    later = Status(from_day=day("2024-11-10"), tier="half", categories=("destitute_dispersed",))
    now = Status(from_day=date.min, tier="half", categories=("dibao",))
    waiting = a_duty.when(replace(note, facts=replace(facts, statuses=(now, later))), POLICIES)
    assert [type(event) for event in waiting.events] == [duty.Noted]
    began_then = waiting.when(duty.Look(at=at("2024-11-10", "00:00")), POLICIES).events
    assert [type(event) for event in began_then] == [duty.CoverBegan, duty.MonthOpened]


def test_ends_with_the_day_of_death():
    died = duty.Note(facts=replace(facts, died_on=day("2024-10-08")), at=at("2024-10-09"))
    ended = covered.given(assigned).when(died, POLICIES)
    assert ended.events[1:] == (
        duty.CoverEnded(last_day=day("2024-10-08"), at=at("2024-10-09")),
        duty.Released(reason_code="not_covered", at=at("2024-10-09")),
    )


def test_told_late_of_a_death_ends_with_its_day():
    died = duty.Note(facts=replace(facts, died_on=day("2024-10-08")), at=at("2024-12-09"))
    [_, ended] = covered.given(november).when(died, POLICIES).events
    assert ended.last_day == day("2024-10-08")
    assert covered.given(november).when(died, POLICIES).state.opened == ()


def test_ends_on_the_eve_of_another_status():
    other = Status(from_day=day("2024-10-20"), tier="half", categories=("dibao",))
    changed = duty.Note(facts=replace(facts, statuses=(*facts.statuses, other)), at=at("2024-10-25"))
    [_, ended] = covered.when(changed, POLICIES).events
    assert ended == duty.CoverEnded(last_day=day("2024-10-19"), at=at("2024-10-25"))


def test_ends_on_the_eve_of_a_policy_without_it():
    without = replace(examples.NINGJIN, effective_from=day("2024-11-01"))
    [ended] = covered.when(duty.Look(at=at("2024-11-01", "00:00")), (NINGJIN, without)).events
    assert ended.last_day == day("2024-10-31")


def test_ends_after_the_last_day_before_a_move_away():
    left = covered.when(duty.Leave(last_day=day("2024-10-20"), at=at("2024-10-10")), POLICIES)
    left.then(duty.Left(last_day=day("2024-10-20"), at=at("2024-10-10")))
    [ended] = left.when(duty.Look(at=at("2024-10-21", "00:00")), POLICIES).events
    assert ended == duty.CoverEnded(last_day=day("2024-10-20"), at=at("2024-10-21", "00:00"))


def test_begins_again_for_who_comes_back():
    left = covered.when(duty.Leave(last_day=day("2024-10-05"), at=at("2024-10-10")), POLICIES)
    back = left.when(duty.Return(from_day=day("2024-12-02"), at=at("2024-12-02")), POLICIES)
    assert [type(event) for event in back.events] == [duty.Returned, duty.CoverBegan, duty.MonthOpened]


def test_is_answered_for_by_a_named_person():
    covered.when(assign, POLICIES).then(assigned)
    covered.given(assigned).when(assign, POLICIES).then()


def test_of_somebody_unknown_is_answered_for_by_nobody():
    a_duty.when(assign, POLICIES).rejected("duty.unknown")


def test_that_has_ended_is_answered_for_by_nobody():
    ended = duty.CoverEnded(last_day=day("2024-10-08"), at=at("2024-10-09"))
    covered.given(ended).when(assign, POLICIES).rejected("duty.not_covered")


def test_loses_who_answers_when_the_person_moves_to_another_township():
    moved = duty.Note(facts=replace(facts, township="130528101", village="130528101201"), at=at("2024-10-20"))
    [_, released] = covered.given(assigned).when(moved, POLICIES).events
    assert released == duty.Released(reason_code="moved", at=at("2024-10-20"))


def test_keeps_who_answers_when_the_person_moves_within_the_township():
    moved = duty.Note(facts=replace(facts, village="130528100202"), at=at("2024-10-20"))
    assert [type(event) for event in covered.given(assigned).when(moved, POLICIES).events] == [duty.Noted]


def test_a_month_is_kept_by_a_contact():
    due.when(count).then(counted)
    assert due.when(count).state.stage == "done"


def test_one_contact_counts_once():
    due.given(counted).when(count).then()


def test_a_contact_of_another_month_or_way_does_not_count():
    due.when(replace(count, day=day("2024-11-05"))).then()
    a_month.given(replace(month_opened, ways=("home",))).when(replace(count, way="phone")).then()


def test_a_month_that_ends_without_contact_is_overdue():
    due.when(duty_month.End(at=at("2024-11-01", "00:00"))).then(missed)
    due.given(counted).when(duty_month.End(at=at("2024-11-01", "00:00"))).then()


def test_a_month_is_reminded_of_once_and_only_while_it_is_due():
    reminded = duty_month.Reminded(missing=1, at=at("2024-10-27"))
    due.when(duty_month.Remind(at=at("2024-10-27"))).then(reminded)
    due.given(reminded).when(duty_month.Remind(at=at("2024-10-28"))).then()
    due.given(counted).when(duty_month.Remind(at=at("2024-10-27"))).then()


def test_a_contact_told_after_the_month_keeps_it_late():
    late = due.given(missed).when(replace(count, at=at("2024-11-03")))
    assert (late.state.stage, late.state.late) == ("done", True)


def test_a_month_asked_for_twice_is_done_after_the_second_contact():
    twice = a_month.given(replace(month_opened, needed=2)).when(count)
    assert twice.state.stage == "due"
    assert twice.when(replace(count, contact_id=OTHER_CONTACT)).state.stage == "done"


def test_a_month_lapses_for_who_left_before_its_end():
    lapsed = duty_month.Lapsed(last_day=day("2024-10-08"), at=at("2024-10-09"))
    due.when(duty_month.Leave(last_day=day("2024-10-08"), at=at("2024-10-09"))).then(lapsed)
    told_late = due.given(missed).when(duty_month.Leave(last_day=day("2024-10-08"), at=at("2024-11-09")))
    assert told_late.state.stage == "lapsed"
    due.given(counted).when(duty_month.Leave(last_day=day("2024-10-08"), at=at("2024-10-09"))).then()


def test_a_month_that_was_lived_to_its_end_stays_overdue():
    due.given(missed).when(duty_month.Leave(last_day=day("2024-10-31"), at=at("2024-11-09"))).then()


def test_a_lapsed_month_opens_again_with_what_it_had():
    lapsed = duty_month.Lapsed(last_day=day("2024-10-08"), at=at("2024-10-09"))
    again = replace(open_month, at=at("2024-10-12"))
    due.given(lapsed).when(again).then(replace(month_opened, at=at("2024-10-12")))
    two = a_month.given(replace(month_opened, needed=2), counted, lapsed).when(replace(again, needed=2))
    assert [contact for contact, _ in two.state.days] == [CONTACT]


@pytest.mark.parametrize("age", [79, 80])
def test_a_rule_by_age_covers_from_the_birthday_on(age: int):
    rule = replace(NINGJIN.contacts.duties[0], min_age=80)
    born = date(2024 - age, 10, 16)
    assert rule.covers("half", ("destitute_dispersed",), born, day("2024-10-16")) is (age == 80)
    assert not rule.covers("half", ("destitute_dispersed",), born, day("2024-10-15")) or age > 80
