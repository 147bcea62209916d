"""The words of a need: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.planned import Planned

Channel = Literal["window", "online", "village", "hotline", "data_match", "warning", "device", "refresh"]
Mode = Literal["purchase", "charity"]
Stage = Literal["registered", "surveyed", "confirmed", "approved", "refused"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An assessed item as it was asked for: so often a month, so many units each time."""

    item: str
    times_per_month: int
    units: int


@dataclass(frozen=True, kw_only=True)
class Register:
    """Somebody needs ``items``; ``conflict_of_interest`` if who registers is related to the person."""

    person_id: UUID
    items: tuple[str, ...]
    channel: Channel
    urgent: bool
    conflict_of_interest: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A village worker and an aide visited; what they found is sealed."""

    village_worker: str
    aide: str
    findings: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The body that examines eligibility confirms."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assess:
    """The body that assesses fixes content and mode; ``price_fen`` and ``rule`` where a price is agreed."""

    items: tuple[Wanted, ...]
    mode: Mode
    price_fen: int
    rule: str
    plan_id: UUID
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """Refused, with a written reason (Social Assistance Law, art. 45), which is sealed."""

    reason: Sealed
    by: str
    role: str
    at: datetime


Command = Register | Survey | Confirm | Assess | Refuse


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The need has a number and is waiting for its survey."""

    number: int
    person_id: UUID
    township: str
    village: str
    items: tuple[str, ...]
    channel: Channel
    urgent: bool
    conflict_of_interest: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """Two people have been there."""

    village_worker: str
    aide: str
    findings: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The person is eligible."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Approved:
    """What will be given, and how. ``papers_due`` is the last day for survey and confirmation of an urgent approval."""

    items: tuple[Planned, ...]
    mode: Mode
    price_fen: int
    rule: str
    plan_id: UUID | None
    papers_due: date | None
    policy: str
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing is given, for the sealed reason."""

    reason: Sealed
    by: str
    role: str
    at: datetime


Event = Registered | Surveyed | Confirmed | Approved | Refused
