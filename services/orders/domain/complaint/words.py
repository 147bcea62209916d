"""The words of a ticket: what may be asked of it, and what has happened. Every text about people is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.deadline import Level, Running

Channel = Literal["county_line", "city_line", "window", "page", "letter", "other_body"]
"""``county_line`` is the county's own number (2212349 in paper 001), ``city_line`` is 12345."""
Kind = Literal["complaint", "consulting", "help_request", "clue"]
Whom = Literal["provider", "worker", "officer", "township", "charity", "claimant", "service", "other"]
Office = Literal["bureau", "township", "department"]
Outcome = Literal["upheld", "partly_upheld", "not_upheld", "answered", "helped"]


@dataclass(frozen=True, kw_only=True)
class About:
    """What it is about: ``owner`` is the provider, charity or claimant, ``subject`` the officer's or worker's sign-in
    name, ``township`` the office complained of; an order and its visit where it names them."""

    whom: Whom
    owner: UUID | None = None
    subject: str = ""
    township: str = ""
    order_id: UUID | None = None
    visit_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Complainant:
    """Who complains, sealed under the ticket's own key."""

    name: Sealed
    phone: Sealed


@dataclass(frozen=True, kw_only=True)
class Receive:
    """Somebody called, came or wrote; ``reference`` is another line's number, ``complainant`` None: anonymous."""

    channel: Channel
    kind: Kind
    reference: str
    about: About
    township: str
    complainant: Complainant | None
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Register:
    """Give it the next number of the year."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Hand it to who answers it; a department outside the bureau by its code."""

    office: Office
    township: str
    department: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Summarise:
    """What is put to who is complained of, in neutral words that do not betray who complains."""

    summary: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """What who is complained of says to it."""

    statement: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Inspect:
    """Send an inspector to a visit it is about."""

    order_id: UUID
    visit_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Link:
    """A help request became a need."""

    need_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered to the complainant, and what came of it."""

    outcome: Outcome
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """The complainant was told; ``satisfied`` is None where nobody could be asked."""

    satisfied: bool | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """The complainant does not accept the answer: once."""

    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The complainant takes it back."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckClocks:
    """A clock may have run out."""

    at: datetime


Command = (
    Receive | Register | Transfer | Summarise | State | Inspect | Link | Answer | Close | Reopen | Withdraw
    | CheckClocks
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Received:
    """It is here."""

    channel: Channel
    kind: Kind
    reference: str
    about: About
    township: str
    complainant: Complainant | None
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Urged:
    """The same call was told again, with more to say."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """Number ``number`` of ``year``."""

    year: int
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Transferred:
    """It is theirs to answer."""

    office: Office
    township: str
    department: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Summarised:
    """Who is complained of may read this."""

    summary: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The word of who is complained of."""

    statement: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InspectionAsked:
    """An inspector goes there."""

    order_id: UUID
    visit_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Linked:
    """The need it became."""

    need_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came of it."""

    outcome: Outcome
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Over."""

    satisfied: bool | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """To be answered anew."""

    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """Taken back."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Timed:
    """A step has begun."""

    running: Running
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A step is late, and whose business that is now."""

    step: str
    level: Level
    at: datetime


Event = (
    Received | Urged | Registered | Transferred | Summarised | Stated | InspectionAsked | Linked | Answered | Closed
    | Reopened | Withdrawn | Timed | Overdue
)  # fmt: skip
