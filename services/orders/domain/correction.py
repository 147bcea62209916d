"""A correction and its cause class: errors are told apart from violations, and who erred in good faith may be exempted
(paper 000: error tolerance; paper 002: exemption where the conditions are met).

    Noted ─ Reclassed* ─▶ Exempted

What corrected it stands in its own stream; here is why it had to be. The first class is never overwritten: a later
judgement of it is an event of its own, by another officer than who corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.cause import Cause

Kind = Literal[
    "judgement_undone", "appeal_upheld", "inspection_rejected", "inspection_accepted", "complaint_upheld",
    "visit_mended", "settlement_ruling",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something was corrected. ``month`` is the month it concerns, ``provider`` whom it concerns where anybody."""

    kind: Kind
    order_id: UUID | None
    visit_id: UUID | None
    person: UUID | None
    township: str
    provider: UUID | None
    item: str
    month: str
    cause: Cause
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reclass:
    """Another officer finds another cause; the text is sealed."""

    cause: Cause
    reason_code: str
    text: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Exempt:
    """Who erred is not held to account: the conditions of error tolerance are met; the text is sealed."""

    reason_code: str
    text: Sealed | None
    by: str
    at: datetime


Command = Note | Reclass | Exempt


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A correction with its first class."""

    kind: Kind
    order_id: UUID | None
    visit_id: UUID | None
    person: UUID | None
    township: str
    provider: UUID | None
    item: str
    month: str
    cause: Cause
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reclassed:
    """It counts in this class from now on."""

    cause: Cause
    reason_code: str
    text: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Exempted:
    """Nobody is held to account for it."""

    reason_code: str
    text: Sealed | None
    by: str
    at: datetime


Event = Noted | Reclassed | Exempted


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was corrected, and the class it has now."""

    noted: Noted
    cause: Cause
    exempted: bool = False


def decide(command: Command, state: Correction | None, _known: None) -> list[Event]:
    """Classed by another officer than who corrected; a violation is never exempted, nor classed back after that."""
    if isinstance(command, Note):
        return [] if state is not None else [Noted(**vars(command))]
    if state is None:
        raise Rejected("correction.unknown")
    if command.by == state.noted.by:
        raise Rejected("correction.classed_by_who_corrected")
    code, text, by, at = command.reason_code, command.text, command.by, command.at
    match command:
        case Reclass():
            if state.exempted:
                raise Rejected("correction.exempted_already")
            return (
                []
                if command.cause == state.cause
                else [Reclassed(cause=command.cause, reason_code=code, text=text, by=by, at=at)]
            )
        case Exempt():
            if state.cause == "violation":
                raise Rejected("correction.violation_is_not_exempted")
            return [] if state.exempted else [Exempted(reason_code=code, text=text, by=by, at=at)]


def evolve(state: Correction | None, event: Event) -> Correction:
    """The correction after ``event``."""
    if isinstance(event, Noted):
        return Correction(noted=event, cause=event.cause)
    assert state is not None
    match event:
        case Reclassed():
            return replace(state, cause=event.cause)
        case Exempted():
            return replace(state, exempted=True)


CATEGORY = "orders.correction"
EVENTS: tuple[type[Event], ...] = (Noted, Reclassed, Exempted)
decider: Decider[Command, Correction | None, Event, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
