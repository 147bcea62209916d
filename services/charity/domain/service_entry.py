"""What a claimant did for one claim, as the volunteer record holds it (Charity Law art. 66; Social Assistance Law
art. 59).
    Note ─▶ noted ─ Count ─▶ counted ─ Void ─▶ void ─ Count ─▶ counted
              ├ SendBack ─▶ sent_back ─ Note ─▶ noted          └ TurnDown ─▶ turned_down

Noted when the claimant reports it, counted when the bureau verified it, void when the verification is undone: what was
not verified is in no record and on no certificate.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, topics

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b014")
CATEGORY = "charity.service_entry"
Standing = Literal["none", "noted", "counted", "void", "sent_back", "turned_down"]


def stream_of(claim_id: UUID) -> UUID:
    """The entry of a claim."""
    return uuid.uuid5(NAMESPACE, str(claim_id))


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What was done: ``minutes`` as reported, 0 where nothing was said; day and time in Asia/Shanghai."""

    claim_id: UUID
    claimant: UUID
    order_id: UUID
    charity: UUID
    item: str
    pieces: int
    minutes: int
    day: date
    time: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's minutes for a piece of the item; the certificates that count the claim."""

    minutes: int = 0
    certificates: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Note:
    """The claimant reports it."""

    deed: Deed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SendBack:
    """The bureau sends it back to be mended."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Count:
    """The bureau verified it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Void:
    """The verification is undone."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnDown:
    """The bureau rejected it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noted:
    """It waits for verification; ``deed.minutes`` are those reported, else the county's for the item and piece."""

    deed: Deed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """It is to be mended."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Counted:
    """It stands in the record."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Voided:
    """It stands in the record no more; these certificates counted it."""

    certificates: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnedDown:
    """It never will."""

    at: datetime


Command = Note | SendBack | Count | Void | TurnDown
Event = Noted | SentBack | Counted | Voided | TurnedDown


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The state."""

    standing: Standing = "none"
    deed: Deed | None = None
    counted_at: datetime | None = None


def decide(command: Command, entry: Entry, known: Known | None) -> list[Event]:
    """A claim of somebody else's service has no entry: nothing is noted of it."""
    known = known or Known()
    match command:
        case Note() if entry.standing in ("noted", "counted"):
            return []
        case Note():
            minutes = command.deed.minutes or known.minutes * command.deed.pieces
            return [Noted(deed=replace(command.deed, minutes=minutes), at=command.at)]
        case SendBack():
            return [SentBack(at=command.at)] if entry.standing in ("noted", "void") else []
        case Count():
            return [Counted(at=command.at)] if entry.standing in ("noted", "void", "turned_down") else []
        case Void():
            undone = entry.standing in ("counted", "turned_down")
            return [Voided(certificates=known.certificates, at=command.at)] if undone else []
        case TurnDown():
            return [TurnedDown(at=command.at)] if entry.standing in ("noted", "void") else []


def evolve(entry: Entry, event: Event) -> Entry:
    """What happened, one after another."""
    match event:
        case Noted():
            return Entry(standing="noted", deed=event.deed)
        case SentBack():
            return replace(entry, standing="sent_back", counted_at=None)
        case Counted():
            return replace(entry, standing="counted", counted_at=event.at)
        case Voided():
            return replace(entry, standing="void", counted_at=None)
        case TurnedDown():
            return replace(entry, standing="turned_down", counted_at=None)


decider: Decider[Command, Entry, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Entry(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Noted, SentBack, Counted, Voided, TurnedDown),
)
