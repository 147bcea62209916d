"""Whether a provider is on the register, with which certificates, and from where it serves."""

from __future__ import annotations

from chassis.kernel import Rejected
from services.providers.domain import calendar, credit_code
from services.providers.domain.provider.agreement import AgreementEnded, Held
from services.providers.domain.provider.known import Known
from services.providers.domain.provider.state import Event, Provider
from services.providers.domain.provider.words import (
    Certificate,
    CertificateShown,
    Change,
    Changed,
    CloseOutlet,
    OpenOutlet,
    OutletClosed,
    OutletOpened,
    Register,
    Registered,
    Remove,
    Removed,
    Resume,
    Resumed,
    ShowCertificate,
    Suspend,
    Suspended,
)

HOUSES = "welfare_institution"
"""The kind of provider that is of a kind of institution besides (paper 001, part 3 (6) mode 2)."""


def register(command: Register, provider: Provider) -> list[Event]:
    """Once by credit code; only a welfare institution says which kind of house it is."""
    if not credit_code.is_valid(command.credit_code):
        raise Rejected("provider.credit_code_wrong")
    if provider.name:
        raise Rejected("provider.registered_already")
    if command.institution and command.kind != HOUSES:
        raise Rejected("provider.no_institution")
    return [
        Registered(
            name=command.name,
            credit_code=command.credit_code,
            kind=command.kind,
            institution=command.institution,
            township=command.township,
            point=command.point,
            at=command.at,
        )
    ]


def change(command: Change, provider: Provider) -> list[Event]:
    """What is not named stays; the credit code and the kind never change: that would be another provider."""
    changed = Changed(
        name=command.name or provider.name,
        township=command.township or provider.township,
        institution=provider.institution if command.institution is None else command.institution,
        at=command.at,
    )
    if changed.institution and provider.kind != HOUSES:
        raise Rejected("provider.no_institution")
    same = (changed.name, changed.township, changed.institution) == (
        provider.name, provider.township, provider.institution,
    )  # fmt: skip
    return [] if same else [changed]


def show_certificate(command: ShowCertificate, provider: Provider) -> list[Event]:
    """One number of a kind is one certificate; a renewed one has another number."""
    shown = command.certificate
    if shown in provider.certificates:
        return []
    if shown.valid_to is not None and shown.valid_to < shown.valid_from:
        raise Rejected("certificate.ends_before_it_begins")
    if any((one.kind, one.number) == (shown.kind, shown.number) for one in provider.certificates):
        raise Rejected("certificate.number_taken")
    return [CertificateShown(certificate=shown, at=command.at)]


def holds(certificates: tuple[Certificate, ...], kind: str, held: Held) -> bool:
    """Whether a certificate of ``kind`` counts when the agreement begins."""
    day = held.agreed.valid_from
    return any(
        one.kind == kind and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
        for one in certificates
    )


def suspend(command: Suspend, provider: Provider, known: Known) -> list[Event]:
    """From today or later on; days that are stopped already are not stopped again."""
    if any(
        (stop.from_day, stop.to_day, stop.reason_code) == (command.from_day, command.to_day, command.reason_code)
        for stop in provider.stops
    ):
        return []
    if command.from_day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    if command.to_day is not None and command.to_day < command.from_day:
        raise Rejected("provider.suspension_reversed")
    if any(
        (stop.to_day is None or command.from_day <= stop.to_day)
        and (command.to_day is None or stop.from_day <= command.to_day)
        for stop in provider.stops
    ):
        raise Rejected("provider.suspended_already")
    return [
        Suspended(
            from_day=command.from_day,
            to_day=command.to_day,
            reason_code=command.reason_code,
            document=command.document,
            release_at=known.release_at(command.from_day),
            at=command.at,
        )
    ]


def resume(command: Resume, provider: Provider) -> list[Event]:
    """What is stopped on that day or later is open again; days that are over keep what they were."""
    if command.from_day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    if not any(stop.covers(command.from_day) or stop.from_day > command.from_day for stop in provider.stops):
        return []
    return [Resumed(from_day=command.from_day, at=command.at)]


def remove(command: Remove, provider: Provider, known: Known) -> list[Event]:
    """Every agreement that would count on that day or later ends with it."""
    if provider.removed_from is not None:
        return []
    if command.from_day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    release_at = known.release_at(command.from_day)
    ended = [
        AgreementEnded(
            number=held.agreed.number,
            from_day=max(command.from_day, held.agreed.valid_from),
            reason_code="provider_removed",
            document=command.document,
            items=held.during(held.last_day, held.last_day).items,
            townships=held.during(held.last_day, held.last_day).townships,
            release_at=release_at,
            at=command.at,
        )
        for held in provider.agreements
        if held.last_day >= max(command.from_day, held.agreed.valid_from)
    ]
    removed = Removed(
        from_day=command.from_day,
        reason_code=command.reason_code,
        document=command.document,
        release_at=release_at,
        at=command.at,
    )
    return [removed, *ended]


def open_outlet(command: OpenOutlet, provider: Provider) -> list[Event]:
    """One open outlet by name and point; its grid lies where the codes say."""
    standing = [one for one in provider.outlets if one.closed_on is None]
    if any((one.name, one.point) == (command.name, command.point) for one in standing):
        return []
    if command.village and not command.village.startswith(command.township):
        raise Rejected("outlet.village_elsewhere")
    return [
        OutletOpened(
            name=command.name,
            point=command.point,
            kind=command.kind,
            township=command.township,
            village=command.village,
            serves=command.serves,
            opened_on=command.opened_on,
            at=command.at,
        )
    ]


def close_outlet(command: CloseOutlet, provider: Provider) -> list[Event]:
    """From today or later on: where somebody set out from yesterday stays what it was."""
    named = [one for one in provider.outlets if one.name == command.name]
    if not named:
        raise Rejected("outlet.unknown")
    standing = [one for one in named if one.closed_on is None]
    if not standing:
        return []
    if command.day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    return [OutletClosed(name=command.name, day=command.day, at=command.at)]
