"""Words of how a completion is judged: drawn, verified, or accepted by itself when nobody objected in time (S3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

How = Literal["person", "inspected", "unsampled"]
Result = Literal["accepted", "rejected", "returned"]


@dataclass(frozen=True, kw_only=True)
class Inspect:
    """The completion was drawn for a spot check; without ``visit_id`` the one that waits.

    One that waits goes on waiting, for the inspection, whatever time passes.
    """

    draw: UUID
    at: datetime
    visit_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NoteInspection:
    """An inspector looked at the completion; from now on it can be judged."""

    visit_id: UUID
    draw: UUID
    result: Literal["accepted", "rejected"]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Verify:
    """The bureau's judgement on a completion; without ``visit_id`` on the one that waits."""

    visit_id: UUID | None
    result: Result
    note_code: str
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AcceptUnsampled:
    """The days for a judgement have passed (S3)."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class DrawnForInspection:
    """An inspector will go there."""

    visit_id: UUID
    draw: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """An inspector was there, or called, or asked around."""

    visit_id: UUID
    draw: UUID
    result: Literal["accepted", "rejected"]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The completion counts; how says by whom."""

    visit_id: UUID
    how: How
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnedDown:
    """The completion does not count."""

    visit_id: UUID
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The server mends it and reports again, until ``mend_by`` where the county says how long; after that it may be
    rejected."""

    visit_id: UUID
    reason_code: str
    by: str
    at: datetime
    mend_by: datetime | None = None
