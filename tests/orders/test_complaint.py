"""Tickets of the hot-line: received, numbered, handed on, answered, each in its time, never by whom they are about."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.testing import Specification
from services.orders.domain import complaint
from services.orders.domain.complaint import slip
from tests.orders.examples import NEED, TOWNSHIP, at
from tests.orders.needs_in_depth import NINGJIN_2, words

PROVIDER, ORDER, VISIT = UUID(int=11), UUID(int=12), UUID(int=13)
known = complaint.Known(policies=(NINGJIN_2,), next_in_year=7)
a_ticket = Specification(complaint.decider)
receive = complaint.Receive(
    channel="county_line", kind="complaint", reference="", about=complaint.About(whom="provider", owner=PROVIDER),
    township=TOWNSHIP, complainant=None, text=words, by="hotline-1", at=at("2024-10-08"),
)  # fmt: skip
register = complaint.Register(by="hotline-1", at=at("2024-10-08", "10:00"))
hand_on = complaint.Transfer(office="bureau", township="", department="", by="hotline-1", at=at("2024-10-09"))
answer = complaint.Answer(outcome="upheld", text=words, by="bureau-1", at=at("2024-10-12"))
close = complaint.Close(satisfied=True, by="bureau-1", at=at("2024-10-14"))
reopen = complaint.Reopen(reason=words, by="hotline-1", at=at("2024-10-15"))
received = a_ticket.when(receive, known)
registered = received.when(register, known)
with_the_bureau = registered.when(hand_on, known)
answered = with_the_bureau.when(answer, known)


def test_goes_from_receipt_to_number_to_answer_to_closure():
    done = answered.when(close, known)
    assert [name for name, _ in done.state.steps] == ["received", "registered", "transferred", "answered", "closed"]
    assert (done.state.registered.year, done.state.registered.number, done.state.clocks) == (2024, 7, ())
    done.when(close, known).then()
    done.when(answer, known).rejected("complaint.over")


def test_may_be_anonymous():
    assert received.state.received.complainant is None


def test_of_another_line_told_again_is_urged_and_not_doubled():
    assert received.when(replace(receive, at=at("2024-10-09")), known).state.urged == 1


def test_has_one_number():
    registered.when(replace(register, at=at("2024-10-10")), known).then()


def test_is_not_handed_on_before_it_has_a_number():
    received.when(hand_on, known).rejected("complaint.not_registered")


def test_is_not_answered_before_somebody_has_it():
    registered.when(answer, known).rejected("complaint.not_transferred")


def test_is_never_handed_to_the_office_it_is_about():
    about = complaint.About(whom="township", township=TOWNSHIP)
    of_an_office = a_ticket.when(replace(receive, about=about), known).when(register, known)
    there = replace(hand_on, office="township", township=TOWNSHIP)
    of_an_office.when(there, known).rejected("complaint.about_that_office")
    assert of_an_office.when(hand_on, known).state.office == "bureau"


def test_is_never_handled_by_whom_it_is_about():
    about = complaint.About(whom="officer", subject="bureau-1")
    of_an_officer = a_ticket.when(replace(receive, about=about), known).when(register, known).when(hand_on, known)
    of_an_officer.when(answer, known).rejected("complaint.about_you")
    assert of_an_officer.when(replace(answer, by="bureau-2"), known).state.stage == "answered"


def test_is_put_to_whom_it_is_about_in_a_summary_before_a_statement():
    statement = complaint.State(statement=words, by="provider-1", at=at("2024-10-10"))
    with_the_bureau.when(statement, known).rejected("complaint.nothing_to_state")
    summary = complaint.Summarise(summary=words, by="bureau-1", at=at("2024-10-09"))
    assert with_the_bureau.when(summary, known).when(statement, known).state.stated


def test_may_send_an_inspector_to_a_visit_once():
    inspect = complaint.Inspect(order_id=ORDER, visit_id=VISIT, by="bureau-1", at=at("2024-10-10"))
    sent = with_the_bureau.when(inspect, known)
    assert sent.state.inspected == (VISIT,)
    sent.when(inspect, known).then()


def test_a_question_sends_no_inspector():
    question = a_ticket.when(replace(receive, kind="consulting"), known)
    inspect = complaint.Inspect(order_id=ORDER, visit_id=VISIT, by="bureau-1", at=at("2024-10-10"))
    question.when(inspect, known).rejected("complaint.nothing_to_inspect")


def test_a_call_for_help_becomes_a_need():
    link = complaint.Link(need_id=NEED, by="bureau-1", at=at("2024-10-10"))
    assert a_ticket.when(replace(receive, kind="help_request"), known).when(link, known).state.need_id == NEED
    received.when(link, known).rejected("complaint.no_help_request")


def test_is_opened_again_once_and_answered_anew():
    again = answered.when(close, known).when(reopen, known)
    assert again.state.stage == "transferred"
    second = again.when(replace(answer, at=at("2024-10-18")), known)
    assert second.state.stage == "answered"
    second.when(replace(reopen, at=at("2024-10-19")), known).rejected("complaint.reopened_already")


def test_may_be_taken_back_until_it_is_over():
    withdraw = complaint.Withdraw(by="hotline-1", at=at("2024-10-09"))
    gone = with_the_bureau.when(withdraw, known)
    assert (gone.state.stage, gone.state.clocks) == ("withdrawn", ())
    gone.when(withdraw, known).then()
    gone.when(answer, known).rejected("complaint.over")


def test_each_step_is_late_after_its_days():
    check = complaint.CheckClocks(at=at("2024-10-10", "00:00"))
    assert [(one.step, one.level) for one in received.when(check, known).events] == [("complaint_register", "township")]
    late = complaint.CheckClocks(at=at("2024-11-20"))
    assert [one.step for one in with_the_bureau.when(late, known).events] == ["complaint_answer"]
    assert [one.step for one in answered.when(late, known).events] == ["complaint_close"]


def test_a_call_for_help_is_registered_on_its_day():
    urgent = a_ticket.when(replace(receive, kind="help_request"), known)
    check = complaint.CheckClocks(at=at("2024-10-09", "00:00"))
    assert [one.step for one in urgent.when(check, known).events] == ["complaint_register"]


def test_a_pack_without_the_section_times_nothing():
    silent = replace(known, policies=(replace(NINGJIN_2, complaints=type(NINGJIN_2.complaints)()),))
    assert a_ticket.when(receive, silent).state.clocks == ()


@given(st.uuids(), st.uuids())
def test_the_slip_of_one_ticket_opens_no_other(one: UUID, other: UUID):
    secret = slip.secret_of(b"k" * 32, "130528", one)
    assert slip.fits(b"k" * 32, "130528", one, f" {secret.lower().replace('-', ' ')} ")
    assert slip.fits(b"k" * 32, "130528", other, secret) == (one == other)
    assert not slip.fits(b"j" * 32, "130528", one, secret)


STEPS = (
    register, hand_on, replace(hand_on, office="township", township=TOWNSHIP), answer, close, reopen,
    complaint.Withdraw(by="hotline-1", at=at("2024-10-16")),
)  # fmt: skip


@given(st.lists(st.sampled_from(STEPS), max_size=14))
def test_in_any_order_of_steps_there_is_one_number_and_one_end(steps: list[complaint.Command]):
    state, events = received.state, []
    for step in steps:
        try:
            told = complaint.decide(step, state, known)
        except Rejected:
            continue
        events += told
        for event in told:
            state = complaint.evolve(state, event)
    assert sum(isinstance(one, complaint.Registered) for one in events) <= 1
    assert sum(isinstance(one, complaint.Withdrawn) for one in events) <= 1
    assert sum(isinstance(one, complaint.Answered) for one in events) <= 2
    assert state.over or all(one.step.startswith("complaint_") for one in state.clocks)
