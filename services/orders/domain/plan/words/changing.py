"""Words of how a plan is kept fitting: items changed from a day on, measures looked at every month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.planned import Mode, Per, Planned

Looked = Literal["unchanged", "adjusted", "need_found"]


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """Add an item, drop it, or give it otherwise from a day on."""

    change: Literal["add", "drop", "set"]
    item: str
    per: Per = "month"
    times: int = 1
    units: int = 1
    mode: Mode = "purchase"
    provider: UUID | None = None
    carer: UUID | None = None
    service_plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """Change items from ``from_day`` on; a reduction needs a hearing and a written notice first (art. 48)."""

    from_day: date
    items: tuple[ItemChange, ...]
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """Somebody looked whether need and measures still fit each other; what was found is sealed."""

    looked_on: date
    result: Looked
    findings: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FlagStale:
    """The day by which somebody was to look has passed."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Changed:
    """From ``from_day`` on items numbered ``ended`` are not given any more, and ``begun`` are."""

    from_day: date
    ended: tuple[int, ...]
    begun: tuple[Planned, ...]
    reduction: bool
    reason_code: str
    heard_on: date | None
    notified_on: date | None
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """Need and measures were looked at; by ``due`` they are again."""

    looked_on: date
    result: Looked
    findings: Sealed
    by: str
    role: str
    due: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GrewStale:
    """Nobody has looked by ``due``."""

    due: date
    at: datetime
