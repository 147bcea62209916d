"""The words of an order: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.order.attended import AppealNoted, CheckMending, MendingLate, NoteAppeal, Report
from services.orders.domain.order.doubted import Clear, Cleared, Colours, Doubt, Doubted
from services.orders.domain.order.judged import (
    Accepted,
    AcceptUnsampled,
    DrawnForInspection,
    Inspect,
    Inspected,
    NoteInspection,
    Returned,
    TurnedDown,
    Verify,
)
from services.orders.domain.order.loving_words import FormLove, LoveCommand, LoveEvent, LoveFormed, LowPrice, Overlap
from services.orders.domain.order.officers import (
    CallOff,
    ChangeWindow,
    Record,
    SearchAgain,
    SearchedAgain,
    TurnedToLove,
    TurnToLove,
    WindowChanged,
)
from services.orders.domain.order.undone import Undo, Undone
from services.orders.domain.planned import Mode

Kind = Literal["purchase", "goods", "love", "aid"]
Road = Literal["providers", "charity"]


@dataclass(frozen=True, kw_only=True)
class Open:
    """Ask for an item for a person between two days, both inclusive; ``plan_id`` where a plan asks.

    A single order names its approved need, or leaves it to be found; ``emergency``: nobody looks after the person now.
    """

    kind: Kind
    person: UUID
    plan_id: UUID | None
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    provider: UUID | None
    remark_code: str
    at: datetime
    mode: Mode = "purchase"
    helper: UUID | None = None
    need_id: UUID | None = None
    emergency: bool = False


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody takes the order: a provider, or a claimant of a love order, who takes ``pieces`` of its places."""

    provider: UUID
    road: Road
    at: datetime
    pieces: int = 1


@dataclass(frozen=True, kw_only=True)
class Release:
    """A claimant gave the place back, or the order was taken from its provider, who serves no more from a day on."""

    provider: UUID
    at: datetime
    from_day: date | None = None
    reason_code: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteNobody:
    """No provider is left to offer the order to, for these reasons."""

    reason_codes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FallBack:
    """Nobody claimed the love order in time."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Complete:
    """The server reports that it is done, at ``day`` and ``time`` of Asia/Shanghai; None: item and units as ordered.

    ``low_price`` is what a company's low-price offer asks; None: what was agreed.
    """

    visit_id: UUID
    provider: UUID
    item: str | None
    units: int | None
    day: date
    time: str
    exceptions: tuple[str, ...]
    red: bool
    reported_by: str
    at: datetime
    colours: Colours = ()
    report: Report | None = None
    pieces: int = 1
    low_price: LowPrice | None = None


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """The order is not needed any more."""

    reason_code: str
    at: datetime


Command = (
    Open
    | FormLove
    | Match
    | Release
    | NoteNobody
    | FallBack
    | Complete
    | Doubt
    | Clear
    | Inspect
    | NoteInspection
    | Verify
    | AcceptUnsampled
    | Undo
    | CheckMending
    | NoteAppeal
    | Cancel
    | SearchAgain
    | TurnToLove
    | CallOff
    | ChangeWindow
    | Record
    | LoveCommand
)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The order waits for a provider. ``purchaser`` is who buys, ``policy`` the version in force at opening."""

    kind: Kind
    person: UUID
    plan_id: UUID | None
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    provider: UUID | None
    remark_code: str
    purchaser: str
    policy: str
    at: datetime
    mode: Mode = "purchase"
    helper: UUID | None = None
    need_id: UUID | None = None
    emergency: bool = False
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matched:
    """The order, or ``pieces`` of its places, is taken."""

    provider: UUID
    road: Road
    at: datetime
    pieces: int = 1


@dataclass(frozen=True, kw_only=True)
class Released:
    """A place is free again; ``from_day`` and ``reason_code`` where the provider lost it."""

    provider: UUID
    at: datetime
    from_day: date | None = None
    reason_code: str = ""


@dataclass(frozen=True, kw_only=True)
class NobodyFound:
    """The order stays without a provider until somebody decides."""

    reason_codes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FellBack:
    """The love order is a purchased order now, within a new window; ``units`` are what is left, 0 for all of it, and
    ``fund`` the one that can bear it, where settlement was asked; paid ``price_fen`` by ``rule``, else by tariff."""

    window_from: date
    window_to: date
    policy: str
    at: datetime
    units: int = 0
    fund: str = ""
    price_fen: int = 0
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Nobody claimed the love order, and it cannot be bought."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A completion waits for its verification; ``accepts_at`` is when it is accepted by itself, None for never.

    ``grey``: something was the platform's fault; the spot check always looks at it. ``low_price``: it is paid so.
    """

    visit_id: UUID
    provider: UUID
    item: str
    units: int
    day: date
    time: str
    exceptions: tuple[str, ...]
    red: bool
    reported_by: str
    accepts_at: datetime | None
    at: datetime
    content: Sealed | None = None
    colours: Colours = ()
    grey: bool = False
    report: Report | None = None
    pieces: int = 1
    low_price: LowPrice | None = None


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """Nobody needs to come; what was done before still counts."""

    reason_code: str
    at: datetime


Event = (
    Opened
    | LoveFormed
    | Matched
    | Released
    | NobodyFound
    | FellBack
    | Lapsed
    | Completed
    | Doubted
    | Cleared
    | DrawnForInspection
    | Inspected
    | Accepted
    | TurnedDown
    | Returned
    | Undone
    | MendingLate
    | AppealNoted
    | Cancelled
    | SearchedAgain
    | TurnedToLove
    | WindowChanged
    | LoveEvent
)
