"""A provider 服务供给主体: who it is, from which points it serves, and under which agreements.
    Register ─▶ Registered ─ Agree* │ OpenOutlet* ─▶ …

A county chooses its providers by public tender (paper 003, part 3 (1)); an agreement says items, townships, period
and how many orders a month the provider can take.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar, credit_code
from services.providers.domain.policy import Policy
from services.providers.domain.reach import Point

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a001")
CATEGORY = "providers.provider"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a provider has agreed to: ``items`` in ``townships`` from day to day, so many orders a month.

    ``qualified_to`` is the last day of the licence it shows, None where that has no end.
    """

    number: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    valid_from: date
    valid_to: date
    monthly_capacity: int
    tender: str
    qualified_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a provider; ``point`` is where its workers set out."""

    name: str
    credit_code: str
    kind: str
    township: str
    point: Point
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agree:
    """Conclude an agreement."""

    agreement: Agreement
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OpenOutlet:
    """Open a service outlet 服务网点 (paper 000): another point where workers set out."""

    name: str
    point: Point
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The provider is known."""

    name: str
    credit_code: str
    kind: str
    township: str
    point: Point
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """An agreement stands; it never changes, another follows it. ``policy`` is the version it was held against."""

    agreement: Agreement
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OutletOpened:
    """Workers set out from here too."""

    name: str
    point: Point
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Provider:
    """The state: agreements and the points by name; ``name`` is empty before registration."""

    name: str = ""
    credit_code: str = ""
    kind: str = ""
    township: str = ""
    outlets: tuple[OutletOpened, ...] = ()
    agreements: tuple[Agreement, ...] = ()


Command = Register | Agree | OpenOutlet
Event = Registered | Agreed | OutletOpened


def decide(command: Command, provider: Provider, known: Policy | None) -> list[Event]:
    """Register once by credit code; ``known`` is the policy in force, needed to agree."""
    match command:
        case Register():
            return _register(command, provider)
        case _ if not provider.name:
            raise Rejected("provider.unknown")
        case Agree():
            return _agree(command, provider, known)
        case OpenOutlet() if any((o.name, o.point) == (command.name, command.point) for o in provider.outlets):
            return []
        case OpenOutlet():
            return [OutletOpened(name=command.name, point=command.point, at=command.at)]


def evolve(provider: Provider, event: Event) -> Provider:
    """What happened, one after another."""
    match event:
        case Registered():
            first = OutletOpened(name=event.name, point=event.point, at=event.at)
            return Provider(
                name=event.name,
                credit_code=event.credit_code,
                kind=event.kind,
                township=event.township,
                outlets=(first,),
            )
        case Agreed():
            return replace(provider, agreements=(*provider.agreements, event.agreement))
        case OutletOpened():
            return replace(provider, outlets=(*provider.outlets, event))


def _register(command: Register, provider: Provider) -> list[Event]:
    if not credit_code.is_valid(command.credit_code):
        raise Rejected("provider.credit_code_wrong")
    if provider.name:
        raise Rejected("provider.registered_already")
    return [
        Registered(
            name=command.name,
            credit_code=command.credit_code,
            kind=command.kind,
            township=command.township,
            point=command.point,
            at=command.at,
        )
    ]


def _agree(command: Agree, provider: Provider, policy: Policy | None) -> list[Event]:
    agreement = command.agreement
    same = [known for known in provider.agreements if known.number == agreement.number]
    if same == [agreement]:
        return []
    if same:
        raise Rejected("agreement.number_taken")
    if policy is None:
        raise Rejected("policy.none_in_force")
    if agreement.valid_to < agreement.valid_from:
        raise Rejected("agreement.ends_before_it_begins")
    if agreement.valid_to >= calendar.months_after(agreement.valid_from, policy.longest_months):
        raise Rejected("agreement.too_long", longest_months=policy.longest_months)
    if policy.tender and not agreement.tender:
        raise Rejected("agreement.without_tender")
    return [Agreed(agreement=agreement, policy=policy.version, at=command.at)]


def stream_of(county: str, code: str) -> UUID:
    """The provider's id: one per county and credit code, so that nobody is entered twice."""
    return uuid.uuid5(NAMESPACE, f"{county}/{code}")


decider: Decider[Command, Provider, Event, Policy | None] = Decider(
    category=CATEGORY,
    initial=Provider(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Registered, Agreed, OutletOpened),
)
