"""A judgement is taken back by a new event with its cause, by another officer, and judged anew by a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.service import Recorded
from chassis.testing import Specification
from services.orders.domain import order
from services.orders.outgoing import outgoing
from tests.orders.examples import ORDER, VISIT, at, complete, completed, known_order, matched, opened

an_order = Specification(order.decider)
waiting = an_order.given(opened, matched, completed)
FACT = "00000000-0000-4000-8000-0000000fac70"
told = replace(known_order, told={VISIT: order.Told(fact=FACT, month="2024-10")})
accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))
rejected = order.TurnedDown(visit_id=VISIT, reason_code="nobody_came", by="bureau-1", at=at("2024-10-04"))
undo = order.Undo(
    visit_id=VISIT, cause="violation", reason_code="false_record", by="bureau-2", role="bureau", at=at("2024-11-20")
)
undone = order.Undone(
    visit_id=VISIT, was="accepted", cause="violation", reason_code="false_record", by="bureau-2", at=at("2024-11-20"),
    fact=FACT, month="2024-10",
)  # fmt: skip
verify_anew = order.Verify(
    visit_id=VISIT, result="accepted", note_code="", by="bureau-3", role="bureau", at=at("2024-11-21")
)
after_all_days = order.AcceptUnsampled(at=at("2025-03-01"))


def test_an_acceptance_is_taken_back_with_the_fact_it_told():
    taken_back = waiting.given(accepted).when(undo, told)
    taken_back.then(undone)
    visit = taken_back.state.visit(VISIT)
    assert (visit.verdict, visit.accepts_at, taken_back.state.stage) == ("waiting", None, "completed")
    assert [one.verdict for one in visit.judgements] == ["accepted", "undone"]


def test_a_rejection_is_taken_back_and_voids_no_fact():
    waiting.given(rejected).when(undo, told).then(replace(undone, was="turned_down", fact="", month=""))


def test_taking_back_twice_is_a_repetition():
    waiting.given(accepted, undone).when(undo, told).then()


def test_what_was_taken_back_is_never_accepted_by_itself():
    waiting.given(accepted, undone).when(after_all_days, told).then()


def test_nor_after_it_was_mended():
    sent_back = replace(verify_anew, result="returned", note_code="photo_missing")
    mended = waiting.given(accepted, undone).when(sent_back, told).when(complete, told)
    assert mended.events[0].accepts_at is None
    assert [one.verdict for one in mended.state.visit(VISIT).judgements] == ["accepted", "undone", "returned"]


def test_it_is_judged_anew_by_a_person():
    waiting.given(accepted, undone).when(verify_anew, told).then(
        order.Accepted(visit_id=VISIT, how="person", by="bureau-3", at=verify_anew.at)
    )


def test_a_waiting_completion_has_nothing_to_take_back():
    waiting.when(undo, told).rejected("order.nothing_to_undo")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": "bureau-1"}, "order.undone_by_who_judged"),
        ({"by": complete.reported_by}, "order.verifier_reported_it"),
        ({"role": "township"}, "order.not_yours_to_verify"),
    ],
)
def test_not_by_who_had_a_hand_in_it(change: dict[str, str], code: str):
    waiting.given(accepted).when(replace(undo, **change), told).rejected(code)


def test_not_by_who_handled_a_need_of_the_person():
    waiting.given(accepted).when(undo, replace(told, hands=frozenset({"bureau-2"}))).rejected(
        "order.verifier_handled_the_need"
    )


def test_an_inspection_takes_back_in_a_role_of_its_own():
    by_inspection = replace(undo, way="inspection", role="inspector", by="inspector-1")
    waiting.given(accepted).when(by_inspection, told).then(replace(undone, way="inspection", by="inspector-1"))


def test_a_judgement_that_changed_since_is_left_alone():
    waiting.given(accepted).when(replace(undo, was="turned_down"), told).then()


def test_an_acceptance_that_is_not_told_yet_waits():
    waiting.given(accepted).when(undo, known_order).rejected("order.undone_too_soon")


def test_settlement_is_told_which_fact_is_void_and_why():
    state = order.decider.fold([opened, matched, completed, accepted, undone])
    (public,) = outgoing(Recorded(originator_id=ORDER, originator_version=5, event=undone), state)
    fact = public.data.fact
    assert (fact.fact, fact.month, fact.cause) == (FACT, "2024-10", "violation")
    assert (public.data.was, public.data.cause) == ("accepted", "violation")


def test_what_is_accepted_afterwards_tells_a_fact_with_the_cause():
    again = order.Accepted(visit_id=VISIT, how="person", by="bureau-3", at=at("2024-11-21"))
    state = order.decider.fold([opened, matched, completed, accepted, undone, again])
    (public,) = outgoing(Recorded(originator_id=ORDER, originator_version=6, event=again), state)
    assert public.data.fact.cause == "violation"
