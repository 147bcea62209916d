"""What is asked of a provider as such, and what can happen to it: entry, certificates, outlets, standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.providers.domain.reach import Point


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A licence or qualification by kind and number; both days count, ``valid_to`` None: it has no end."""

    kind: str
    number: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a provider; ``point`` is where its workers set out. ``institution`` says which kind of welfare house."""

    name: str
    credit_code: str
    kind: str
    township: str
    point: Point
    at: datetime
    institution: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Another name, township or kind of institution; None leaves it as it is."""

    name: str | None
    township: str | None
    institution: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShowCertificate:
    """A certificate was shown and looked at."""

    certificate: Certificate
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspend:
    """No orders from ``from_day`` to ``to_day``, or until it is resumed."""

    from_day: date
    to_day: date | None
    reason_code: str
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resume:
    """The suspension ends before ``from_day``."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Remove:
    """Take the provider off the register from ``from_day`` on, for good; its agreements end."""

    from_day: date
    reason_code: str
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OpenOutlet:
    """Open a service outlet 服务网点 (paper 000, part 2 (5) point 3) or a service point of a village (paper 003).

    ``serves`` are townships and villages of its grid; empty: wherever it reaches. ``opened_on`` None: from now on.
    """

    name: str
    point: Point
    at: datetime
    kind: str = "outlet"
    township: str = ""
    village: str = ""
    serves: tuple[str, ...] = ()
    opened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CloseOutlet:
    """Nobody sets out from the outlet from ``day`` on."""

    name: str
    day: date
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
    institution: str = ""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """It is now called this and sits there; what it was before stands in the events before."""

    name: str
    township: str
    institution: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CertificateShown:
    """The certificate counts on its days."""

    certificate: Certificate
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suspended:
    """It takes no orders on these days; from ``release_at`` on what it holds is given to others."""

    from_day: date
    to_day: date | None
    reason_code: str
    document: str
    release_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """It takes orders again from ``from_day`` on."""

    from_day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Removed:
    """It is off the register from ``from_day`` on."""

    from_day: date
    reason_code: str
    document: str
    release_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OutletOpened:
    """Workers set out from here too."""

    name: str
    point: Point
    at: datetime
    kind: str = "outlet"
    township: str = ""
    village: str = ""
    serves: tuple[str, ...] = ()
    opened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OutletClosed:
    """Nobody sets out from here from ``day`` on."""

    name: str
    day: date
    at: datetime
