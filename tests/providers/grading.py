"""What the tests of grades, findings and ratings speak of: October 2026 in Ningjin, graded in November."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.providers.domain import duty, finding, grade_round, month_grade, policy, rating
from services.providers.domain.grading import Grading
from services.providers.domain.score_sheet import Served
from tests.providers.examples import ANNING, TOWNSHIP

DOCUMENT = (Path(__file__).parents[2] / "deploy/localities/130528/0002.toml").read_text()
_READ = policy.read(tomllib.loads(DOCUMENT)).grading
assert _READ is not None
RULES: Grading = _READ
"""Ningjin's sheet."""
MONTH = "2026-10"
AT = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
BOX = Sealed(box="1.a.b")

A_ROUND = Specification(grade_round.decider)
A_GRADE = Specification(month_grade.decider)
A_DUTY = Specification(duty.decider)
A_FINDING = Specification(finding.decider)
A_RATING = Specification(rating.decider)

WELL_SERVED = Served(
    ordered=20, done=20, visits=20, complete=20, in_time=20, missed=0, ratings=10, stars=50, complaints=0
)
KNOWN = month_grade.Known(rules=RULES, drawn=True, registered=True, served=WELL_SERVED)
ABOUT: dict[str, Any] = {"month": MONTH, "provider": ANNING, "township": TOWNSHIP}
OPENED = month_grade.Opened(**ABOUT, overdue_at=datetime(2026, 11, 10, 16, 0, tzinfo=UTC), at=AT)
ISSUE = month_grade.Issue(**ABOUT, by="zhao", at=AT)
OBJECT = month_grade.Object(text=BOX, by="anning", at=AT)
REJUDGE = month_grade.Rejudge(text=BOX, by="sun", at=AT)


def enter(measure: str, points: int, by: str = "qian", *, false_service: bool = False) -> month_grade.Enter:
    """An assessor's entry after five samples."""
    return month_grade.Enter(
        **ABOUT, measure=measure, points=points, samples=5, sample_ids=(), false_service=false_service, text=BOX,
        by=by, at=AT,
    )  # fmt: skip


def graded(*entries: month_grade.Enter) -> Specification:
    """A grade that is due, with these entries."""
    found = A_GRADE.given(OPENED)
    for entry in entries:
        found = found.given(*found.when(entry, KNOWN).events)
    return found


ENTERED = graded(enter("pictures", 8), enter("home_visits", 12), enter("neighbours", 10))
"""8 of 10, 12 of 15, 10 of 10."""


def served(**changes: int) -> month_grade.Known:
    """As well served, but for ``changes``."""
    return replace(KNOWN, served=replace(WELL_SERVED, **changes))


def visit_of(item: str = "home_cleaning", rules: Grading | None = RULES) -> rating.Known:
    """A visit of the second of November."""
    return rating.Known(
        provider=ANNING,
        township=TOWNSHIP,
        item=item,
        month="2026-11",
        ended_at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC),
        rules=rules,
    )


def rate(stars: int = 5, **changes: Any) -> rating.Rate:
    """By phone, by the person, the next day, but for ``changes``."""
    whole: dict[str, Any] = {
        "visit": UUID(int=0x400), "way": "phone", "code_right": None, "ticket": "2212349-17", "stars": stars,
        "reasons": ("kind",), "rated_by": "self", "by": "hotline", "at": AT,
    }  # fmt: skip
    return rating.Rate(**{**whole, **changes})
