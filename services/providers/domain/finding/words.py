"""A finding in words: what it is asked, what can happen to it, and what is known of it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.providers.domain.grading import Grading

Source = Literal["grade", "inspection", "complaint", "unscheduled", "audit", "evaluation"]
"""What it came from: the monthly grade, a spot check, a complaint, an unscheduled inspection, audit, evaluation."""

Consequence = Literal["again", "worker_removed", "carer_replaced", "agreement_review"]
"""What follows a failed re-inspection: another deadline, or what was done instead, named by a reference."""

Status = Literal["none", "open", "answered", "closed", "failed"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The rules in force, None where the pack has none; ``registered``: the provider is; whose the worker is."""

    rules: Grading | None
    registered: bool = True
    worker_provider: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Open:
    """Something is not as it should be. Of a provider, or of a township's own duty where ``provider`` is None.

    ``worker`` is the provider's; ``reference`` names what it is about elsewhere: an order, a carer's agreement, a
    ticket, a draw. ``days``: by when it must be mended, the county's days where None. ``month`` is the graded one.
    """

    code: str
    source: Source
    provider: UUID | None
    township: str
    worker: UUID | None
    reference: str
    month: str
    days: int | None
    text: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was done about it."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reinspect:
    """Somebody looked again. Of a failure: what follows, and by which paper or id (``reference``)."""

    passed: bool
    consequence: Consequence | None
    days: int | None
    reference: str
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MarkOverdue:
    """The deadline is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opened:
    """It must be mended by the end of ``due_on``."""

    code: str
    source: Source
    provider: UUID | None
    township: str
    worker: UUID | None
    reference: str
    month: str
    due_on: date
    text: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Measures were told; somebody looks at them."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Mended."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Failed:
    """Not mended. With another deadline it goes on; else it ends with what was done instead."""

    consequence: Consequence
    due_on: date | None
    reference: str
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """Nobody has mended it in time; it is on the list of the levels above."""

    due_on: date
    at: datetime


Command = Open | Answer | Reinspect | MarkOverdue
Event = Opened | Answered | Closed | Failed | Overdue


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The state; ``attempt`` counts the deadlines."""

    opened: Opened | None = None
    status: Status = "none"
    due_on: date | None = None
    attempt: int = 1
    overdue: bool = False
    answered_by: str = ""
    inspected_by: str = ""
    consequence: str = ""
    ended_by_reference: str = ""
    ended_at: datetime | None = None
