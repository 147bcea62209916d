"""An appointment in words: what it is asked, what can happen to it, and what is known of it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.providers.domain.policy import Policy
from services.providers.domain.visit.words import Code

Status = Literal["open", "scheduled", "started", "missed", "left_open", "ended", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The order as this service knows it, the worker who is meant, and whether the worker is free then.

    ``provider`` has taken the order, None where nobody has.
    """

    policy: Policy
    provider: UUID | None
    person: UUID
    item: str
    township: str
    village: str
    window_from: date
    window_to: date
    visit: UUID | None
    worker_provider: UUID | None = None
    worker_left_on: date | None = None
    worker_busy: bool = False


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Send a worker to the order's person at a time."""

    order_id: UUID
    provider: UUID
    worker: UUID | None
    starts_at: datetime
    ends_at: datetime
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reschedule:
    """Another time or another worker."""

    order_id: UUID
    provider: UUID
    worker: UUID
    starts_at: datetime
    ends_at: datetime
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Nobody comes at that time."""

    provider: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The order is taken back, or is another's: whoever was to come need not, unless it is ``taken_by``."""

    taken_by: UUID | None
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Start:
    """The worker is there; ``metres`` are from the village's point, the place itself is not kept."""

    provider: UUID
    started_at: datetime
    device_now: datetime | None
    metres: int | None
    offline: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Miss:
    """The time to begin is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeaveOpen:
    """The time to end is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteVisit:
    """A visit stands for the order, with or without an appointment; ``code`` is what became of the one-time code."""

    order_id: UUID
    visit: UUID
    provider: UUID
    worker: UUID
    code: Code
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TryCode:
    """The person's code is given; ``fits`` are the attempts at the order whose code it is."""

    order_id: UUID
    provider: UUID
    fits: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """The visit was sent back; another attempt has another code."""

    visit: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """A worker comes; not begun by ``missed_at`` it is missed."""

    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    township: str
    village: str
    starts_at: datetime
    ends_at: datetime
    missed_at: datetime
    open_hours: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rescheduled:
    """Somebody else comes, or at another time."""

    worker: UUID
    starts_at: datetime
    ends_at: datetime
    missed_at: datetime
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """Nobody comes."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Started:
    """The worker is there; not ended by ``open_until`` it is looked at."""

    started_at: datetime
    open_until: datetime
    metres_from_village: int | None
    skew_seconds: int
    offline: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Nobody began in time."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeftOpen:
    """Begun and not ended in time; amber, for technique may have failed."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A visit is reported."""

    order_id: UUID
    visit: UUID
    provider: UUID
    worker: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CodeRight:
    """The person gave the right code."""

    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CodeWrong:
    """A wrong code was given; tries are counted."""

    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """The next attempt begins: another code, no tries used."""

    at: datetime


Command = Schedule | Reschedule | Cancel | Withdraw | Start | Miss | LeaveOpen | NoteVisit | TryCode | Reopen
Event = Scheduled | Rescheduled | Cancelled | Started | Missed | LeftOpen | Ended | CodeRight | CodeWrong | Reopened
