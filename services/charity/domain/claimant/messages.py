"""What a claimant's file is asked, and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed

Kind = Literal["person", "company"]
Why = Literal["fulfilled", "withdrawn", "lapsed", "closed"]


@dataclass(frozen=True, kw_only=True)
class Window:
    """A time planned for a claim."""

    starts_at: datetime
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a love order asks of who claims it; ``ends_at`` is when it can be claimed no more."""

    charity: UUID
    item: str
    claimants: Literal["anybody", "persons", "companies"]
    min_age: int
    skills: tuple[str, ...]
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a claimant; who it is stays sealed but for ``shown``, its masked name, and the year of birth."""

    kind: Kind
    name: Sealed
    phone: Sealed
    shown: str = ""
    born_on: Sealed | None = None
    born_in: int | None = None
    credit_code: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ConfirmSkill:
    """The bureau or a charity has seen that the claimant has a skill, until ``valid_to``."""

    skill: str
    valid_to: date | None
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assess:
    """An organiser has judged whether the claimant fits this work (Charity Law, art. 67); no items: any work."""

    fit: bool
    items: tuple[str, ...]
    valid_to: date
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The guardian of a minor agrees, until ``valid_to``; who that is stays sealed."""

    guardian: Sealed
    phone: Sealed
    valid_to: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Block:
    """After misconduct: no claim through ``until``; by the bureau for all love orders, by a charity for its own."""

    reason_code: str
    reason: Sealed
    until: date
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Unblock:
    """The block of the bureau, or that of a charity, is lifted."""

    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Open:
    """One more claim, on an order that asks for this; ``window`` is the time planned for it."""

    claim_id: UUID
    order_id: UUID
    asked: Asked | None = None
    window: Window | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An open claim has a time planned now."""

    claim_id: UUID
    window: Window
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """A claim is over; ``confirmed`` where the claimant had been sure."""

    claim_id: UUID
    why: Why
    confirmed: bool = False
    detail_code: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """What was fulfilled is to be mended."""

    claim_id: UUID
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnDown:
    """What was fulfilled does not count."""

    claim_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The claimant is known."""

    kind: Kind
    name: Sealed
    phone: Sealed
    shown: str = ""
    born_on: Sealed | None = None
    born_in: int | None = None
    credit_code: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SkillConfirmed:
    """The claimant has a skill, until ``valid_to``."""

    skill: str
    valid_to: date | None
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """Whether the claimant fits the work."""

    fit: bool
    items: tuple[str, ...]
    valid_to: date
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Consented:
    """The guardian agrees."""

    guardian: Sealed
    phone: Sealed
    valid_to: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """No claim through ``until``."""

    reason_code: str
    reason: Sealed
    until: date
    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Unblocked:
    """A block is lifted."""

    charity: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimOpened:
    """The claim counts against the quota."""

    claim_id: UUID
    order_id: UUID
    window: Window | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimPlanned:
    """The claim has a time planned."""

    claim_id: UUID
    window: Window
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimClosed:
    """The claim counts no more."""

    claim_id: UUID
    why: Why
    confirmed: bool = False
    detail_code: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimReopened:
    """The claim is to be mended: it counts as open again."""

    claim_id: UUID
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimTurnedDown:
    """What was fulfilled does not count."""

    claim_id: UUID
    at: datetime


OfFile = Register | ConfirmSkill | Assess | Consent | Block | Unblock
Command = OfFile | Open | Plan | Close | Reopen | TurnDown
EVENTS = (
    Registered, SkillConfirmed, Assessed, Consented, Blocked, Unblocked, ClaimOpened, ClaimPlanned, ClaimClosed,
    ClaimReopened, ClaimTurnedDown,
)  # fmt: skip
Event = (
    Registered
    | SkillConfirmed
    | Assessed
    | Consented
    | Blocked
    | Unblocked
    | ClaimOpened
    | ClaimPlanned
    | ClaimClosed
    | ClaimReopened
    | ClaimTurnedDown
)
