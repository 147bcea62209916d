"""The words of a person's care: what may be asked, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed

Relation = Literal["guardian", "relative", "neighbour", "hired", "volunteer"]
Result = Literal["mended", "refused"]
EndReason = Literal["carer_died", "carer_ill", "carer_moved", "carer_resigned", "person_in_institution"]
"""Why an agreement ends that nobody broke; a carer who fails is told to mend first (paper 004)."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was signed: with whom (sealed), for which days, both inclusive, and the duties taken on, by code."""

    name: Sealed
    phone: Sealed | None
    relation: Relation
    signed_on: date
    from_day: date
    valid_to: date
    duties: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Sign:
    """An agreement for somebody without one."""

    person_id: UUID
    terms: Terms
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Replace:
    """An agreement in place of that of a carer who did not mend."""

    terms: Terms
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Renew:
    """The same carer goes on until ``valid_to``."""

    signed_on: date
    valid_to: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class End:
    """The agreement ends with ``last_day`` for a reason that is no failing."""

    last_day: date
    reason_code: EndReason
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Find:
    """The carer does not do a duty; what was seen is sealed."""

    finding_id: UUID
    code: str
    text: Sealed
    contact_id: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rectify:
    """The carer is told to mend until ``due_on``, inclusive."""

    due_on: date
    text: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Judge:
    """The carer has mended, or refuses to."""

    result: Result
    text: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NameEscort:
    """Somebody comes along to hospital when the person is ill."""

    person_id: UUID
    name: Sealed
    phone: Sealed | None
    relation: Relation
    from_day: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotePerson:
    """The duty tells: whether the person is under it, where they live, and the last day here, if there is one."""

    person_id: UUID
    covered: bool
    township: str
    village: str
    ends_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A day has come on which an agreement begins, has run out, or an order has."""

    at: datetime


Command = Sign | Replace | Renew | End | Find | Rectify | Judge | NameEscort | NotePerson | Turn


@dataclass(frozen=True, kw_only=True)
class Signed:
    """An agreement; where it replaces one (``replaces`` is that one's number, else 0), that one ends the day before."""

    person_id: UUID
    number: int
    terms: Terms
    replaces: int
    township: str
    village: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """The last agreement goes on until ``valid_to``."""

    signed_on: date
    valid_to: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The last agreement ends with ``last_day``; one that had not begun never does."""

    last_day: date
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Found:
    """A finding against the carer, open until mended."""

    finding_id: UUID
    code: str
    text: Sealed
    contact_id: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """To be mended until ``due_on``."""

    due_on: date
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderRanOut:
    """Not mended in time: the carer may be replaced."""

    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The findings are closed."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MendingRefused:
    """The carer will not mend: the carer may be replaced."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EscortNamed:
    """Who comes along to hospital."""

    person_id: UUID
    name: Sealed
    phone: Sealed | None
    relation: Relation
    from_day: date
    township: str
    village: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonNoted:
    """Whether the person is under the duty, where they live, their last day here."""

    person_id: UUID
    covered: bool
    township: str
    village: str
    ends_on: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turned:
    """From today on an agreement runs, or none does."""

    running: bool
    at: datetime


Event = (
    Signed
    | Renewed
    | Ended
    | Found
    | Ordered
    | OrderRanOut
    | Mended
    | MendingRefused
    | EscortNamed
    | PersonNoted
    | Turned
)
