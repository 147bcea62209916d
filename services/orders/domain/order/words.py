"""The words of an order: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.order.doubted import Clear, Cleared, Colours, Doubt, Doubted
from services.orders.domain.order.judged import (
    Accepted,
    AcceptUnsampled,
    DrawnForInspection,
    Inspect,
    Returned,
    TurnedDown,
    Verify,
)
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
class FormLove:
    """Make a love order of an approved need and refer it to a charity; ``price_fen`` is agreed for each place."""

    need_id: UUID
    item: str
    units: int
    charity_id: UUID
    places: int
    expires_at: datetime
    price_fen: int
    rule: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody takes the order: a provider, or a claimant of a love order."""

    provider: UUID
    road: Road
    at: datetime


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
    """The server reports that it is done, at ``day`` and ``time`` of Asia/Shanghai; None: item and units as ordered."""

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
    | Verify
    | AcceptUnsampled
    | Cancel
    | SearchAgain
    | TurnToLove
    | CallOff
    | ChangeWindow
    | Record
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


@dataclass(frozen=True, kw_only=True)
class LoveFormed:
    """The love order waits for claimants."""

    need_id: UUID
    person: UUID
    item: str
    units: int
    township: str
    village: str
    charity_id: UUID
    places: int
    expires_at: datetime
    price_fen: int
    rule: str
    purchaser: str
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Matched:
    """The order, or one of its places, is taken."""

    provider: UUID
    road: Road
    at: datetime


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
    """The love order is a purchased order now, within a new window."""

    window_from: date
    window_to: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Nobody claimed the love order, and it cannot be bought."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A completion waits for its verification; ``accepts_at`` is when it is accepted by itself, None for never.

    ``grey``: something was the platform's fault; the spot check always looks at it.
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
    | Accepted
    | TurnedDown
    | Returned
    | Cancelled
    | SearchedAgain
    | TurnedToLove
    | WindowChanged
)
