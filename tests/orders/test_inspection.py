"""Inspections of what was drawn: by whom, reported once, and what is drawn is judged after it only."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chassis.testing import Specification
from services.orders.domain import order, spot_check
from services.orders.domain.spot_check import inspection, inspector
from tests.orders.examples import at, completed, day, known_order, matched, opened, verify

PROVIDER = UUID("00000000-0000-4000-8000-00000000c101")
WANG, LIU = UUID("00000000-0000-4000-8000-00000000f101"), UUID("00000000-0000-4000-8000-00000000f102")
ORDER = UUID("00000000-0000-4000-8000-00000000d101")
STREAM = spot_check.stream_of("130528", 2026, 1)
an_inspection = Specification(inspection.decider)
assign = inspection.Assign(
    batch=STREAM, year=2026, order=ORDER, township="130528100", provider=PROVIDER, item="home_cleaning",
    day=day("2026-01-12"), stratum="s", why="drawn", inspector=WANG, due_on=day("2026-02-22"), at=at("2026-02-07"),
)  # fmt: skip
assigned = inspection.Assigned(**vars(assign))
report = inspection.Report(
    result="rejected", finding_codes=("not_done",), methods=("home_visit",), reason_code="not_done",
    cause="violation", text=None, by="wang", at=at("2026-02-10"),
)  # fmt: skip
to_wang = inspection.Known(subject="wang")


def test_is_drawn_once():
    an_inspection.when(assign, inspection.Known()).then(assigned)
    an_inspection.given(assigned).when(assign, inspection.Known()).then()


def test_is_reported_once_by_who_was_drawn():
    done = an_inspection.given(assigned).when(report, to_wang)
    done.then(inspection.Resulted(**vars(report)))
    done.when(report, to_wang).then()
    done.when(replace(report, result="accepted"), to_wang).rejected("inspection.done")


def test_is_nobody_elses_to_report():
    an_inspection.given(assigned).when(report, inspection.Known(subject="liu")).rejected("inspection.not_yours")
    an_inspection.given(replace(assigned, inspector=None)).when(report, to_wang).rejected("inspection.not_yours")
    an_inspection.when(report, to_wang).rejected("inspection.unknown")


def test_who_has_had_a_hand_since_is_replaced_first():
    hands = inspection.Known(subject="wang", hands=frozenset({"wang"}))
    an_inspection.given(assigned).when(report, hands).rejected("inspection.had_a_hand")
    go = inspection.Replace(inspector=LIU, reason_code="conflict", at=at("2026-02-09"))
    an_inspection.given(assigned).when(go, inspection.Known()).rejected("inspection.inspector_barred")
    replaced = an_inspection.given(assigned).when(go, inspection.Known(free=True))
    replaced.then(inspection.Replaced(inspector=LIU, before=WANG, reason_code="conflict", at=at("2026-02-09")))
    replaced.when(go, inspection.Known(free=True)).then()


def test_a_rejection_says_why_and_of_which_class_the_error_is():
    for lacking in (replace(report, reason_code=""), replace(report, cause=None)):
        an_inspection.given(assigned).when(lacking, to_wang).rejected("inspection.rejected_needs_a_reason")


def test_an_extra_one_stays_apart_until_it_is_drawn_too():
    visit = inspection.Visit(
        township="130528100", provider=PROVIDER, item="home_cleaning", day=day("2026-01-12"), inspector=WANG,
        due_on=day("2026-02-20"),
    )  # fmt: skip
    ask = inspection.Order(order=ORDER, reason_code="complaint", at=at("2026-02-05"))
    an_inspection.when(ask, inspection.Known()).rejected("inspection.visit_unknown")
    extra = an_inspection.when(ask, inspection.Known(visit=visit))
    assert extra.state.batch is None
    drawn = extra.when(report, to_wang).when(assign, inspection.Known())
    assert (drawn.state.batch, drawn.state.result.result) == (STREAM, "rejected")


def test_an_inspector_is_registered_changed_and_ended():
    facts = inspector.Facts(
        subject="wang", township="130528100", townships_barred=(), interests=(), valid_from=day("2026-01-01"),
        valid_to=None,
    )  # fmt: skip
    register = inspector.Register(facts=facts, at=at("2026-01-02"))
    one = Specification(inspector.decider).when(register)
    one.when(register).then()
    other = replace(register, facts=replace(facts, township=""))
    one.when(other).rejected("inspector.exists")
    one.when(replace(other, anew=False)).then(inspector.Registered(facts=other.facts, at=at("2026-01-02")))
    ended = one.when(inspector.End(reason_code="moved", at=at("2026-03-01")))
    ended.when(replace(other, anew=False)).rejected("inspector.ended")
    assert not ended.when(register).state.ended
    wrong = replace(register, facts=replace(facts, valid_to=day("2025-01-01")))
    Specification(inspector.decider).when(wrong).rejected("inspector.days_wrong")


# ---- the year and its calendar

an_order = Specification(order.decider)


def test_what_was_drawn_is_judged_after_its_inspection_only():
    drawn = an_order.given(opened, matched, completed).when(
        order.Inspect(draw=STREAM, visit_id=completed.visit_id, at=at("2024-10-04")), known_order
    )
    drawn.when(verify, known_order).rejected("order.drawn_for_inspection")
    drawn.when(replace(verify, result="returned", note_code="photo"), known_order).rejected(
        "order.drawn_for_inspection"
    )
    note = order.NoteInspection(visit_id=completed.visit_id, draw=STREAM, result="accepted", at=at("2024-10-05"))
    inspected = drawn.when(note, known_order)
    assert inspected.when(verify, known_order).events[0].how == "inspected"
    inspected.when(note, known_order).then()


def test_what_was_accepted_can_still_be_drawn():
    accepted = an_order.given(opened, matched, completed).when(verify, known_order)
    inspect = order.Inspect(draw=STREAM, visit_id=completed.visit_id, at=at("2024-10-20"))
    drawn = accepted.when(inspect, known_order)
    assert drawn.events[0].draw == STREAM
    assert drawn.state.visits[0].verdict == "accepted"
    drawn.when(inspect, known_order).then()
