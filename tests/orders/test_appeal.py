"""An appeal: by who served, against a rejection, in time, answered by another officer."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from chassis.kernel import Sealed
from chassis.service import Recorded, Step
from chassis.testing import Specification
from services.orders.domain import appeal, order
from services.orders.domain.policy import read_policy
from services.orders.reactions.desk import of_desk
from tests.orders.examples import ORDER, PACK, POLICIES, PROVIDER, TOWNSHIP, VISIT, ZHAO, at

REJECTED_AT = at("2024-10-04")
judged = appeal.Judged(
    person=ZHAO, provider=PROVIDER, township=TOWNSHIP, item="home_cleaning", verdict="turned_down", by="bureau-1",
    at=REJECTED_AT, reason_code="nobody_came", reported_by="provider-1",
)  # fmt: skip
known = appeal.Known(policies=POLICIES, judged=judged)
lodge = appeal.Lodge(
    order_id=ORDER, visit_id=VISIT, owner=str(PROVIDER), grounds=Sealed(box="1.n.grounds"), evidence=("ab" * 32,),
    by="provider-1", at=at("2024-10-08"),
)  # fmt: skip
lodged = appeal.Lodged(
    order_id=ORDER, visit_id=VISIT, person=ZHAO, provider=PROVIDER, township=TOWNSHIP, item="home_cleaning",
    rejected_by="bureau-1", rejected_at=REJECTED_AT, rejected_for="nobody_came", reported_by="provider-1",
    grounds=lodge.grounds, evidence=lodge.evidence, answer_by=at("2024-10-30", "00:00"), by="provider-1", at=lodge.at,
)  # fmt: skip
answer = appeal.Answer(
    result="upheld", cause="mistake", reason_code="photo_shows_it", text=Sealed(box="1.n.answer"), by="bureau-2",
    role="bureau", at=at("2024-10-12"),
)  # fmt: skip
upheld = appeal.Upheld(
    cause="mistake", reason_code="photo_shows_it", text=answer.text, by="bureau-2", role="bureau", at=answer.at
)
dismissed = appeal.Dismissed(reason_code="photo_shows_it", text=answer.text, by="bureau-2", at=answer.at)
an_appeal = Specification(appeal.decider)
open_appeal = an_appeal.given(lodged)


def test_is_lodged_by_who_served_and_answered_within_fifteen_working_days():
    an_appeal.when(lodge, known).then(lodged)


def test_is_lodged_once_for_one_rejection():
    open_appeal.when(lodge, known).then()
    assert appeal.stream_of(VISIT, REJECTED_AT) != appeal.stream_of(VISIT, at("2024-10-20"))


def test_is_lodged_on_the_last_of_ten_working_days_and_not_after():
    """Friday 4 October, week-ends rest: the tenth day is Friday the 18th."""
    on_the_last = an_appeal.when(replace(lodge, at=at("2024-10-18", "23:59")), known)
    assert len(on_the_last.events) == 1
    an_appeal.when(replace(lodge, at=at("2024-10-19", "00:00")), known).rejected("appeal.too_late", days=10)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"judged": None}, "appeal.not_yours"),
        ({"judged": replace(judged, verdict="accepted")}, "appeal.nothing_rejected"),
        ({"judged": replace(judged, verdict="returned")}, "appeal.nothing_rejected"),
    ],
)
def test_is_against_a_rejection_only(change: dict[str, appeal.Judged | None], code: str):
    an_appeal.when(lodge, replace(known, **change)).rejected(code)


def test_is_not_lodged_by_another():
    an_appeal.when(replace(lodge, owner="somebody"), known).rejected("appeal.not_yours")


def test_is_upheld_by_another_officer():
    open_appeal.when(answer, known).then(upheld)


def test_upheld_without_a_class_is_a_mistake():
    open_appeal.when(replace(answer, cause=None), known).then(upheld)


def test_is_dismissed_with_a_reason():
    open_appeal.when(replace(answer, result="dismissed", cause=None), known).then(dismissed)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": "bureau-1"}, "appeal.answered_by_who_rejected"),
        ({"by": "provider-1"}, "appeal.answered_by_who_rejected"),
        ({"role": "township"}, "order.not_yours_to_verify"),
    ],
)
def test_is_not_answered_by_who_rejected_or_reported(change: dict[str, str], code: str):
    open_appeal.when(replace(answer, **change), known).rejected(code)


def test_is_not_answered_by_who_handled_a_need_of_the_person():
    open_appeal.when(answer, replace(known, hands=frozenset({"bureau-2"}))).rejected("order.verifier_handled_the_need")


def test_is_answered_once():
    open_appeal.given(upheld).when(answer, known).then()
    open_appeal.given(dismissed).when(answer, known).rejected("appeal.answered_already")


def test_is_withdrawn_by_who_lodged_it():
    withdraw = appeal.Withdraw(owner=str(PROVIDER), at=at("2024-10-09"))
    open_appeal.when(replace(withdraw, owner="another"), known).rejected("appeal.not_yours")
    taken_back = open_appeal.when(withdraw, known)
    taken_back.then(appeal.Withdrawn(at=withdraw.at))
    taken_back.when(withdraw, known).then()
    taken_back.when(answer, known).rejected("appeal.answered_already")


def test_not_answered_in_time_is_overdue_once_and_may_still_be_answered():
    too_late = appeal.CheckClock(at=lodged.answer_by)
    open_appeal.when(replace(too_late, at=at("2024-10-29", "23:59")), known).then()
    late = open_appeal.when(too_late, known)
    late.then(appeal.Overdue(at=too_late.at))
    late.when(too_late, known).then()
    late.when(answer, known).then(upheld)


def test_upheld_takes_the_rejection_back_and_accepts_in_one_transaction():
    state = appeal.decider.fold([lodged, upheld])
    follows = list(of_desk(Recorded(originator_id=VISIT, originator_version=2, event=upheld), state))
    commands = [step.command for step in follows if isinstance(step, Step)]
    assert [type(command) for command in commands] == [order.NoteAppeal, order.Undo, order.Verify]
    assert (commands[1].was, commands[1].way, commands[2].result) == ("turned_down", "appeal", "accepted")


def test_counts_working_days_by_the_recorded_calendar():
    """Rejected on Friday 27 September 2024: the days of the National Day rest, Saturday 12 October is worked."""
    pack = tomllib.loads(PACK.with_name("0002.toml").read_text(encoding="utf-8"))
    ningjin = replace(known, policies=(read_policy(pack),), judged=replace(judged, at=at("2024-09-27")))
    last = replace(lodge, at=at("2024-10-16", "23:59"))
    assert len(an_appeal.when(last, ningjin).events) == 1
    an_appeal.when(replace(last, at=at("2024-10-17", "00:00")), ningjin).rejected("appeal.too_late", days=10)
