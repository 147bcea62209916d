"""A month's grade: entered by one, signed by another, objected to, judged anew by a third."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.providers.domain import month_grade
from services.providers.domain.month_grade import Issued, Rejudged
from services.providers.domain.score_sheet import Served
from tests.providers.grading import (
    A_GRADE,
    ABOUT,
    AT,
    BOX,
    ENTERED,
    ISSUE,
    KNOWN,
    OBJECT,
    OPENED,
    REJUDGE,
    enter,
    graded,
    served,
)

ISSUED = ENTERED.when(ISSUE, KNOWN)
OBJECTED = ISSUED.when(OBJECT)
WAIVE = month_grade.Waive(**ABOUT, reason_code="nothing_served", by="zhao", at=AT)


def judged(decided: Any) -> month_grade.Judged:
    event = decided.events[-1]
    assert isinstance(event, Issued | Rejudged)
    return event.judged


def test_the_sheet_gives_the_grade_and_the_provider_has_five_days_to_object() -> None:
    event = ISSUED.events[-1]
    assert (event.judged.score, event.judged.grade, event.judged.sheet) == (95, "good", "ningjin_2026")
    assert event.judged.honoured
    assert event.object_until.isoformat() == "2026-11-08T16:00:00+00:00"


def test_signed_again_it_is_the_same_grade() -> None:
    ISSUED.when(replace(ISSUE, by="sun"), served(complaints=4)).then()


def test_who_assessed_does_not_sign() -> None:
    ENTERED.when(replace(ISSUE, by="qian"), KNOWN).rejected("month_grade.assessed_by_signer")


def test_nothing_is_signed_before_every_measure_is_entered() -> None:
    graded(enter("pictures", 8)).when(ISSUE, KNOWN).rejected("month_grade.entry_missing", measures="home_visits")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (enter("pictures", 11), "month_grade.points_beyond"),
        (enter("completeness", 5), "month_grade.computed"),
        (enter("politeness", 5), "month_grade.no_such_measure"),
    ],
)
def test_only_what_the_sheet_asks_for_is_entered(entry: month_grade.Enter, code: str) -> None:
    graded().when(entry, KNOWN).rejected(code)


def test_a_later_entry_takes_the_place_of_the_earlier() -> None:
    worse = ENTERED.when(enter("home_visits", 0), KNOWN).when(ISSUE, KNOWN)
    assert judged(worse).score == judged(ISSUED).score - 12


def test_only_drawn_townships_and_registered_providers_are_graded() -> None:
    A_GRADE.when(ISSUE, replace(KNOWN, drawn=False)).rejected("month_grade.not_drawn")
    A_GRADE.when(enter("pictures", 8), replace(KNOWN, drawn=False)).rejected("month_grade.not_drawn")
    A_GRADE.when(ISSUE, replace(KNOWN, registered=False)).rejected("provider.unknown")


def test_a_provider_that_nobody_expected_in_a_drawn_township_may_be_graded_too() -> None:
    opened, entered = A_GRADE.when(enter("pictures", 8), KNOWN).events
    assert opened == OPENED
    assert entered.points == 8


def test_false_service_is_the_worst_grade_whatever_the_score() -> None:
    by_entry = judged(ENTERED.when(enter("pictures", 8, false_service=True), KNOWN).when(ISSUE, KNOWN))
    by_finding = judged(ENTERED.when(ISSUE, replace(KNOWN, false_found=True)))
    for one in (by_entry, by_finding):
        assert (one.score, one.grade, one.false_service, one.honoured) == (95, "false", True, False)


def test_the_second_poor_month_in_a_row_asks_for_a_review_of_the_agreement() -> None:
    bad = served(done=0, complete=0, in_time=0, stars=10)
    assert [judged(ENTERED.when(ISSUE, replace(bad, poor_before=before))).review for before in (0, 1, 2)] == [
        False, True, True,
    ]  # fmt: skip
    assert judged(ENTERED.when(ISSUE, replace(KNOWN, poor_before=3))).poor_in_a_row == 0


def test_where_nothing_was_served_the_grade_is_waived_and_only_there() -> None:
    nothing = replace(KNOWN, served=Served())
    waived = graded().when(WAIVE, nothing)
    assert waived.state.status == "waived"
    waived.when(WAIVE, nothing).then()
    waived.when(ISSUE, KNOWN).rejected("month_grade.waived_already")
    graded().when(WAIVE, KNOWN).rejected("month_grade.something_served", visits=20)
    ENTERED.when(ISSUE, nothing).rejected("month_grade.nothing_served")


def test_orders_that_nobody_served_are_no_reason_to_waive_a_grade_but_no_visit_is() -> None:
    """Ordered and not one visit: it may be graded (nothing of it was done), or waived with a reason."""
    unserved = replace(KNOWN, served=Served(ordered=5))
    assert judged(ENTERED.when(ISSUE, unserved)).grade == "poor"
    assert graded().when(WAIVE, unserved).state.status == "waived"


def test_an_objection_is_judged_by_somebody_else_and_replaces_the_grade() -> None:
    OBJECTED.when(replace(REJUDGE, by="zhao"), KNOWN).rejected("month_grade.judged_by_same")
    OBJECTED.when(replace(REJUDGE, by="qian"), KNOWN).rejected("month_grade.assessed_by_signer")
    again = OBJECTED.when(REJUDGE, served(complaints=4))
    assert judged(again).score == 90
    assert again.state.status == "rejudged"
    again.when(OBJECT).rejected("month_grade.objected_already")
    again.when(REJUDGE, KNOWN).then()


def test_new_entries_count_after_an_objection_and_not_before_one() -> None:
    ISSUED.when(enter("pictures", 10), KNOWN).rejected("month_grade.issued_already")
    assert judged(OBJECTED.when(enter("pictures", 10, by="li"), KNOWN).when(REJUDGE, KNOWN)).score == 97


def test_an_objection_comes_in_time_and_of_a_grade() -> None:
    late = replace(OBJECT, at=AT + timedelta(days=6))
    ISSUED.when(late).rejected("month_grade.objection_late")
    graded().when(OBJECT).rejected("month_grade.not_issued")
    OBJECTED.when(OBJECT).then()
    ISSUED.when(REJUDGE, KNOWN).rejected("month_grade.no_objection")


def test_past_its_day_it_is_marked_overdue_once_and_nobody_is_graded_by_it() -> None:
    late = graded().when(month_grade.MarkOverdue(at=AT))
    assert (late.state.overdue, late.state.status, late.state.judged) == (True, "due", None)
    late.when(month_grade.MarkOverdue(at=AT)).then()
    ISSUED.when(month_grade.MarkOverdue(at=AT)).then()


def test_opened_again_nothing_happens() -> None:
    again = month_grade.Open(**ABOUT, overdue_at=OPENED.overdue_at, at=AT)
    A_GRADE.given(OPENED).when(again).then()
    assert ISSUED.state.entries["pictures"].text == BOX
