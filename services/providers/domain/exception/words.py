"""An exception of a visit in words: what it is asked, what can happen to it, and what is known of it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.providers.domain.policy import Policy
from services.providers.domain.visit.words import Colour

Resolution = Literal["acknowledged", "mended", "upheld"]
"""Taken note of; found mended; found to be so: it stands, and a red one is never accepted by itself."""
Status = Literal["open", "acknowledged", "mended", "upheld", "lifted"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; when the provider last added proof to the visit, when an inspection last found it served,
    and who reported it."""

    policies: tuple[Policy, ...] = ()
    supplemented_at: datetime | None = None
    found_served_at: datetime | None = None
    reported_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Raise:
    """The visit has it: noticed anew, or still; ``policy`` is the version that the visit is held against."""

    visit: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    person: UUID | None
    region: str
    item: str
    day: date
    code: str
    colour: Colour
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lift:
    """The visit has it no more: a code came, proof was added."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Explain:
    """The provider says why; ``text`` is sealed."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resolve:
    """An officer decides; ``text`` is sealed."""

    resolution: Resolution
    reason_code: str
    text: Sealed | None
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Raised:
    """It waits until ``due_on``; a grey one is acknowledged with this."""

    visit: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    person: UUID | None
    region: str
    item: str
    day: date
    code: str
    colour: Colour
    due_on: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Recoloured:
    """It has another colour from now on; grey: acknowledged with this."""

    colour: Colour
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Explained:
    """Why, as the provider says."""

    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """What was decided, by whom and why."""

    resolution: Resolution
    reason_code: str
    text: Sealed | None
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """It went away without a decision."""

    at: datetime


Command = Raise | Lift | Explain | Resolve
Event = Raised | Recoloured | Explained | Resolved | Lifted
