"""A finding is mended, or something else is done; somebody who did not open it has looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.providers.domain import duty, finding
from tests.providers.examples import ANNING, BAIXIN, TOWNSHIP, WORKER
from tests.providers.grading import A_DUTY, A_FINDING, AT, BOX, MONTH, RULES

KNOWN = finding.Known(rules=RULES)
OPEN = finding.Open(
    code="room_not_cleaned", source="grade", provider=ANNING, township=TOWNSHIP, worker=None, reference="",
    month=MONTH, days=None, text=BOX, by="qian", at=AT,
)  # fmt: skip
ANSWER = finding.Answer(text=BOX, by="anning", at=AT)
PASSED = finding.Reinspect(passed=True, consequence=None, days=None, reference="", text=BOX, by="wu", at=AT)
FAILED = replace(PASSED, passed=False, consequence="again", days=7)
OPENED = A_FINDING.when(OPEN, KNOWN)
ANSWERED = OPENED.when(ANSWER, KNOWN)


def test_it_is_to_be_mended_within_the_countys_days() -> None:
    assert OPENED.state.due_on == date(2026, 11, 18)
    assert A_FINDING.when(replace(OPEN, days=3), KNOWN).state.due_on == date(2026, 11, 6)
    assert A_FINDING.when(OPEN, finding.Known(rules=None)).state.due_on == date(2026, 11, 18)


def test_answered_and_seen_by_another_it_is_closed() -> None:
    closed = ANSWERED.when(PASSED, KNOWN)
    assert closed.state.status == "closed"
    closed.when(PASSED, KNOWN).then()
    closed.when(FAILED, KNOWN).rejected("finding.ended", status="closed")
    closed.when(ANSWER, KNOWN).rejected("finding.ended")


@pytest.mark.parametrize("who", ["qian", "anning"])
def test_who_opened_or_answered_it_does_not_look_again(who: str) -> None:
    ANSWERED.when(replace(PASSED, by=who), KNOWN).rejected("finding.opener_reinspects")


def test_nothing_is_passed_that_nobody_has_answered() -> None:
    OPENED.when(PASSED, KNOWN).rejected("finding.not_answered")


def test_a_failure_may_give_another_deadline_which_is_watched_anew() -> None:
    late = ANSWERED.when(finding.MarkOverdue(at=datetime(2026, 11, 18, 16, 0, tzinfo=UTC)), KNOWN)
    again = late.when(FAILED, KNOWN)
    assert (again.state.status, again.state.attempt, again.state.overdue) == ("open", 2, False)
    assert again.state.due_on == date(2026, 11, 10)
    again.when(PASSED, KNOWN).rejected("finding.not_answered")


@pytest.mark.parametrize("consequence", ["worker_removed", "carer_replaced", "agreement_review"])
def test_a_failure_for_good_names_what_was_done_instead(consequence: Any) -> None:
    """A carer is replaced and the agreement signed anew in the orders service; its id is named here (seed 004)."""
    final = replace(FAILED, consequence=consequence)
    ANSWERED.when(final, KNOWN).rejected("finding.reference_missing")
    ended = ANSWERED.when(replace(final, reference="care/17"), KNOWN)
    assert (ended.state.status, ended.state.consequence) == ("failed", consequence)
    ANSWERED.when(replace(FAILED, consequence=None), KNOWN).rejected("finding.consequence_missing")


def test_past_its_day_it_is_marked_once() -> None:
    last = datetime(2026, 11, 18, 15, 59, tzinfo=UTC)
    OPENED.when(finding.MarkOverdue(at=last), KNOWN).then()
    late = OPENED.when(finding.MarkOverdue(at=datetime(2026, 11, 18, 16, 0, tzinfo=UTC)), KNOWN)
    assert late.state.overdue
    late.when(finding.MarkOverdue(at=datetime(2026, 12, 1, tzinfo=UTC)), KNOWN).then()


def test_a_worker_named_is_the_providers() -> None:
    about = replace(OPEN, worker=WORKER)
    A_FINDING.when(about, replace(KNOWN, worker_provider=BAIXIN)).rejected("finding.worker_elsewhere")
    assert A_FINDING.when(about, replace(KNOWN, worker_provider=ANNING)).events
    A_FINDING.when(OPEN, replace(KNOWN, registered=False)).rejected("provider.unknown")


def test_a_townships_own_duty_is_found_wanting_too() -> None:
    own = A_FINDING.when(replace(OPEN, provider=None, code="cadre_visits"), KNOWN)
    assert own.state.opened.provider is None
    own.when(replace(OPEN, by="sun"), KNOWN).then()


def test_a_duty_counts_what_was_met_of_what_was_looked_at() -> None:
    seen = duty.Assess(month=MONTH, township=TOWNSHIP, duty="guardians", samples=6, met=5, text=BOX, by="qian", at=AT)
    assert A_DUTY.when(seen).state.met == 5
    assert A_DUTY.when(seen).when(replace(seen, met=6)).state.met == 6
    A_DUTY.when(replace(seen, met=7)).rejected("duty.met_beyond", samples=6)
    A_DUTY.when(replace(seen, month="2026-12")).rejected("duty.month_not_begun")
    assert duty.stream_of(MONTH, TOWNSHIP, "guardians") != UUID(int=0)
