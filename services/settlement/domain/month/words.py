"""The words of a month: commands, events, state, and what a decision may know."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from services.settlement.domain.books import Books
from services.settlement.domain.engine import Draw, Unfunded

NAMESPACE = uuid.UUID("5a1f3c9e-7d1b-5f60-9c55-0e6b7f1d2a41")
CATEGORY = "settlement.month"
SEALING: Final = ("orders", "providers", "charity")
"""The services whose seals a close waits for."""


@dataclass(frozen=True, kw_only=True)
class RequestClose:
    """The bureau asks to close ``month`` (``YYYY-MM``); asked again, an unfinished close is tried again."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteSeal:
    """``source`` has sealed the month at ``position``; ``waiting`` services are done there and not accepted yet.

    ``public_hash`` is the source's public chain at that position, as it told it.
    """

    month: str
    source: str
    position: int
    waiting: int
    at: datetime
    public_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteDrawn:
    """The townships whose grades are due for the month were drawn."""

    month: str
    townships: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """Close if nothing is missing any more."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wait:
    """What a close waits for: ``what`` is seal, parked, month or grade; ``which`` names it."""

    what: str
    which: str


@dataclass(frozen=True, kw_only=True)
class Total:
    """One statement of a close: whose, how much, and the digest of what it says."""

    payee: str
    purchaser: str
    payable_fen: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class CloseRequested:
    """Every source is asked for its month-end facts and its seal."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CloseRetried:
    """The close is asked for once more."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SealNoted:
    """One source has sealed; all it told before is here."""

    month: str
    source: str
    position: int
    waiting: int
    at: datetime
    public_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class DrawnNoted:
    """Only in these townships is a grade due (S10); the close may have waited for others."""

    month: str
    townships: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CloseDelayed:
    """All seals are here and something else is missing; tried again at ``again_at`` where nobody would tell."""

    month: str
    waits: tuple[Wait, ...]
    again_at: datetime | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """The month is closed. ``through`` and ``after`` are positions by source: what it goes through, and the close
    before went through. ``public_hash`` is the head hash of settlement's own log before its seal, ``seal_hashes`` are
    those of the other sources at their seals. ``policies`` are
    the versions known, with the hash of each document. The lines stand in the statements' own streams."""

    month: str
    through: Mapping[str, int]
    after: Mapping[str, int]
    public_hash: str
    policies: tuple[str, ...]
    policy_hashes: Mapping[str, str]
    statements: tuple[Total, ...]
    draws: tuple[Draw, ...]
    unfunded: tuple[Unfunded, ...]
    waiting: Mapping[str, int]
    digest: str
    at: datetime
    seal_hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def payable_fen(self) -> int:
        """What all statements pay."""
        return sum(total.payable_fen for total in self.statements)


Command: TypeAlias = RequestClose | NoteSeal | NoteDrawn | Close
Event: TypeAlias = CloseRequested | CloseRetried | SealNoted | DrawnNoted | CloseDelayed | Closed


@dataclass(frozen=True, kw_only=True)
class Month:
    """The state: ``seals`` are positions by source, ``waits`` what the last try missed.

    ``drawn`` are the townships whose grades are due; None where none were drawn: then every grade is.
    """

    month: str = ""
    requested_at: datetime | None = None
    seals: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    waits: tuple[Wait, ...] = ()
    delays: int = 0
    again_at: datetime | None = None
    closed: Closed | None = None
    drawn: tuple[str, ...] | None = None

    @property
    def sealed(self) -> bool:
        """Whether every source has sealed."""
        return all(source in self.seals for source in SEALING)

    @property
    def status(self) -> str:
        """open, requested or closed."""
        if self.closed:
            return "closed"
        return "requested" if self.requested_at else "open"


@dataclass(frozen=True, kw_only=True)
class Known:
    """``parked`` messages (``orders/17``) of the county, earlier months with facts that are open, the first later one
    that is closed; ``books`` where the close can be decided, with settlement's own seal."""

    parked: tuple[str, ...]
    earlier_open: tuple[str, ...]
    later_closed: str | None
    books: Books | None


def stream_of(county: str, month: str) -> UUID:
    """The stream of a county's month."""
    return uuid.uuid5(NAMESPACE, f"{county}/{month}")
