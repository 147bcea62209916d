"""The words of a duty: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.policy.contacts import Way
from services.orders.domain.status import Status


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What of a person decides whether a duty covers them, and where they live."""

    person: UUID
    born: date
    statuses: tuple[Status, ...]
    died_on: date | None
    township: str
    village: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """The register tells of the person."""

    facts: Facts
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Find:
    """The monthly round came upon the person; what the register told before stands."""

    facts: Facts
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Leave:
    """The person moves away from the county after ``last_day``."""

    last_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """Who had moved away is served here again from ``from_day`` on."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Look:
    """A day has come on which cover may begin or end, or a month opens."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The person was seen or called on ``day``."""

    contact_id: UUID
    day: date
    way: Way
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assign:
    """``responsible`` answers for the person from now on."""

    responsible: str
    by: str
    at: datetime


Command = Note | Find | Leave | Return | Look | Reach | Assign


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What is known of the person now."""

    facts: Facts
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Left:
    """The last day in the county is known."""

    last_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The person is here again."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CoverBegan:
    """The person is under the duty from ``day`` on."""

    day: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CoverEnded:
    """The person is under no duty after ``last_day``."""

    last_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MonthOpened:
    """In ``month`` the person is due ``needed`` times, in one of ``ways``; reminded on ``remind_on`` if not kept."""

    month: str
    needed: int
    ways: tuple[Way, ...]
    remind_on: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A contact of the person was recorded."""

    contact_id: UUID
    day: date
    way: Way
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """``responsible`` answers for the person, in place of who did before."""

    responsible: str
    from_day: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """Nobody answers any more: the person moved to another township, or is under no duty."""

    reason_code: str
    at: datetime


Event = Noted | Left | Returned | CoverBegan | CoverEnded | MonthOpened | Reached | Assigned | Released
