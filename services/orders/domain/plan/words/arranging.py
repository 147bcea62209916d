"""Words of who helps: arranged for modes that nobody is paid by tariff for; a provider's plan of service agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed

HelperRole = Literal["responsible", "aide", "social_worker", "volunteer", "neighbour", "institution", "department"]


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Somebody who helps: a person, whose name is sealed, or a body with a code."""

    role: HelperRole
    id: UUID
    name: Sealed | None = None
    code: str = ""
    trained_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Arrange:
    """Name who helps with an item from ``from_day`` on; for an institution with the consent of the person."""

    item: str
    from_day: date
    helpers: tuple[Helper, ...]
    consent_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DeclineInstitution:
    """The person does not want to live in an institution, or cannot for an illness: then ``finding`` says which."""

    item: str
    finding: Sealed | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SubmitServicePlan:
    """The provider says how it will serve; the text is sealed."""

    item: str
    provider: UUID
    text: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DecideServicePlan:
    """The purchaser agrees to it, or sends it back with a sealed reason."""

    item: str
    agreed: bool
    reason: Sealed | None
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """Item ``number`` is helped with by these from ``from_day`` on."""

    number: int
    from_day: date
    helpers: tuple[Helper, ...]
    consent_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InstitutionDeclined:
    """Item ``number`` is not given in an institution; everything else of the plan goes on (voluntary: paper 001)."""

    number: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReferredToHospital:
    """Who cannot live in an institution for an illness is referred to a medical one (paper 001, part (4) item 2)."""

    number: int
    finding: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ServicePlanSubmitted:
    """The provider's plan of service waits for the purchaser."""

    number: int
    provider: UUID
    text: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ServicePlanAgreed:
    """Orders for the item open from ``from_day`` on."""

    number: int
    from_day: date
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ServicePlanReturned:
    """The provider mends it."""

    number: int
    reason: Sealed | None
    role: str
    at: datetime
