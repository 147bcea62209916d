"""The words of a need on its way to a decision: what may be asked, and what has happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.planned import Mode as Way
from services.orders.domain.planned import Per, Planned

Channel = Literal[
    "window", "online", "village", "hotline", "data_match", "warning", "device", "refresh", "proxy", "conversation",
    "qr_code", "department",
]  # fmt: skip
Mode = Literal["purchase", "charity"]
Stage = Literal["registered", "surveyed", "confirmed", "approved", "refused", "withdrawn", "watched"]
Urgency = Literal["ordinary", "urgent", "fast_lane"]
Residence = Literal["registered", "permit", "visiting"]


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applies: the person, a proxy, the guardian, or whoever found the need. The name of another is sealed."""

    by: Literal["self", "proxy", "guardian", "finder"] = "finder"
    relation_code: str = ""
    name: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers to an instrument's questions, to be scored; ``box`` keeps them sealed."""

    given: Mapping[str, int]
    box: Sealed


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What sealed answers amounted to, by which version of which instrument."""

    instrument: str
    version: str
    degree: str
    difficulties: tuple[str, ...]
    measures: tuple[str, ...]
    answers: Sealed


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An assessed item as it was asked for: so often a month, so many units each time.

    Or ``times`` in every ``per``, by one of the modes, by whom, in a stage of the help from a day to a day.
    """

    item: str
    times_per_month: int
    units: int
    per: Per = "month"
    times: int = 0
    way: Way | None = None
    provider: UUID | None = None
    carer: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    service_plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Register:
    """Somebody needs ``items``; ``conflict_of_interest`` if who registers is related to the person.

    ``owner`` is the first-contact officer, ``committed_on`` the day of the signed commitment, ``found_at`` the instant
    at which the need was found, where that was before.
    """

    person_id: UUID
    items: tuple[str, ...]
    channel: Channel
    urgent: bool
    conflict_of_interest: bool
    by: str
    at: datetime
    fast_lane: bool = False
    ticket: str = ""
    applicant: Applicant = Applicant()
    committed_on: date | None = None
    residence: Residence = "registered"
    found_at: datetime | None = None
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A village worker and an aide visited, or who stands in for them; what they found is sealed.

    ``captured_at`` is the instant at which it was written down, where that was done off line.
    """

    village_worker: str
    aide: str
    findings: Sealed
    at: datetime
    roles: tuple[str, str] = ("village_worker", "aide")
    form: Literal["home", "phone", "video"] = "home"
    captured_at: datetime | None = None
    answers: Answers | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The body that examines eligibility confirms. ``person`` is whom the need is about, for the guard."""

    by: str
    role: str
    at: datetime
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Assess:
    """The body that assesses fixes content and mode; ``price_fen`` and ``rule`` where a price is agreed.

    ``amount_fen`` is one-time help; ``override`` the sealed reason for an amount beyond the soft limits.
    """

    items: tuple[Wanted, ...]
    mode: Mode
    price_fen: int
    rule: str
    plan_id: UUID
    by: str
    role: str
    at: datetime
    amount_fen: int = 0
    override: Sealed | None = None
    answers: Answers | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """Refused, with a written reason (Social Assistance Law, art. 45), which is sealed."""

    reason: Sealed
    by: str
    role: str
    at: datetime
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The need has a number and is waiting for its survey."""

    number: int
    person_id: UUID
    township: str
    village: str
    items: tuple[str, ...]
    channel: Channel
    urgent: bool
    conflict_of_interest: bool
    by: str
    at: datetime
    register_number: str = ""
    fast_lane: bool = False
    ticket: str = ""
    applicant: Applicant = Applicant()
    committed_on: date | None = None
    residence: Residence = "registered"
    found_at: datetime | None = None
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """Two people have been there."""

    village_worker: str
    aide: str
    findings: Sealed
    at: datetime
    roles: tuple[str, str] = ("village_worker", "aide")
    form: str = "home"
    captured_at: datetime | None = None
    scored: Scored | None = None


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The person is eligible."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Approved:
    """What will be given, and how. ``papers_due`` is the last day for survey and confirmation of an urgent approval.

    ``within_fen`` are the limits that held for ``amount_fen``; ``override`` says why they were exceeded, ``emergency``
    whether a recorded emergency let this body approve.
    """

    items: tuple[Planned, ...]
    mode: Mode
    price_fen: int
    rule: str
    plan_id: UUID | None
    papers_due: date | None
    policy: str
    by: str
    role: str
    at: datetime
    amount_fen: int = 0
    within_fen: tuple[int, int] | None = None
    override: Sealed | None = None
    emergency: bool = False
    scored: Scored | None = None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing is given, for the sealed reason."""

    reason: Sealed
    by: str
    role: str
    at: datetime
