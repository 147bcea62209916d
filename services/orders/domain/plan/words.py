"""The words of a care plan: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.counting import Bundle
from services.orders.domain.opening import Opening
from services.orders.domain.planned import Planned
from services.orders.domain.status import Status, Stay


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Make the plan of an approved need for a person as the register knows them."""

    plan_id: UUID
    person: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    born: date
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Widen:
    """Add what a further need asks; orders for it open from the next month that opens."""

    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PostNotice:
    """The reviewed plan is posted in the village (art. 45)."""

    posted_on: date
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Start:
    """Service begins on ``from_day``."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OpenMonth:
    """Open the orders of ``month``."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AssignProvider:
    """A provider took an order of the plan."""

    provider: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotePerson:
    """What the register knows of the person now."""

    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    died_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stop:
    """End the plan with ``last_day``, after a hearing and a written notice (art. 48, which excepts moving away)."""

    last_day: date
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CountMonth:
    """Tell what the days of ``month`` are, if that is not told yet or has changed."""

    month: str
    at: datetime


Command = Draw | Widen | PostNotice | Start | OpenMonth | AssignProvider | NotePerson | Stop | CountMonth


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The plan exists."""

    plan_id: UUID
    person: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    born: date
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Widened:
    """The plan gives more."""

    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticePosted:
    """The notice hangs."""

    posted_on: date
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Started:
    """Service begins."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MonthOpened:
    """The month's orders, and the provider who is asked first."""

    month: str
    orders: tuple[Opening, ...]
    provider: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProviderAssigned:
    """From this day on the provider serves the person."""

    provider: UUID
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonNoted:
    """The person's statuses, stays and death as they are known now."""

    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    died_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """The plan ends with ``last_day``."""

    last_day: date
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MonthCounted:
    """The month's days for each payee, as they are now; ``changed`` are the payees to be told anew."""

    month: str
    purchaser: str
    bundles: tuple[Bundle, ...]
    changed: tuple[UUID, ...]
    at: datetime


Event = Drawn | Widened | NoticePosted | Started | MonthOpened | ProviderAssigned | PersonNoted | Stopped | MonthCounted
