"""The desk looks first at what cannot wait, and says why."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from chassis.testing import Specification
from services.orders.domain import order
from services.orders.domain.queueing import on_the_desk
from tests.orders.examples import (
    OTHER_VISIT,
    POLICIES,
    VISIT,
    at,
    complete,
    completed,
    known_order,
    love_formed,
    matched,
    opened,
    verify,
)  # fmt: skip

APPEAL = UUID("00000000-0000-4000-8000-00000000aa01")
accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))
undone = order.Undone(
    visit_id=VISIT, was="accepted", cause="mistake", reason_code="odd", by="bureau-2", at=at("2024-10-05")
)
rejected = order.TurnedDown(visit_id=VISIT, reason_code="nobody_came", by="bureau-1", at=at("2024-10-04"))
returned = order.Returned(
    visit_id=VISIT, reason_code="photo_dark", by="bureau-1", at=at("2024-10-04"), mend_by=at("2024-10-11", "00:00")
)
late = order.MendingLate(visit_id=VISIT, at=at("2024-10-11", "00:00"))
appealed = order.AppealNoted(visit_id=VISIT, appeal_id=APPEAL, open=True, at=at("2024-10-05"))
an_order = Specification(order.decider)
timed = replace(
    known_order,
    policies=tuple(replace(one, desk=replace(one.desk, mend_within_days=5)) for one in POLICIES),
)


def _codes(*events: order.Event) -> list[tuple[str, ...]]:
    return [one.urgencies for one in on_the_desk(order.decider.fold([opened, matched, *events]))]


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        ((completed,), ("accepts_itself",)),
        ((replace(completed, red=True, accepts_at=None),), ("red",)),
        ((completed, order.DrawnForInspection(visit_id=VISIT, draw=APPEAL, at=at("2024-10-05"))),
         ("drawn", "accepts_itself")),
        ((completed, accepted, undone), ("undone",)),
        ((completed, rejected, appealed), ("appeal",)),
        ((completed, returned), ("to_mend",)),
        ((completed, returned, late), ("mending_late",)),
        ((completed, returned, completed), ("mended_again", "accepts_itself")),
    ],
)  # fmt: skip
def test_names_its_reasons_the_gravest_first(events: tuple[order.Event, ...], codes: tuple[str, ...]):
    assert _codes(*events) == [codes]


def test_what_is_judged_is_not_on_the_desk():
    assert _codes(completed, accepted) == []
    assert _codes(completed, rejected, appealed, replace(appealed, open=False)) == []


def test_an_emergency_comes_before_all():
    state = order.decider.fold([replace(opened, emergency=True), matched, completed])
    assert on_the_desk(state)[0].urgencies == ("emergency", "accepts_itself")


def test_a_love_order_waits_for_a_person():
    state = order.decider.fold([love_formed, replace(completed, accepts_at=None)])
    assert on_the_desk(state)[0].urgencies == ("love_order",)


def test_of_one_order_the_most_urgent_completion_leads():
    other = replace(completed, visit_id=OTHER_VISIT, red=True, accepts_at=None)
    state = order.decider.fold([opened, matched, completed, other])
    assert [one.visit.visit_id for one in on_the_desk(state)] == [OTHER_VISIT, VISIT]


def test_what_is_returned_is_mended_within_the_working_days_of_the_policy():
    back = an_order.given(opened, matched, completed).when(
        replace(verify, result="returned", note_code="photo_dark"), timed
    )
    back.then(replace(returned, mend_by=at("2024-10-12", "00:00")))


def test_a_county_that_names_no_days_has_no_clock_for_mending():
    back = an_order.given(opened, matched, completed).when(
        replace(verify, result="returned", note_code="photo_dark"), known_order
    )
    assert back.events[0].mend_by is None


def test_what_is_not_mended_in_time_is_noted_once_and_may_be_rejected():
    back = an_order.given(opened, matched, completed, returned)
    reject = replace(verify, visit_id=VISIT, result="rejected", note_code="not_mended")
    back.when(reject, timed).rejected("order.already_verified", verdict="returned")
    check = order.CheckMending(at=late.at)
    back.when(replace(check, at=at("2024-10-10")), timed).then()
    overdue = back.when(check, timed)
    overdue.then(late)
    overdue.when(check, timed).then()
    overdue.when(reject, timed).then(
        order.TurnedDown(visit_id=VISIT, reason_code="not_mended", by="bureau-1", at=reject.at)
    )


def test_mended_in_time_has_no_clock_any_more():
    mended = an_order.given(opened, matched, completed, returned).when(complete, timed)
    mended.when(order.CheckMending(at=late.at), timed).then()


def test_a_reason_that_the_county_does_not_give_is_refused():
    listed = replace(
        known_order,
        policies=tuple(replace(one, desk=replace(one.desk, reasons={"not_done": "violation"})) for one in POLICIES),
    )
    waiting = an_order.given(opened, matched, completed)
    waiting.when(replace(verify, result="rejected", note_code="odd"), listed).rejected("order.reason_unknown")
    assert waiting.when(replace(verify, result="rejected", note_code="not_done"), listed).state.stage == "turned_down"


def test_a_reason_brings_its_usual_class():
    listed = replace(
        known_order,
        told={VISIT: order.Told(fact="f", month="2024-10")},
        policies=tuple(replace(one, desk=replace(one.desk, reasons={"not_done": "violation"})) for one in POLICIES),
    )
    undo = order.Undo(
        visit_id=VISIT, cause=None, reason_code="not_done", by="bureau-2", role="bureau", at=at("2024-10-09")
    )
    done = an_order.given(opened, matched, completed, accepted)
    assert done.when(undo, listed).events[0].cause == "violation"
    done.when(undo, replace(listed, policies=POLICIES)).rejected("order.cause_missing")
