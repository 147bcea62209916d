"""What becomes of an exception of a visit afterwards: settled by an officer, excused by an outage; and an inspection.

noticed ─ Settle ─▶ ExceptionSettled (it does not stand any more)     ─ Excuse ─▶ ExceptionExcused (it is grey)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Settlement = Literal["acknowledged", "mended"]


@dataclass(frozen=True, kw_only=True)
class Settle:
    """An officer acknowledged it, or found it mended."""

    code: str
    how: Settlement
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Excuse:
    """An outage was recorded that may have been the cause; times and order are the visit's own, for whoever reads."""

    order_id: UUID
    started_at: datetime
    told_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteInspected:
    """An inspector looked into the visit."""

    accepted: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ExceptionSettled:
    """It does not stand any more; that it was noticed stays in the event that told it."""

    code: str
    how: Settlement
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ExceptionExcused:
    """It was the platform's fault."""

    code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """What the inspection found."""

    accepted: bool
    at: datetime
