"""A monthly grade in words: what it is asked, what can happen to it, and what is known of it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.providers.domain.grading import Grading
from services.providers.domain.score_sheet import Entry, Figure, Served

Status = Literal["none", "due", "issued", "objected", "rejudged", "waived"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """``rules`` are those of the version in force on the month's last day; ``drawn`` says whether the township was;
    ``false_found`` whether a finding of false service stands for the month; ``poor_before`` counts the months just
    before, one after another, that were graded poor."""

    rules: Grading | None
    drawn: bool
    registered: bool
    served: Served
    false_found: bool = False
    poor_before: int = 0


@dataclass(frozen=True, kw_only=True)
class Open:
    """The township was drawn: the grade is due."""

    month: str
    provider: UUID
    township: str
    overdue_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Enter:
    """An assessor enters what was seen for a measure: so many of its points, after so many samples.

    ``sample_ids`` are ids of visits or orders that were looked at. ``false_service``: something was told that was never
    done.
    """

    month: str
    provider: UUID
    township: str
    measure: str
    points: int
    samples: int
    sample_ids: tuple[UUID, ...]
    false_service: bool
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The bureau signs the grade that the sheet gives."""

    month: str
    provider: UUID
    township: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Waive:
    """No grade is due, for nothing was served there."""

    month: str
    provider: UUID
    township: str
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Object:
    """The provider does not agree, and says why."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rejudge:
    """Somebody else signs the grade anew, on what is known and entered by now."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MarkOverdue:
    """The day by which it was due is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The grade is due; told the levels above from ``overdue_at`` on."""

    month: str
    provider: UUID
    township: str
    overdue_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Entered:
    """An assessor's entry; a later one for the measure takes its place."""

    measure: str
    points: int
    samples: int
    sample_ids: tuple[UUID, ...]
    false_service: bool
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the sheet gave: the figures it was reckoned from, the score and the grade.

    ``false_service`` overrode the score; ``honoured``: named for good service; ``poor_in_a_row`` counts this month in.
    """

    sheet: str
    figures: tuple[Figure, ...]
    score: int
    grade: str
    false_service: bool
    honoured: bool
    poor_in_a_row: int
    review: bool
    """So many poor months one after another that a finding is opened and the agreement looked at."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The grade is signed and told; the provider may object until ``object_until``."""

    judged: Judged
    object_until: datetime
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Waived:
    """None is due."""

    reason_code: str
    sheet: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Objected:
    """The provider does not agree; the grade stands until it is judged anew."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rejudged:
    """Signed anew by somebody else: this grade replaces the earlier, and is the last word here."""

    judged: Judged
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """Nobody has graded it in time; it is on the list of the levels above, and no grade is given by itself."""

    at: datetime


Command = Open | Enter | Issue | Waive | Object | Rejudge | MarkOverdue
Event = Opened | Entered | Issued | Waived | Objected | Rejudged | Overdue


@dataclass(frozen=True, kw_only=True)
class Grade:
    """The state: the latest entry of each measure, and what stands."""

    opened: Opened | None = None
    status: Status = "none"
    entries: Mapping[str, Entered] = field(default_factory=dict)
    judged: Judged | None = None
    waived: Waived | None = None
    issued_by: str = ""
    issued_at: datetime | None = None
    object_until: datetime | None = None
    objected_at: datetime | None = None
    rejudged_at: datetime | None = None
    overdue: bool = False

    @property
    def assessors(self) -> frozenset[str]:
        """Who has entered something that counts."""
        return frozenset(entry.by for entry in self.entries.values())

    @property
    def points(self) -> dict[str, Entry]:
        """What was entered, as the sheet reads it."""
        return {code: Entry(points=one.points, samples=one.samples) for code, one in self.entries.items()}

    @property
    def false_entered(self) -> bool:
        """Whether an assessor has found false service."""
        return any(entry.false_service for entry in self.entries.values())
