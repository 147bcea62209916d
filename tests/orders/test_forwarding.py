"""What the bureau cannot meet is forwarded, received, answered and closed; a silent department is late."""

from __future__ import annotations

from dataclasses import replace

from chassis.testing import Specification
from services.orders.domain import forwarding
from tests.orders.examples import NEED, TOWNSHIP, VILLAGE, ZHAO, at
from tests.orders.needs_in_depth import NINGJIN_2, words

known = forwarding.Known(policies=(NINGJIN_2,), place=(TOWNSHIP, VILLAGE))
a_forwarding = Specification(forwarding.decider)
send = forwarding.Send(
    person=ZHAO, need_id=NEED, department="health", matter_code="surgery", note=words, by="bureau-1",
    at=at("2024-10-08"),
)  # fmt: skip
receive = forwarding.Receive(reference="H-7", by="bureau-1", at=at("2024-10-09"))
answer = forwarding.Answer(result="taken", note=None, by="bureau-1", at=at("2024-10-10"))
close = forwarding.Close(outcome_code="helped", by="bureau-1", at=at("2024-10-20"))
sent = a_forwarding.when(send, known)


def test_is_sent_to_a_department_of_the_pack():
    assert (sent.state.stage, sent.state.sent.township) == ("sent", TOWNSHIP)
    a_forwarding.when(replace(send, department="aliens"), known).rejected("forwarding.department_unknown")


def test_of_a_warning_without_a_need_is_sent_too():
    assert a_forwarding.when(replace(send, need_id=None), known).state.sent.need_id is None


def test_of_somebody_unknown_is_refused():
    a_forwarding.when(send, replace(known, place=None)).rejected("forwarding.person_unknown")


def test_goes_from_receipt_to_answer_to_closure():
    done = sent.when(receive, known).when(answer, known).when(close, known)
    assert (done.state.stage, done.state.reference, done.state.outcome_code) == ("closed", "H-7", "helped")
    done.when(close, known).then()
    done.when(answer, known).rejected("forwarding.closed")


def test_is_not_answered_before_it_is_received():
    sent.when(answer, known).rejected("forwarding.not_received")


def test_is_not_closed_without_an_answer_but_may_be_taken_back():
    sent.when(close, known).rejected("forwarding.not_answered")
    assert sent.when(replace(close, outcome_code="withdrawn"), known).state.stage == "closed"


def test_a_later_answer_replaces_the_first():
    helped = sent.when(receive, known).when(answer, known).when(replace(answer, result="helped"), known)
    assert helped.state.answer.result == "helped"


def test_a_department_that_does_not_sign_for_it_is_late():
    silent = sent.when(forwarding.CheckClocks(at=at("2024-10-11", "00:00")), known)
    assert [(event.step, event.level) for event in silent.events] == [("forward_receipt", "township")]
    longer = silent.when(forwarding.CheckClocks(at=at("2024-10-16", "00:00")), known)
    assert [event.level for event in longer.events] == ["county"]


def test_the_answer_is_timed_from_the_receipt():
    received = sent.when(receive, known)
    received.when(forwarding.CheckClocks(at=at("2024-10-22")), known).then()
    late = received.when(forwarding.CheckClocks(at=at("2024-10-23", "00:00")), known)
    assert [event.step for event in late.events] == ["forward_answer"]
    assert late.when(answer, known).state.clocks == ()
