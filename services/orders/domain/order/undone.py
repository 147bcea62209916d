"""Words of taking a judgement back: the completion waits again, and what its acceptance told settlement is void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.cause import Cause

Was = Literal["accepted", "turned_down"]
Way = Literal["officer", "inspection", "appeal", "complaint"]
"""Who brought it up: an officer who looked again, an inspection, the provider's appeal, a complaint."""


@dataclass(frozen=True, kw_only=True)
class Undo:
    """Take back the judgement on a completion, with its cause class; ``text`` are the officer's words, sealed.

    ``was``: only if that is the judgement that stands; anything else has changed since and needs nothing more.
    """

    visit_id: UUID
    cause: Cause
    reason_code: str
    by: str
    role: str
    at: datetime
    way: Way = "officer"
    was: Was | None = None
    text: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Undone:
    """The judgement ``was`` does not stand any more; nothing is accepted by itself after it.

    ``fact`` and ``month`` name the settlement fact that the acceptance told, and its month; empty where it told none.
    """

    visit_id: UUID
    was: Was
    cause: Cause
    reason_code: str
    by: str
    at: datetime
    way: Way = "officer"
    fact: str = ""
    month: str = ""
    text: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the last acceptance of a completion told: the fact's id and month, empty where it told none (a gift)."""

    fact: str
    month: str
