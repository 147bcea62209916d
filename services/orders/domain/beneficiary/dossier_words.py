"""The words of a person's file: certificates, self-care, guardian, materials, household, what follows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.categories import Derived, Group
from services.orders.domain.status import Tier


@dataclass(frozen=True, kw_only=True)
class RecordCertificate:
    """A department attests something; the same kind from the same day replaces."""

    kind: str
    valid_from: date
    valid_to: date | None
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AssessSelfCare:
    """Two people have looked at the six indicators; ``unmet`` are how many the person cannot do alone."""

    unmet: int
    findings: Sealed
    instrument: str
    assessed_on: date
    from_day: date
    assessors: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NameGuardian:
    """Who answers for the person from a day on; a later one replaces."""

    name: Sealed
    phone: Sealed | None
    id_number: Sealed | None
    relation: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckGuardian:
    """Whether the guardian is able to care, as found on a day."""

    able: bool
    checked_on: date
    reasons: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EndGuardian:
    """The guardian does not answer for the person any more."""

    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FileMaterial:
    """A material comes into the file: filed with its digest, declared, or looked up at ``source``."""

    kind: str
    way: str
    on: date
    sha256: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteHousehold:
    """What the household tells: whether the person lives there now, and what classes it had meanwhile."""

    household: UUID
    lives_there: bool
    groups: tuple[Group, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DeriveCategories:
    """Reckon again what follows, since the rules have changed."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A day has come on which another status begins to hold."""

    at: datetime


DossierCommand = (
    RecordCertificate
    | AssessSelfCare
    | NameGuardian
    | CheckGuardian
    | EndGuardian
    | FileMaterial
    | NoteHousehold
    | DeriveCategories
    | Turn
)


@dataclass(frozen=True, kw_only=True)
class CertificateRecorded:
    """The register knows what a department attests."""

    kind: str
    valid_from: date
    valid_to: date | None
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SelfCareAssessed:
    """The tier that the newest assessment gives from ``from_day`` on (paper 004: the care class follows it)."""

    unmet: int
    tier: Tier
    findings: Sealed
    instrument: str
    assessed_on: date
    from_day: date
    assessors: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GuardianNamed:
    """Somebody answers for the person; whether able is not yet checked."""

    name: Sealed
    phone: Sealed | None
    id_number: Sealed | None
    relation: str
    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GuardianChecked:
    """The guardian was found able to care, or not (paper 000: somebody with the ability is made guardian)."""

    able: bool
    checked_on: date
    reasons: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GuardianEnded:
    """Nobody is guardian any more."""

    last_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MaterialFiled:
    """A material is in the file, or what stands for it."""

    kind: str
    way: str
    on: date
    sha256: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HouseholdNoted:
    """The person's household and its classes while they were a member."""

    household: UUID
    lives_there: bool
    groups: tuple[Group, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CategoriesDerived:
    """All that follows by rule, by day, as reckoned under ``policy``; what was reckoned before is replaced."""

    spans: tuple[Derived, ...]
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turned:
    """Another status holds from today on, as was known before; what shows the present day learns of it."""

    day: date
    at: datetime


DossierEvent = (
    CertificateRecorded
    | SelfCareAssessed
    | GuardianNamed
    | GuardianChecked
    | GuardianEnded
    | MaterialFiled
    | HouseholdNoted
    | CategoriesDerived
    | Turned
)
