"""What a provider is after all that has happened to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.providers.domain.provider.agreement import (
    Agreed,
    AgreementAmended,
    AgreementEnded,
    AgreementExtended,
    Held,
    OrdersReleased,
)
from services.providers.domain.provider.words import (
    Certificate,
    CertificateShown,
    Changed,
    OutletClosed,
    OutletOpened,
    Registered,
    Removed,
    Resumed,
    Suspended,
)
from services.providers.domain.reach import Point

Event = (
    Registered
    | Changed
    | CertificateShown
    | Suspended
    | Resumed
    | Removed
    | Agreed
    | AgreementAmended
    | AgreementExtended
    | AgreementEnded
    | OrdersReleased
    | OutletOpened
    | OutletClosed
)


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """A point where workers set out, from ``opened_on`` (None: from the beginning) until before ``closed_on``."""

    name: str
    point: Point
    kind: str = "outlet"
    township: str = ""
    village: str = ""
    serves: tuple[str, ...] = ()
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Days on which the provider takes no orders, both ends included; ``to_day`` None: until further notice."""

    from_day: date
    to_day: date | None
    reason_code: str
    release_at: datetime

    def covers(self, day: date) -> bool:
        """Whether it takes none on ``day``."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, kw_only=True)
class Provider:
    """``name`` is empty before registration; ``released`` counts the rounds in which orders were released."""

    name: str = ""
    credit_code: str = ""
    kind: str = ""
    institution: str = ""
    township: str = ""
    outlets: tuple[Outlet, ...] = ()
    agreements: tuple[Held, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    stops: tuple[Stop, ...] = ()
    removed_from: date | None = None
    released: int = 0

    def agreement(self, number: str) -> Held | None:
        """The agreement of that number."""
        return next((held for held in self.agreements if held.agreed.number == number), None)


def evolve(provider: Provider, event: Event) -> Provider:
    """What happened, one after another."""
    match event:
        case Registered():
            return Provider(
                name=event.name,
                credit_code=event.credit_code,
                kind=event.kind,
                institution=event.institution,
                township=event.township,
                outlets=(Outlet(name=event.name, point=event.point, township=event.township),),
            )
        case Changed():
            return replace(provider, name=event.name, township=event.township, institution=event.institution)
        case CertificateShown():
            return replace(provider, certificates=(*provider.certificates, event.certificate))
        case OutletOpened() | OutletClosed():
            return replace(provider, outlets=_outlets(provider.outlets, event))
        case Suspended() | Resumed() | Removed():
            return _stopped(provider, event)
        case OrdersReleased():
            return replace(provider, released=provider.released + 1)
        case Agreed():
            held = Held(agreed=event.agreement, valid_to=event.agreement.valid_to)
            return replace(provider, agreements=(*provider.agreements, held))
        case AgreementAmended() | AgreementExtended() | AgreementEnded():
            agreements = tuple(
                _agreement(held, event) if held.agreed.number == event.number else held for held in provider.agreements
            )
            return replace(provider, agreements=agreements)


def _outlets(outlets: tuple[Outlet, ...], event: OutletOpened | OutletClosed) -> tuple[Outlet, ...]:
    if isinstance(event, OutletClosed):
        return tuple(
            replace(outlet, closed_on=event.day) if outlet.name == event.name and outlet.closed_on is None else outlet
            for outlet in outlets
        )
    opened = Outlet(
        name=event.name,
        point=event.point,
        kind=event.kind,
        township=event.township,
        village=event.village,
        serves=event.serves,
        opened_on=event.opened_on,
    )
    return (*outlets, opened)


def _stopped(provider: Provider, event: Suspended | Resumed | Removed) -> Provider:
    if isinstance(event, Resumed):
        last = event.from_day - timedelta(days=1)
        kept = tuple(
            replace(stop, to_day=last) if stop.covers(event.from_day) else stop
            for stop in provider.stops
            if stop.from_day <= last
        )
        return replace(provider, stops=kept)
    to_day = event.to_day if isinstance(event, Suspended) else None
    stop = Stop(from_day=event.from_day, to_day=to_day, reason_code=event.reason_code, release_at=event.release_at)
    removed_from = event.from_day if isinstance(event, Removed) else provider.removed_from
    return replace(provider, stops=(*provider.stops, stop), removed_from=removed_from)


def _agreement(held: Held, event: AgreementAmended | AgreementExtended | AgreementEnded) -> Held:
    match event:
        case AgreementAmended():
            return replace(held, changes=(*held.changes, event.terms))
        case AgreementExtended():
            return replace(held, valid_to=event.valid_to)
        case AgreementEnded():
            return replace(
                held, ended_from=event.from_day, reason_code=event.reason_code, release_at=event.release_at
            )  # fmt: skip
