"""Words of a plan that runs: started, its months opened, adjusted and counted, its provider, its person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.counting import Bundle
from services.orders.domain.opening import Opening
from services.orders.domain.place import Home
from services.orders.domain.status import Status, Stay


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
    """A provider took an order of the plan that may be served from ``first_day`` on."""

    provider: UUID
    at: datetime
    first_day: date = date.min


@dataclass(frozen=True, kw_only=True)
class NotePerson:
    """What the register knows of the person now."""

    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    died_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CountMonth:
    """Tell what the days of ``month`` are, if that is not told yet or has changed."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Started:
    """Service begins; by ``refresh_due`` somebody looks whether it still fits."""

    from_day: date
    at: datetime
    refresh_due: date | None = None


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
class MonthCounted:
    """The month's days for each payee, as they are now; ``changed`` are the payees to be told anew."""

    month: str
    purchaser: str
    bundles: tuple[Bundle, ...]
    changed: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Adjust:
    """Take back what the opened months no longer ask for, and open what they ask for now."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EndProvider:
    """From ``from_day`` on the provider of now serves the person no longer (paper 004, part 2 item 9: replaced)."""

    from_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LoseProvider:
    """Orders were taken from ``provider``, who may serve nobody from ``from_day`` on; others are searched already."""

    provider: UUID
    from_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProviderLost:
    """From this day on nobody is assigned until somebody takes an order; the orders stay as they are."""

    provider: UUID
    from_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteHomes:
    """Where the person lives, has lived and will live, as the register knows it now."""

    homes: tuple[Home, ...]
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MonthChanged:
    """Of an opened month: orders for slots that are asked for now, and slots ``closed`` with their orders."""

    month: str
    opened: tuple[Opening, ...]
    closed: tuple[UUID, ...]
    taken_back: tuple[UUID, ...]
    reason_code: str
    provider: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProviderEnded:
    """From this day on nobody is assigned until the next provider takes an order."""

    provider: UUID
    from_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HomesNoted:
    """The person's homes by the day they begin; ``township`` and ``village`` are where the person lives now."""

    homes: tuple[Home, ...]
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EntitlementNoted:
    """Since a change of status no programme is for the person any more, or one is again."""

    entitled: bool
    at: datetime
