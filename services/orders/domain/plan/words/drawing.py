"""Words of how a plan comes to be: drawn, widened, posted, agreed to by the person or the guardian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.planned import Planned
from services.orders.domain.status import Status, Stay

Signer = Literal["person", "guardian"]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Make the plan of an approved need for a person as the register knows them; ``urgent``: papers come after."""

    plan_id: UUID
    person: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    born: date
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    township: str
    village: str
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Widen:
    """Add what a further need asks; orders for it open from the next month that opens, once its notice hangs."""

    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class PostNotice:
    """The reviewed plan is posted in the village (art. 45)."""

    posted_on: date
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The plan exists."""

    plan_id: UUID
    person: UUID
    need_id: UUID
    items: tuple[Planned, ...]
    born: date
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]
    township: str
    village: str
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Widened:
    """The plan gives more; ``unposted``: once its notice hangs for this need too."""

    need_id: UUID
    items: tuple[Planned, ...]
    at: datetime
    urgent: bool = False
    unposted: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticePosted:
    """The notice hangs."""

    posted_on: date
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agree:
    """Sign the plan; ``digest`` is the SHA-256 of the document, ``reason_code`` why a guardian signs for an adult."""

    signed_by: Signer
    signed_on: date
    digest: str
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The person, or the guardian, agrees to the plan."""

    signed_by: Signer
    signed_on: date
    digest: str
    reason_code: str
    at: datetime
