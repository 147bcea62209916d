"""A person's file 一人一档: what is known beside the status, and how it grows.

    guardian:  — ─ GuardianNamed ─▶ unchecked ─ GuardianChecked ─▶ able | unable ─ GuardianEnded ─▶ —

Nothing is ever taken out of a file: a newer certificate, guardian or material takes the place of the one before, which
stays in the log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.beneficiary.dossier_words import (
    CategoriesDerived,
    CertificateRecorded,
    DossierEvent,
    GuardianChecked,
    GuardianEnded,
    GuardianNamed,
    HouseholdNoted,
    MaterialFiled,
    SelfCareAssessed,
    Turned,
)
from services.orders.domain.categories import Certificate, Derived, Group
from services.orders.domain.status import Tier

GuardianState = Literal["", "unchecked", "able", "unable"]


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who answers for the person, and what the check of their ability found."""

    name: Sealed
    phone: Sealed | None
    id_number: Sealed | None
    relation: str
    from_day: date
    state: GuardianState = "unchecked"
    checked_on: date | None = None
    reasons: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class SelfCare:
    """One assessment: how many of six indicators are unmet, and from when the tier holds."""

    unmet: int
    tier: Tier
    instrument: str
    assessed_on: date
    from_day: date
    assessors: tuple[str, ...]
    findings: Sealed


@dataclass(frozen=True, kw_only=True)
class Material:
    """What is in the file under a kind."""

    kind: str
    way: str
    on: date
    sha256: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything that was filed about a person."""

    certificates: tuple[Certificate, ...] = ()
    self_care: tuple[SelfCare, ...] = ()
    guardian: Guardian | None = None
    materials: tuple[Material, ...] = ()
    household: UUID | None = None
    groups: tuple[Group, ...] = ()
    derived: tuple[Derived, ...] = ()

    @property
    def guardian_state(self) -> GuardianState:
        """Empty for no guardian."""
        return self.guardian.state if self.guardian else ""


def grow(dossier: Dossier, event: DossierEvent) -> Dossier:
    """The file after ``event``."""
    match event:
        case CertificateRecorded():
            return replace(dossier, certificates=_with_certificate(dossier.certificates, event))
        case SelfCareAssessed():
            return replace(dossier, self_care=_with_assessment(dossier.self_care, event))
        case GuardianNamed():
            named = Guardian(
                name=event.name,
                phone=event.phone,
                id_number=event.id_number,
                relation=event.relation,
                from_day=event.from_day,
            )
            return replace(dossier, guardian=named)
        case GuardianChecked():
            return replace(dossier, guardian=_checked(dossier.guardian, event))
        case GuardianEnded():
            return replace(dossier, guardian=None)
        case MaterialFiled():
            return replace(dossier, materials=_with_material(dossier.materials, event))
        case HouseholdNoted():
            return _in_household(dossier, event)
        case CategoriesDerived():
            return replace(dossier, derived=event.spans)
        case Turned():
            return dossier


def _with_certificate(held: tuple[Certificate, ...], event: CertificateRecorded) -> tuple[Certificate, ...]:
    told = Certificate(
        kind=event.kind,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        sha256=event.sha256,
    )
    others = tuple(one for one in held if (one.kind, one.valid_from) != (told.kind, told.valid_from))
    return tuple(sorted((*others, told), key=lambda one: (one.kind, one.valid_from)))


def _with_assessment(held: tuple[SelfCare, ...], event: SelfCareAssessed) -> tuple[SelfCare, ...]:
    told = SelfCare(
        unmet=event.unmet,
        tier=event.tier,
        instrument=event.instrument,
        assessed_on=event.assessed_on,
        from_day=event.from_day,
        assessors=event.assessors,
        findings=event.findings,
    )
    others = tuple(one for one in held if one.from_day != told.from_day)
    return tuple(sorted((*others, told), key=lambda one: one.from_day))


def _checked(guardian: Guardian | None, event: GuardianChecked) -> Guardian | None:
    if guardian is None:
        return None
    state: GuardianState = "able" if event.able else "unable"
    return replace(guardian, state=state, checked_on=event.checked_on, reasons=event.reasons)


def _with_material(held: tuple[Material, ...], event: MaterialFiled) -> tuple[Material, ...]:
    told = Material(kind=event.kind, way=event.way, on=event.on, sha256=event.sha256, source=event.source)
    others = tuple(one for one in held if one.kind != told.kind)
    return tuple(sorted((*others, told), key=lambda one: one.kind))


def _in_household(dossier: Dossier, event: HouseholdNoted) -> Dossier:
    others = tuple(group for group in dossier.groups if group.household != str(event.household))
    groups = tuple(
        sorted((*others, *event.groups), key=lambda group: (group.from_day, group.household, group.category))
    )
    still = None if dossier.household == event.household else dossier.household
    return replace(dossier, household=event.household if event.lives_there else still, groups=groups)
