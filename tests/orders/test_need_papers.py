"""Documents are asked for once, completely, and never where they can be looked up."""

from __future__ import annotations

from dataclasses import replace

from services.orders.domain import need
from tests.orders.examples import at, confirm, known_need, need_registered, surveyed
from tests.orders.needs_in_depth import a_need, known, tell_missing, waiting

told = waiting.when(tell_missing, known)
bring = need.NotePaper(document="proxy_letter", how="brought", by="village-1", at=at("2024-09-04"))
promise = need.NotePaper(document="illness_proof", how="committed", by="village-1", at=at("2024-09-04"))


def test_what_is_missing_is_told_completely_and_timed():
    assert told.state.missing == ("proxy_letter", "illness_proof")
    assert "papers" in {clock.step for clock in told.state.clocks}


def test_a_second_list_is_refused_and_the_same_one_is_a_repetition():
    told.when(replace(tell_missing, documents=("illness_proof", "proxy_letter")), known).then()
    told.when(replace(tell_missing, documents=("bank_card",)), known).rejected("need.asked_once_already", documents=2)


def test_what_can_be_looked_up_is_not_asked_for():
    demanding = replace(tell_missing, documents=("proxy_letter", "household_book"))
    waiting.when(demanding, known).rejected("need.document_can_be_looked_up", number=2)


def test_what_the_pack_does_not_know_is_not_asked_for():
    odd = replace(tell_missing, documents=("proof_of_being_alive",))
    waiting.when(odd, known).rejected("need.document_unknown", number=1)


def test_a_pack_without_a_list_lets_ask_for_anything():
    odd = replace(tell_missing, documents=("proof_of_being_alive",))
    assert waiting.when(odd, known_need).state.missing == ("proof_of_being_alive",)


def test_a_commitment_stands_for_a_proof_where_the_pack_lets_it():
    assert told.when(promise, known).state.missing == ("proxy_letter",)
    told.when(replace(bring, how="committed"), known).rejected("need.document_needs_proof")


def test_when_all_is_there_the_clock_stops():
    complete = told.when(promise, known).when(bring, known)
    assert complete.state.missing == ()
    assert "papers" not in {clock.step for clock in complete.state.clocks}
    complete.when(bring, known).then()


def test_what_was_not_asked_for_is_not_settled():
    waiting.when(bring, known).rejected("need.document_not_asked_for")
    told.when(replace(bring, document="bank_card"), known).rejected("need.document_not_asked_for")


def test_a_need_with_papers_missing_is_not_confirmed():
    asked = a_need.given(need_registered, surveyed).when(tell_missing, known)
    asked.when(confirm, known).rejected("need.papers_missing", documents=2)
    assert asked.when(bring, known).when(promise, known).when(confirm, known).state.confirmed
