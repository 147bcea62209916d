"""What a charity's entry in the register is asked, and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chassis.kernel import Sealed


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a charity; ``regions`` are the townships it works in, none: the whole county."""

    name: str
    credit_code: str
    regions: tuple[str, ...] = ()
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Amend:
    """Another name or other regions; None stays."""

    name: str | None
    regions: tuple[str, ...] | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NamePerson:
    """``subject`` is the name somebody signs in under who acts for the charity, both days inclusive."""

    subject: str
    from_day: date
    to_day: date | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EndPerson:
    """Somebody acts for it no more after ``to_day``."""

    subject: str
    to_day: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspend:
    """The bureau lets nothing new be referred to it, until a day or until further notice."""

    until: date | None
    reason_code: str
    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reinstate:
    """The suspension is lifted."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Remove:
    """The bureau strikes it off."""

    reason_code: str
    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The charity is known."""

    name: str
    credit_code: str
    regions: tuple[str, ...] = ()
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Amended:
    """What the register says of it now."""

    name: str
    regions: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonNamed:
    """Somebody acts for it."""

    subject: str
    from_day: date
    to_day: date | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonEnded:
    """Somebody acts for it no more after ``to_day``."""

    subject: str
    to_day: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspended:
    """Nothing new is referred to it through ``until``."""

    until: date | None
    reason_code: str
    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reinstated:
    """It may take love orders again."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Removed:
    """It is struck off."""

    reason_code: str
    reason: Sealed
    by: str
    at: datetime


Command = Register | Amend | NamePerson | EndPerson | Suspend | Reinstate | Remove
Event = Registered | Amended | PersonNamed | PersonEnded | Suspended | Reinstated | Removed
EVENTS = (Registered, Amended, PersonNamed, PersonEnded, Suspended, Reinstated, Removed)
