"""What may come into a person's file, and what follows of it for tier and categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chassis.kernel import Rejected
from services.orders.domain.beneficiary.dossier import Dossier
from services.orders.domain.beneficiary.dossier_words import (
    AssessSelfCare,
    CategoriesDerived,
    CertificateRecorded,
    CheckGuardian,
    DeriveCategories,
    DossierCommand,
    DossierEvent,
    EndGuardian,
    FileMaterial,
    GuardianChecked,
    GuardianEnded,
    GuardianNamed,
    HouseholdNoted,
    MaterialFiled,
    NameGuardian,
    NoteHousehold,
    RecordCertificate,
    SelfCareAssessed,
    Turn,
    Turned,
)
from services.orders.domain.beneficiary.words import StatusChanged
from services.orders.domain.categories import Certificate, Facts, derive
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.status import Status, Tier, status_on


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the rules of a file look at in the person."""

    born: date
    died_on: date | None
    recorded: tuple[Status, ...]
    statuses: tuple[Status, ...]
    as_of: date
    dossier: Dossier
    policies: tuple[Policy, ...]


def keep(command: DossierCommand, subject: Subject) -> list[DossierEvent | StatusChanged]:
    """What comes into the file."""
    match command:
        case RecordCertificate():
            return _certificate(command, subject)
        case AssessSelfCare():
            return _self_care(command, subject)
        case NameGuardian():
            return _guardian(command, subject)
        case CheckGuardian():
            return _check(command, subject)
        case EndGuardian():
            return _end(command, subject)
        case FileMaterial():
            return _material(command, subject)
        case NoteHousehold():
            return _household(command, subject)
        case DeriveCategories():
            return []
        case Turn():
            return _turn(command, subject)


def follow(subject: Subject, at: datetime) -> list[CategoriesDerived]:
    """The categories that follow now, where they differ from those that followed before."""
    dossier = subject.dossier
    facts = Facts(
        born=subject.born, recorded=subject.recorded, certificates=dossier.certificates, groups=dossier.groups
    )
    spans = derive(facts, subject.policies)
    if spans == dossier.derived:
        return []
    return [CategoriesDerived(spans=spans, policy=in_force(subject.policies, business_day(at)).version, at=at)]


def _turn(command: Turn, subject: Subject) -> list[DossierEvent | StatusChanged]:
    today = business_day(command.at)
    turned = any(subject.as_of < one.from_day <= today for one in subject.statuses)
    return [Turned(day=today, at=command.at)] if turned else []


def _certificate(command: RecordCertificate, subject: Subject) -> list[DossierEvent | StatusChanged]:
    if command.kind not in in_force(subject.policies, business_day(command.at)).people.certificates:
        raise Rejected("certificate.kind_unknown")
    if command.valid_to is not None and command.valid_to < command.valid_from:
        raise Rejected("certificate.ends_before_it_begins")
    told = Certificate(
        kind=command.kind, valid_from=command.valid_from, valid_to=command.valid_to, sha256=command.sha256
    )
    if told in subject.dossier.certificates:
        return []
    return [
        CertificateRecorded(
            kind=command.kind,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            sha256=command.sha256,
            at=command.at,
        )
    ]


def _self_care(command: AssessSelfCare, subject: Subject) -> list[DossierEvent | StatusChanged]:
    """The tier holds from the assessment's day until the next assessment's (B3: it follows the newest result)."""
    today = business_day(command.at)
    instrument = in_force(subject.policies, today).people.self_care
    if command.instrument != instrument.instrument:
        raise Rejected("self_care.instrument_unknown")
    if len(set(command.assessors)) != 2:
        raise Rejected("self_care.assessors_alike")
    if command.assessed_on > today:
        raise Rejected("self_care.in_the_future")
    if command.from_day < command.assessed_on:
        raise Rejected("self_care.begins_before_assessed")
    if subject.died_on is not None and command.assessed_on > subject.died_on:
        raise Rejected("beneficiary.died")
    tier = _tier(instrument.tier(command.unmet))
    assessed = SelfCareAssessed(
        unmet=command.unmet,
        tier=tier,
        findings=command.findings,
        instrument=command.instrument,
        assessed_on=command.assessed_on,
        from_day=command.from_day,
        assessors=command.assessors,
        at=command.at,
    )
    return [assessed, *_tiers(subject, tier, command.from_day, command.at)]


