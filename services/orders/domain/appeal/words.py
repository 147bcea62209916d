"""The words of an appeal against a rejection: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.cause import Cause

Result = Literal["upheld", "dismissed"]


@dataclass(frozen=True, kw_only=True)
class Lodge:
    """Who served asks to look again; the grounds are sealed, ``evidence`` are digests of what is shown."""

    order_id: UUID
    visit_id: UUID
    owner: str
    grounds: Sealed
    evidence: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """Who lodged it takes it back."""

    owner: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Another officer decides; ``cause`` classes the mistake where the appeal is upheld. The text is sealed."""

    result: Result
    cause: Cause | None
    reason_code: str
    text: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckClock:
    """The days for an answer may be over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settle:
    """The rejection was taken back or replaced otherwise: nothing is left to appeal against."""

    at: datetime


Command = Lodge | Withdraw | Answer | CheckClock | Settle


@dataclass(frozen=True, kw_only=True)
class Lodged:
    """An appeal against the rejection of ``rejected_at``; it is to be answered before ``answer_by``."""

    order_id: UUID
    visit_id: UUID
    person: UUID
    provider: UUID
    township: str
    item: str
    rejected_by: str
    rejected_at: datetime
    rejected_for: str
    reported_by: str
    grounds: Sealed
    evidence: tuple[str, ...]
    answer_by: datetime
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """The rejection stands."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Upheld:
    """The rejection was wrong: it is taken back with this cause, and the completion accepted."""

    cause: Cause
    reason_code: str
    text: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dismissed:
    """The rejection stands, for this reason."""

    reason_code: str
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """Nobody answered in time."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settled:
    """It ended without an answer: the rejection does not stand any more."""

    at: datetime


Event = Lodged | Withdrawn | Upheld | Dismissed | Overdue | Settled
