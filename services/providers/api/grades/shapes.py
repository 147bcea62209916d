"""What the routes of grades, findings and ratings share."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, field_class
from chassis.kernel import Rejected

Written = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,500}}$")]
"""Free text; it is sealed."""
Days = Annotated[int, Field(ge=1, le=365)]
Reference = Annotated[str, Field(pattern=rf"^{PLAIN}{{0,100}}$")]
MONTH = re.compile(r"2[0-9]{3}-(0[1-9]|1[0-2])")
CONTACT = field_class("contact")


def month_of(call: Call[Any]) -> str:
    """The month in the path; ``not_found`` if it is none."""
    text = call.path["month"]
    if not MONTH.fullmatch(text):
        raise Rejected("not_found")
    return text


class FigureRow(Body):
    """A measure with its figure: ``got`` of ``out_of`` gives the share of its ``points``."""

    code: str
    points: int
    got: int
    out_of: int
    samples: int
    source: str


class EntryRow(Body):
    """What an assessor entered; the text stays sealed."""

    measure: str
    points: int
    samples: int
    sample_ids: list[UUID]
    false_service: bool
    by: str
    at: datetime


class MonthGradeRow(Body):
    """A provider's month in a township; ``grade`` is empty while it is due, ``waived`` where nothing was served."""

    id: UUID
    month: str
    provider: UUID
    township: str
    status: str
    grade: str
    score: int | None
    sheet: str
    overdue: bool
    overdue_at: datetime
    false_service: bool
    honoured: bool
    poor_in_a_row: int
    issued_at: datetime | None
    object_until: datetime | None
    objected_at: datetime | None
    rejudged_at: datetime | None


class MonthGradeWhole(MonthGradeRow):
    """With the figures it was reckoned from, and what was entered."""

    figures: list[FigureRow]
    entries: list[EntryRow]
    issued_by: str


class GradeAnswer(Body):
    """Where the grade stands: ``score`` of a hundred, and the figures behind it once it is issued."""

    id: UUID
    month: str
    provider: UUID
    township: str
    status: str
    grade: str
    score: int | None
    false_service: bool
    figures: list[FigureRow]


class FindingRow(Body):
    """A finding and how far its rectification is; ``reference`` names what it is about elsewhere."""

    id: UUID
    code: str
    source: str
    provider: UUID | None
    township: str
    worker: UUID | None
    reference: str
    month: str
    status: str
    due_on: date
    attempt: int
    overdue: bool
    consequence: str
    ended_by_reference: str
    opened_by: str
    opened_at: datetime
    inspected_by: str
    ended_at: datetime | None
