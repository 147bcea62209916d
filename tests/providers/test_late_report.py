"""A report that came too late is kept and waits; who reported it does not answer for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.providers.domain import late_report
from tests.providers.examples import ANNING, BAIXIN, ORDER_ID, TOWN, TOWNSHIP, VISIT_ID, WORKER, hours
from tests.providers.visiting import A_LATE_REPORT, A_VISIT, AROUND, ENDED, REPORT, SEALED

FILED_AT = ENDED + timedelta(days=20)
KNOWN = late_report.Known(provider=ANNING, township=TOWNSHIP, village=TOWN)
FILE = late_report.File(report=replace(REPORT, at=FILED_AT), reason=SEALED, at=FILED_AT)
CONFIRM = late_report.Confirm(
    visit=VISIT_ID,
    order_id=ORDER_ID,
    worker=WORKER,
    photos=(),
    reason=SEALED,
    by="li",
    at=FILED_AT + hours(30),
)
REFUSE = late_report.Refuse(reason=SEALED, by="li", at=FILED_AT + hours(30))
FILED = A_LATE_REPORT.when(FILE, known=KNOWN).events[0]


def test_the_report_is_kept_whole_but_for_the_place() -> None:
    assert FILED.report.place is None
    assert FILED.report.metres_told == 2837
    assert (FILED.report.started_at, FILED.report.evidence) == (REPORT.started_at, REPORT.evidence)
    A_LATE_REPORT.given(FILED).when(FILE, known=KNOWN).then()


def test_only_who_has_the_order_files() -> None:
    A_LATE_REPORT.when(FILE, known=replace(KNOWN, provider=BAIXIN)).rejected("late_report.order_not_taken")
    A_LATE_REPORT.when(FILE, known=None).rejected("late_report.order_not_taken")


def test_the_township_answers_for_it_once() -> None:
    confirmed = A_LATE_REPORT.given(FILED).when(CONFIRM)
    assert (confirmed.state.status, confirmed.state.decided_by, confirmed.state.visit) == ("confirmed", "li", VISIT_ID)
    confirmed.when(replace(CONFIRM, visit=ORDER_ID)).then()
    confirmed.when(REFUSE).rejected("late_report.decided_already", status="confirmed")


def test_a_refused_report_stays_readable() -> None:
    refused = A_LATE_REPORT.given(FILED).when(REFUSE)
    assert (refused.state.status, refused.state.filed) == ("refused", FILED)
    refused.when(CONFIRM).rejected("late_report.decided_already", status="refused")


def test_who_reported_does_not_answer_for_it() -> None:
    own = replace(CONFIRM, by=REPORT.by)
    A_LATE_REPORT.given(FILED).when(own).rejected("late_report.reporter_decides")
    A_LATE_REPORT.when(CONFIRM).rejected("late_report.unknown")


def test_what_is_confirmed_becomes_a_visit_as_late_as_it_was_filed() -> None:
    report = late_report.confirmed(FILED, "li", CONFIRM.at)
    (completed,) = A_VISIT.when(report, known=AROUND).events
    assert completed.reported_after_minutes == 20 * 24 * 60
    assert (completed.confirmed_by, completed.by, completed.metres_from_village) == ("li", REPORT.by, 2837)
    assert [one.code for one in completed.exceptions] == ["reported_late"]
