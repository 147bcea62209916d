"""The words of a statement: commands, events, state, and what a decision may know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from services.settlement.domain.document import payable_fen
from services.settlement.domain.engine import Statement as Content

CATEGORY = "settlement.statement"


@dataclass(frozen=True, kw_only=True)
class Finalise:
    """The month is closed: keep the statement of this payee and purchaser for good."""

    month: str
    payee: str
    purchaser: str
    digest: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The payee agrees."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """The payee disagrees with ``line``, counted from 1 in the statement's order."""

    line: int
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TakeSilence:
    """The time to answer is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Approve:
    """An officer of ``body`` (county, finance, township) signs."""

    by: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Pay:
    """Finance has paid, under ``reference`` of its payment system."""

    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finalised:
    """The statement is final, with all its lines. ``seats`` are the bodies that sign; silence confirms it at
    ``answer_until``."""

    month: str
    content: Content
    digest: str
    seats: tuple[str, ...]
    answer_until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The payee agrees: by its own word (``payee``) or by ``silence``."""

    how: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """The payee disagrees with one line. It stops nothing: upheld, it becomes a ruling."""

    line: int
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Approved:
    """One seat has signed."""

    by: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Paid:
    """The statement is paid."""

    reference: str
    amount_fen: int
    by: str
    at: datetime


Command: TypeAlias = Finalise | Confirm | Dispute | TakeSilence | Approve | Pay
Event: TypeAlias = Finalised | Confirmed | Disputed | Approved | Paid


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The state; ``final`` is None before the close."""

    final: Finalised | None = None
    confirmed: Confirmed | None = None
    disputes: tuple[Disputed, ...] = ()
    approvals: tuple[Approved, ...] = ()
    paid: Paid | None = None

    @property
    def status(self) -> str:
        """final, confirmed, disputed, approved or paid; empty before the close."""
        if self.final is None:
            return ""
        if self.paid:
            return "paid"
        if not self.may_sign:
            return "approved"
        if self.confirmed:
            return "confirmed"
        return "disputed" if self.disputes else "final"

    @property
    def may_sign(self) -> tuple[str, ...]:
        """The seats that nobody has taken yet, in the policy's order."""
        left = list(self.final.seats if self.final else ())
        for approval in self.approvals:
            left.remove(approval.body)
        return tuple(left)

    @property
    def payable_fen(self) -> int:
        """What it pays."""
        return payable_fen(self.final.content) if self.final else 0


@dataclass(frozen=True, kw_only=True)
class Final:
    """What finalising may know: the statement of the close, who signs, and until when the payee may answer."""

    content: Content
    seats: tuple[str, ...]
    answer_until: datetime


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What signing may know: fen without money yet, and people of its lines without review and posted notice."""

    unfunded_fen: int
    unnoticed: int


Known: TypeAlias = Final | Signing | None


def stream_of(month_id: UUID, payee: str, purchaser: str) -> UUID:
    """The stream of a statement, below the stream of its month."""
    return uuid.uuid5(month_id, f"{payee}/{purchaser}")
