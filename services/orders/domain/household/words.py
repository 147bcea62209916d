"""The words of a household: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Sealed


@dataclass(frozen=True, kw_only=True)
class Found:
    """Take a household into the register; ``single`` is a person counted by themselves (papers 002, 004)."""

    registered_region: str
    township: str
    village: str
    address: Sealed | None
    single: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Join:
    """A registered person belongs to it from a day on."""

    person: UUID
    relation: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Leave:
    """The person belongs to it no longer than to a day."""

    person: UUID
    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Classify:
    """The household has a category, with its grade, from a day on."""

    category: str
    grade: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Declassify:
    """It has the category no longer than to a day."""

    category: str
    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """It was looked at again and keeps the category."""

    category: str
    checked_on: date
    findings: Sealed | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FallDue:
    """The day has come on which a category should have been checked again."""

    on: date
    at: datetime


Command = Found | Join | Leave | Classify | Declassify | Recheck | FallDue


@dataclass(frozen=True, kw_only=True)
class Founded:
    """The household has a number."""

    household_number: str
    number: int
    registered_region: str
    township: str
    village: str
    address: Sealed | None
    single: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A member from a day on."""

    person: UUID
    relation: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Left:
    """A member no more after a day."""

    person: UUID
    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Classified:
    """A category from a day on, to be checked again on another."""

    category: str
    grade: str
    from_day: date
    recheck_on: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Declassified:
    """The category ends with a day."""

    category: str
    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rechecked:
    """Looked at again; the next look is due on a day."""

    category: str
    checked_on: date
    recheck_on: date
    findings: Sealed | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecheckDue:
    """A category was not checked again in time."""

    category: str
    on: date
    at: datetime


Event = Founded | Joined | Left | Classified | Declassified | Rechecked | RecheckDue
EVENTS: tuple[type[Event], ...] = (Founded, Joined, Left, Classified, Declassified, Rechecked, RecheckDue)
