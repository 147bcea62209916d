"""What the verification desk keeps in mind about a completion: a mending that is late, an appeal that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.orders.domain.cause import Cause


@dataclass(frozen=True, kw_only=True)
class Report:
    """How a visit was reported: by whom it was made, how long, on what device or paper, and with which proofs.

    ``code`` says what became of the person's one-time code, ``complete`` whether all six facts are there; ``cause`` why
    it had to be mended, where it was.
    """

    worker: UUID | None = None
    minutes: int | None = None
    source: str = ""
    code: str = ""
    complete: bool | None = None
    cause: Cause | None = None


@dataclass(frozen=True, kw_only=True)
class CheckMending:
    """The days for mending what was returned may be over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteAppeal:
    """An appeal against the rejection of a completion was lodged, or has ended."""

    visit_id: UUID
    appeal_id: UUID
    open: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MendingLate:
    """What was returned was not mended within its days: it may be rejected now."""

    visit_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealNoted:
    """Whether the rejection of the completion is under appeal."""

    visit_id: UUID
    appeal_id: UUID
    open: bool
    at: datetime
