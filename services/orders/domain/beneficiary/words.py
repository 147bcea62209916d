"""The words of a beneficiary: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.beneficiary.dossier_words import DossierCommand, DossierEvent
from services.orders.domain.beneficiary.moving_words import BeginMove, Move, MoveBegan, Moved
from services.orders.domain.person import Person
from services.orders.domain.planned import Planned
from services.orders.domain.status import Tier


@dataclass(frozen=True, kw_only=True)
class Register:
    """Take a person into the register."""

    person: Person
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ChangeStatus:
    """From a day on the person has another care tier or other categories; None keeps what is."""

    tier: Tier | None
    categories: tuple[str, ...] | None
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteStay:
    """The person lies in hospital from a day on, or was discharged on one."""

    admitted: date
    discharged: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordDeath:
    """The person died on ``day``, which is the last eligible day (S5)."""

    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GrantPlan:
    """An approved need becomes the person's plan, or widens the one that runs."""

    plan_id: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class EndPlan:
    """The person's plan was stopped."""

    plan_id: UUID
    at: datetime


Command = (
    Register | ChangeStatus | NoteStay | RecordDeath | GrantPlan | EndPlan | DossierCommand | Move | BeginMove
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The person has a file and a service number (paper 003, part 2 (1) item 1: one person, one file)."""

    service_number: str
    number: int
    person: Person
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StatusChanged:
    """Tier and categories from ``from_day`` on."""

    tier: Tier
    categories: tuple[str, ...]
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StayNoted:
    """A hospital stay began or ended."""

    admitted: date
    discharged: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Died:
    """Help ends with ``day``."""

    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PlanGranted:
    """A plan of its own begins."""

    plan_id: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanWidened:
    """The running plan takes in what another need asks."""

    plan_id: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanEnded:
    """The person has no running plan any more."""

    plan_id: UUID
    at: datetime


Event = (
    Registered | StatusChanged | StayNoted | Died | PlanGranted | PlanWidened | PlanEnded | DossierEvent | Moved
    | MoveBegan
)  # fmt: skip