def _tier(text: str) -> Tier:
    return "full" if text == "full" else "half" if text == "half" else "able"


def _tiers(subject: Subject, tier: Tier, from_day: date, at: datetime) -> list[StatusChanged]:
    """The tier on ``from_day`` and on every later day at which only categories change, up to the next assessment."""
    later = [one.from_day for one in subject.dossier.self_care if one.from_day > from_day]
    until = min(later, default=date.max)
    changes = []
    for day in sorted({from_day} | {one.from_day for one in subject.recorded if from_day < one.from_day < until}):
        before = status_on(subject.recorded, day)
        if before.tier != tier:
            changes.append(StatusChanged(tier=tier, categories=before.categories, from_day=day, at=at))
    back = status_on(subject.recorded, until) if later else None
    if changes and back is not None and back.from_day != until and back.tier != tier:
        changes.append(StatusChanged(tier=back.tier, categories=back.categories, from_day=until, at=at))
    return changes


def _guardian(command: NameGuardian, subject: Subject) -> list[DossierEvent | StatusChanged]:
    if subject.died_on is not None:
        raise Rejected("beneficiary.died")
    before = subject.dossier.guardian
    if before is not None and command.from_day < before.from_day:
        raise Rejected("guardian.begins_before_the_last")
    return [
        GuardianNamed(
            name=command.name,
            phone=command.phone,
            id_number=command.id_number,
            relation=command.relation,
            from_day=command.from_day,
            at=command.at,
        )
    ]


def _check(command: CheckGuardian, subject: Subject) -> list[DossierEvent | StatusChanged]:
    guardian = subject.dossier.guardian
    if guardian is None:
        raise Rejected("guardian.none")
    if command.checked_on > business_day(command.at):
        raise Rejected("guardian.checked_in_the_future")
    if guardian.state == ("able" if command.able else "unable") and guardian.checked_on == command.checked_on:
        return []
    return [
        GuardianChecked(
            able=command.able, checked_on=command.checked_on, reasons=command.reasons, by=command.by, at=command.at
        )
    ]


def _end(command: EndGuardian, subject: Subject) -> list[DossierEvent | StatusChanged]:
    guardian = subject.dossier.guardian
    if guardian is None:
        return []
    if command.last_day < guardian.from_day:
        raise Rejected("guardian.ends_before_it_begins")
    return [GuardianEnded(last_day=command.last_day, reason_code=command.reason_code, at=command.at)]


def _material(command: FileMaterial, subject: Subject) -> list[DossierEvent | StatusChanged]:
    """Nobody brings what can be looked up; a declaration stands in only where the policy says so (C15, art. 62)."""
    today = business_day(command.at)
    known = {one.id: one for one in in_force(subject.policies, today).people.materials}
    wanted = known.get(command.kind)
    if wanted is None:
        raise Rejected("file.material_unknown")
    if command.on > today:
        raise Rejected("file.in_the_future")
    if command.way == "declared" and not wanted.declaration:
        raise Rejected("file.declaration_not_allowed")
    if command.way == "looked_up" and not wanted.lookup:
        raise Rejected("file.lookup_not_allowed")
    if command.way == "filed" and not command.sha256:
        raise Rejected("file.digest_missing")
    if command.way == "looked_up" and not command.source:
        raise Rejected("file.source_missing")
    filed = MaterialFiled(
        kind=command.kind,
        way=command.way,
        on=command.on,
        sha256=command.sha256,
        source=command.source,
        by=command.by,
        at=command.at,
    )
    held = {(one.kind, one.way, one.on, one.sha256, one.source) for one in subject.dossier.materials}
    return [] if (filed.kind, filed.way, filed.on, filed.sha256, filed.source) in held else [filed]


def _household(command: NoteHousehold, subject: Subject) -> list[DossierEvent | StatusChanged]:
    dossier = subject.dossier
    ours = tuple(group for group in dossier.groups if group.household == str(command.household))
    if ours == command.groups and (dossier.household == command.household) == command.lives_there:
        return []
    return [
        HouseholdNoted(
            household=command.household, lives_there=command.lives_there, groups=command.groups, at=command.at
        )
    ]
