"""A certificate of volunteer service 志愿服务记录证明: on request, free, true (Charity Law art. 66;
Social Assistance Law art. 59).
    Issue ─▶ valid ─ Revoke ─▶ revoked

It says how many deeds, pieces and minutes a claimant did for one charity in a period, all of them verified. When one of
them is undone the certificate is revoked; another one may be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics

CATEGORY = "charity.certificate"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds it, sealed: the name at issue, and the salt with which ``digest`` was made of it (SHA-256, hex);
    ``masked`` is the name as it may hang in a village."""

    claimant: UUID
    name: Sealed
    salt: Sealed
    masked: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """``last`` is the last number of the county's year; ``deeds`` are the claims counted for the charity in the period,
    with their pieces and minutes together; charity and its code as registered."""

    last: int
    deeds: tuple[UUID, ...]
    pieces: int
    minutes: int
    charity_name: str
    credit_code: str


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The claimant asks for it; first and last day are both of the period. The key is the county's at issue."""

    holder: Holder
    charity: UUID
    first: date
    last: date
    today: date
    key_id: str
    public_key: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """A deed that it counts is undone."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Issued:
    """It is there, under its number in the county's year; what it says never changes."""

    holder: Holder
    charity: UUID
    charity_name: str
    credit_code: str
    first: date
    last: date
    issued_on: date
    number: int
    deeds: tuple[UUID, ...]
    pieces: int
    minutes: int
    key_id: str
    public_key: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """It is no longer true."""

    claim_id: UUID
    at: datetime


Command = Issue | Revoke
Event = Issued | Revoked


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The state."""

    issued: Issued | None = None
    revoked_at: datetime | None = None


def decide(command: Command, certificate: Certificate, known: Known | None) -> list[Event]:
    """Only over what is verified, and over days that have passed."""
    match command:
        case Issue():
            return [] if certificate.issued else _issue(command, known)
        case Revoke():
            issued = certificate.issued
            if issued is None or certificate.revoked_at or command.claim_id not in issued.deeds:
                return []
            return [Revoked(claim_id=command.claim_id, at=command.at)]


def _issue(command: Issue, known: Known | None) -> list[Event]:
    if known is None:
        raise Rejected("charity.unknown")
    if command.last < command.first or command.last > command.today:
        raise Rejected("certificate.days_wrong")
    if not known.deeds:
        raise Rejected("certificate.nothing_to_certify")
    return [
        Issued(
            holder=command.holder,
            charity=command.charity,
            charity_name=known.charity_name,
            credit_code=known.credit_code,
            first=command.first,
            last=command.last,
            issued_on=command.today,
            number=known.last + 1,
            deeds=known.deeds,
            pieces=known.pieces,
            minutes=known.minutes,
            key_id=command.key_id,
            public_key=command.public_key,
            at=command.at,
        )
    ]


def evolve(certificate: Certificate, event: Event) -> Certificate:
    """What happened, one after another."""
    match event:
        case Issued():
            return Certificate(issued=event)
        case Revoked():
            return replace(certificate, revoked_at=event.at)


decider: Decider[Command, Certificate, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Certificate(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Issued, Revoked),
)
