"""What is asked of a worker, and what can happen to one. Names and phones are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Sealed


@dataclass(frozen=True, kw_only=True)
class Post:
    """Where a worker belongs: the township of work, the outlet by name, the village it sets out from (or empty), how
    many orders a month at most (0: not limited), and whether the household is one of low income."""

    township: str
    outlet: str = ""
    village: str = ""
    monthly_capacity: int = 0
    low_income: bool = False


@dataclass(frozen=True, kw_only=True)
class Qualification:
    """A certificate of the worker by code; both days count, ``valid_to`` None: it has no end."""

    code: str
    number: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Employ:
    """Enter a worker, ``qualifications`` by code."""

    provider: UUID
    name: Sealed
    phone: Sealed | None
    qualifications: tuple[str, ...]
    township: str
    at: datetime
    outlet: str = ""
    village: str = ""
    monthly_capacity: int = 0
    low_income: bool = False


@dataclass(frozen=True, kw_only=True)
class Assign:
    """Another post, or another condition of it; None leaves what it is."""

    provider: UUID
    township: str | None
    outlet: str | None
    village: str | None
    monthly_capacity: int | None
    low_income: bool | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Qualify:
    """The worker has shown a certificate."""

    provider: UUID
    qualification: Qualification
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Train:
    """So many hours of a course ended on ``day``; ``valid_to`` None: as long as the pack says."""

    provider: UUID
    course: str
    hours: int
    day: date
    valid_to: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Evaluate:
    """The worker's competence was evaluated."""

    provider: UUID
    day: date
    grade: str
    score: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BeAway:
    """The worker is not sent from day to day, both included."""

    provider: UUID
    from_day: date
    to_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Leave:
    """The worker serves for this provider until the day before ``day``."""

    provider: UUID
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The worker is employed again by the same provider from ``day`` on."""

    provider: UUID
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Employed:
    """The worker can be sent."""

    provider: UUID
    name: Sealed
    phone: Sealed | None
    qualifications: tuple[str, ...]
    township: str
    at: datetime
    outlet: str = ""
    village: str = ""
    monthly_capacity: int = 0
    low_income: bool = False


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """The worker's post is this from now on."""

    post: Post
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """The certificate counts on its days."""

    qualification: Qualification
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Trained:
    """The course counts until ``valid_to``; with what else counts the worker is trained until ``trained_to``, None
    where that is not enough yet. ``policy`` is the version it was held against, empty where none was in force."""

    course: str
    hours: int
    day: date
    valid_to: date
    trained_to: date | None
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """The grade counts until the next one."""

    day: date
    grade: str
    score: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WentAway:
    """The worker is not sent on these days."""

    from_day: date
    to_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Left:
    """The worker is not sent any more."""

    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The worker can be sent again from ``day`` on."""

    day: date
    at: datetime


Command = Employ | Assign | Qualify | Train | Evaluate | BeAway | Leave | Return
Event = Employed | Assigned | Qualified | Trained | Evaluated | WentAway | Left | Returned
