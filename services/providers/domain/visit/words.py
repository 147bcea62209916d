"""A visit in words: what it is asked and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.providers.domain.reach import Point
from services.providers.domain.visit.resolving import (
    ExceptionExcused,
    ExceptionSettled,
    Excuse,
    Inspected,
    NoteInspected,
    Settle,
)

Colour = Literal["amber", "red", "grey"]
"""Red must be mended, amber may be acknowledged, grey is the platform's fault."""

Source = Literal["", "app", "offline", "paper"]
"""How a report was made: in the app, in the app without a signal, on paper and entered later; empty in old ones."""

Kind = Literal["before", "after", "register_page", "receipt", "other", "signature"]
Mode = Literal["home", "phone"]
"""Where the pack allows it for the item a person is asked by phone."""

SignedBy = Literal["", "self", "guardian", "relative", "neighbour", "cadre"]
"""Who signed that it was done, by relation to the person, never by name."""
Cause = Literal["objective", "mistake", "violation"]
"""Why something had to be mended: circumstances, an error, or somebody's fault (paper 000: 容错纠错)."""

Code = Literal["", "right", "wrong", "missing", "given", "not_asked"]
"""The one-time code: ``given`` where the county's pack does not check it, empty in old events."""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture by its SHA-256 in hex: what it shows, and when the device says it was taken."""

    sha256: str
    kind: Kind
    taken_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is known of an uploaded picture that a report names: when and where the camera says it was taken."""

    sha256: str
    taken_at: datetime | None
    latitude_udeg: int | None
    longitude_udeg: int | None


@dataclass(frozen=True, kw_only=True)
class Good:
    """So many of a thing handed over."""

    code: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Another visit that does not go together with this one, and the code of why."""

    visit: UUID
    code: str
    colour: Colour = "red"


@dataclass(frozen=True, kw_only=True)
class Report:
    """A provider tells that a worker served; ``photos`` are SHA-256 in hex.

    ``code_fits`` are the attempts at the order whose one-time code was given. ``device_now`` is the device's clock at
    sending. ``start_noted``: the beginning was told by itself when it was. ``metres_told`` and ``told_at`` are of a
    report that came too late and waited for ``confirmed_by``. ``device`` and ``sequence`` name the packet it was in.
    """

    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    units: int
    started_at: datetime
    ended_at: datetime
    place: Point | None
    photos: tuple[str, ...]
    code_given: bool
    by: str
    at: datetime
    evidence: tuple[Photo, ...] = ()
    goods: tuple[Good, ...] = ()
    source: Source = "app"
    register_line: str = ""
    code_fits: tuple[int, ...] = ()
    written_at: datetime | None = None
    device_now: datetime | None = None
    mock_location: bool = False
    no_signal: bool = False
    start_noted: bool = False
    metres_told: int | None = None
    told_at: datetime | None = None
    confirmed_by: str = ""
    mode: Mode = "home"
    signed_by: SignedBy = ""
    device: UUID | None = None
    sequence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """More proof, a register line, or, of a visit that was sent back, corrected times; ``reason`` is sealed.

    ``order_id`` and ``worker`` are the visit's own, for whoever reads what bears on it; where one time is mended both
    are told.
    """

    order_id: UUID
    provider: UUID
    worker: UUID
    cause: Cause
    reason: Sealed
    evidence: tuple[Photo, ...]
    started_at: datetime | None
    ended_at: datetime | None
    register_line: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The bureau sent the visit back."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteClash:
    """A visit reported later cannot be true together with this one."""

    code: str
    at: datetime
    colour: Colour = "red"


@dataclass(frozen=True, kw_only=True)
class ConfirmCode:
    """The person's code came after the report, and is right."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class CloseGap:
    """The packet that was missing before this visit's has come."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """An exception: its code, and red where a person has to look before the visit is accepted."""

    code: str
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Completed:
    """The visit stands; ``day`` and ``time`` are of its start in Asia/Shanghai (S1), ``minutes`` are whole ones.

    Times are those of the device, set right by ``skew_seconds`` where its clock was wrong.
    """

    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    units: int
    day: date
    time: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    metres_from_village: int | None
    photos: tuple[str, ...]
    exceptions: tuple[Noticed, ...]
    policy: str
    by: str
    at: datetime
    person: UUID | None = None
    region: str = ""
    evidence: tuple[Photo, ...] = ()
    goods: tuple[Good, ...] = ()
    source: Source = ""
    register_line: str = ""
    code: Code = ""
    attempt: int = 1
    reported_after_minutes: int = 0
    skew_seconds: int = 0
    mock_location: bool = False
    no_signal: bool = False
    start_noted: bool = False
    written_at: datetime | None = None
    confirmed_by: str = ""
    clashes: tuple[Clash, ...] = ()
    mode: Mode = "home"
    signed_by: SignedBy = ""
    device: UUID | None = None
    sequence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Supplemented:
    """What was added, and the times and exceptions from now on; ``again``: it was sent back and stands anew."""

    cause: Cause
    reason: Sealed
    evidence: tuple[Photo, ...]
    register_line: str
    started_at: datetime
    ended_at: datetime
    day: date
    time: str
    minutes: int
    exceptions: tuple[Noticed, ...]
    again: bool
    clashes: tuple[Clash, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The visit does not count until it is mended or another one is made."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ExceptionAdded:
    """Noticed after the report."""

    code: str
    colour: Colour
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CodeConfirmed:
    """The person confirmed the visit after it was reported; what was noticed about the code is lifted."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class GapClosed:
    """Nothing is missing before it any more; what was noticed about the sequence is lifted."""

    at: datetime


Command = Report | Supplement | Return | NoteClash | ConfirmCode | CloseGap | Settle | Excuse | NoteInspected
Event = (
    Completed
    | Supplemented
    | Returned
    | ExceptionAdded
    | CodeConfirmed
    | GapClosed
    | ExceptionSettled
    | ExceptionExcused
    | Inspected
)
