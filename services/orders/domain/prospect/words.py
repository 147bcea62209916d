"""The words of a prospect: somebody on a list who is to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed

Risk = Literal["high", "medium", "low"]
Result = Literal["eligible", "not_yet", "gone"]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Who stands on the list: sealed what names them; ``id_index`` finds the same person again, empty where the entry
    is a registered person's own (``person``)."""

    name: Sealed | None
    id_number: Sealed | None
    phone: Sealed | None
    address: Sealed | None
    id_index: str
    born: date | None
    township: str
    village: str
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class List:
    """Somebody stands on a list: what it attests (``kind``), whose list it is, how pressing."""

    listed: Listed
    kind: str
    source: str
    risk: Risk
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Watch:
    """A registered person's need was refused: they are looked at again later (paper 002, item 20)."""

    person: UUID
    township: str
    village: str
    need: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Find:
    """What the check found: eligible with the registered person and need, not yet, or gone with a reason."""

    result: Result
    person: UUID | None
    need: UUID | None
    reason_code: str
    findings: Sealed | None
    recheck_on: date | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """The day has come to look again."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class RunLate:
    """The day has passed by which the check was to be made."""

    at: datetime


Command = List | Watch | Find | Reopen | RunLate


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The first list that names the person; to be checked by ``due_on``."""

    listed: Listed
    kind: str
    source: str
    risk: Risk
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EnteredAgain:
    """Another list, or the same one with something else, names the person too."""

    kind: str
    source: str
    risk: Risk
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Watched:
    """Not eligible yet: looked at again on a day."""

    recheck_on: date
    reason_code: str
    findings: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FoundEligible:
    """The person is registered and has a need."""

    person: UUID
    need: UUID
    findings: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FoundGone:
    """There is nobody to help any more, or never was: died, moved away, entered by mistake."""

    reason_code: str
    findings: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """To be checked again by ``due_on``."""

    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RanLate:
    """Nobody has looked in time."""

    due_on: date
    at: datetime


Event = Entered | EnteredAgain | Watched | FoundEligible | FoundGone | Reopened | RanLate
EVENTS: tuple[type[Event], ...] = (Entered, EnteredAgain, Watched, FoundEligible, FoundGone, Reopened, RanLate)
