"""Orders: the first road wins, completions are judged once, nothing that happened elsewhere is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.testing import Specification
from services.orders.domain import order
from tests.orders.examples import (
    CLAIMANT,
    OTHER_PROVIDER,
    OTHER_VISIT,
    PLAN,
    VISIT,
    at,
    claimed,
    complete,
    completed,
    day,
    known_love,
    known_order,
    love_formed,
    match,
    matched,
    open_order,
    opened,
    verify,
)

an_order = Specification(order.decider)
waiting = an_order.given(opened, matched, completed)
accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))
wait_over = order.AcceptUnsampled(at=at("2024-10-10", "11:00"))


def test_is_opened_for_a_person_under_the_policy_in_force():
    an_order.when(open_order, known_order).then(opened)


def test_is_opened_once():
    an_order.given(opened).when(open_order, known_order).then()


def test_for_somebody_unknown_is_refused():
    an_order.when(open_order, replace(known_order, home=None)).rejected("order.person_unknown")


def test_for_goods_is_an_order_of_goods():
    bread = replace(open_order, item="bread", units=2)
    assert an_order.when(bread, known_order).state.kind == "goods"


@pytest.mark.parametrize(
    ("window_from", "window_to"),
    [("2024-10-08", "2024-10-07"), ("2024-09-01", "2024-09-30"), ("2024-10-01", "2026-10-01")],
)
def test_has_a_window_that_makes_sense(window_from: str, window_to: str):
    odd = replace(open_order, window_from=day(window_from), window_to=day(window_to))
    an_order.when(odd, known_order).rejected("order.window_wrong")


def test_from_a_plan_needs_no_second_check_of_the_person():
    planned = replace(open_order, plan_id=PLAN)
    an_order.when(planned, order.Known(policies=known_order.policies)).then(replace(opened, plan_id=PLAN, need_id=None))


def test_is_taken_by_the_first_provider():
    an_order.given(opened).when(match, known_order).then(matched)
    an_order.given(opened, matched).when(match, known_order).then()
    an_order.given(opened, matched).when(replace(match, provider=OTHER_PROVIDER), known_order).then()


def test_for_purchase_is_not_taken_by_a_claimant():
    an_order.given(opened).when(replace(match, road="charity"), known_order).then()


def test_notes_that_nobody_was_found_until_somebody_is():
    nobody = order.NoteNobody(reason_codes=("too_far",), at=at("2024-10-02"))
    alone = an_order.given(opened).when(nobody, known_order)
    assert alone.state.stage == "nobody_found"
    assert alone.when(match, known_order).state.stage == "matched"


def test_completed_waits_and_is_accepted_by_itself_after_seven_days():
    an_order.given(opened, matched).when(complete, known_order).then(completed)


def test_completed_with_a_red_exception_waits_for_a_person():
    red = replace(complete, red=True, exceptions=("photo_reused",))
    told = an_order.given(opened, matched).when(red, known_order)
    assert told.events[0].accepts_at is None
    told.when(wait_over, known_order).then()


def test_a_doubt_that_comes_later_keeps_it_waiting_for_a_person():
    doubt = order.Doubt(visit_id=complete.visit_id, exceptions=("overlap_worker",), at=at("2024-10-05", "09:00"))
    doubted = waiting.when(doubt, known_order)
    doubted.then(order.Doubted(visit_id=doubt.visit_id, exceptions=doubt.exceptions, at=doubt.at))
    assert doubted.state.waiting.red
    doubted.when(wait_over, known_order).then()
    doubted.when(doubt, known_order).then()


def test_a_doubt_about_what_is_accepted_is_for_a_ruling():
    accepted = waiting.when(wait_over, known_order)
    late = order.Doubt(visit_id=complete.visit_id, exceptions=("photo_reused",), at=at("2024-10-20", "09:00"))
    accepted.when(late, known_order).then()


def test_a_completion_is_taken_once():
    waiting.when(complete, known_order).then()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"provider": OTHER_PROVIDER}, "not_matched"),
        ({"item": "errands"}, "other_item"),
        ({"units": 2}, "more_units_than_ordered"),
    ],
)
def test_a_completion_that_does_not_fit_is_kept_for_a_person(change: dict[str, object], code: str):
    told = an_order.given(opened, matched).when(replace(complete, **change), known_order).events[0]
    assert told.exceptions == (code,)
    assert told.red
    assert told.units == 1
    assert told.accepts_at is None


def test_a_second_visit_for_one_order_is_kept_for_a_person():
    second = waiting.when(replace(complete, visit_id=OTHER_VISIT), known_order).events[0]
    assert second.exceptions == ("one_visit_too_many",)


def test_is_accepted_by_a_person():
    waiting.when(verify, known_order).then(accepted)


def test_is_accepted_once():
    an_order.given(opened, matched, completed, accepted).when(verify, known_order).then()


def test_is_not_rejected_after_it_was_accepted():
    reject = replace(verify, result="rejected", note_code="nobody_came")
    an_order.given(opened, matched, completed, accepted).when(reject, known_order).rejected(
        "order.already_verified", verdict="accepted"
    )


def test_is_not_verified_by_who_reported_it():
    waiting.when(replace(verify, by="provider-1"), known_order).rejected("order.verifier_reported_it")


def test_is_not_verified_by_the_township_here():
    waiting.when(replace(verify, role="township"), known_order).rejected("order.not_yours_to_verify", body="bureau")


def test_is_not_verified_before_it_is_completed():
    an_order.given(opened, matched).when(verify, known_order).rejected("order.nothing_to_verify")


@pytest.mark.parametrize("result", ["rejected", "returned"])
def test_is_not_turned_away_without_a_reason(result: order.Result):
    waiting.when(replace(verify, result=result), known_order).rejected("order.verification_needs_a_reason")


def test_rejected_is_over():
    rejected = waiting.when(replace(verify, result="rejected", note_code="nobody_came"), known_order)
    rejected.then(order.TurnedDown(visit_id=VISIT, reason_code="nobody_came", by="bureau-1", at=at("2024-10-04")))
    assert rejected.state.stage == "turned_down"


def test_returned_is_completed_again_and_waits_its_own_days():
    returned = waiting.when(replace(verify, result="returned", note_code="photo_dark"), known_order)
    later = replace(complete, visit_id=OTHER_VISIT, at=at("2024-10-06", "11:00"))
    again = returned.when(later, known_order)
    again.when(wait_over, known_order).then()
    in_time = again.when(order.AcceptUnsampled(at=at("2024-10-13", "11:00")), known_order)
    assert in_time.events[0].visit_id == OTHER_VISIT


def test_a_returned_claim_is_fulfilled_again_under_its_own_id_and_verified():
    formed = an_order.given(love_formed, claimed)
    done = replace(complete, provider=CLAIMANT, reported_by="claimant-1")
    back = formed.when(done, known_love).when(replace(verify, result="returned", note_code="photo_dark"), known_love)
    again = back.when(replace(done, at=at("2024-10-06", "11:00")), known_love)
    assert [visit.verdict for visit in again.state.visits] == ["waiting"]
    accepted = again.when(verify, known_love)
    assert [type(event) for event in accepted.events] == [order.Accepted]


def test_a_claim_told_twice_is_completed_once():
    done = replace(complete, provider=CLAIMANT, reported_by="claimant-1")
    an_order.given(love_formed, claimed).when(done, known_love).when(done, known_love).then()


def test_is_accepted_unsampled_when_the_days_are_over():
    waiting.when(wait_over, known_order).then(
        order.Accepted(visit_id=VISIT, how="unsampled", by="", at=at("2024-10-10", "11:00"))
    )


def test_is_not_accepted_by_itself_a_second_earlier():
    waiting.when(order.AcceptUnsampled(at=at("2024-10-10", "10:59")), known_order).then()


def test_drawn_for_inspection_waits_for_the_inspection():
    drawn = waiting.when(order.Inspect(draw=OTHER_VISIT, at=at("2024-10-04")), known_order)
    drawn.when(wait_over, known_order).then()
    drawn.when(verify, known_order).rejected("order.drawn_for_inspection")
    inspected = order.NoteInspection(visit_id=VISIT, draw=OTHER_VISIT, result="accepted", at=at("2024-10-05"))
    assert drawn.when(inspected, known_order).when(verify, known_order).events[0].how == "inspected"


def test_is_cancelled_when_it_is_not_needed_any_more():
    cancel = order.Cancel(reason_code="died", at=at("2024-10-05"))
    an_order.given(opened, matched).when(cancel, known_order).then(
        order.Cancelled(reason_code="died", at=at("2024-10-05"))
    )


def test_a_visit_before_the_cancellation_still_counts():
    cancelled = order.Cancelled(reason_code="died", at=at("2024-10-05"))
    told = an_order.given(opened, matched, cancelled).when(complete, known_order)
    assert told.events[0].exceptions == ()
    assert told.when(verify, known_order).state.stage == "accepted"


def test_a_visit_after_the_cancellation_is_for_a_person():
    cancelled = order.Cancelled(reason_code="died", at=at("2024-10-02"))
    told = an_order.given(opened, matched, cancelled).when(complete, known_order)
    assert told.events[0].exceptions == ("after_cancellation",)
