"""An exception 异常 of a visit, from its being noticed to what was decided about it.

    Raised ─ Explain* ─ Resolve ─▶ acknowledged | mended (the visit is rid of it) | upheld (it stands)
           ─ Lift ─▶ lifted                    Raised grey ─▶ acknowledged at once
    acknowledged | mended | lifted ─ Raise ─▶ Raised again

Its stream follows from visit and code, so that one visit has each code once. What was noticed stays in the visit's
events and here; nothing is overwritten (paper 000: 容错纠错; issue of a red one: settlement S3).
"""

from __future__ import annotations

import uuid
from uuid import UUID

from chassis.kernel import Decider, topics
from services.providers.domain.exception.rules import Case, decide, evolve
from services.providers.domain.exception.words import (
    Command,
    Event,
    Explain,
    Explained,
    Known,
    Lift,
    Lifted,
    Raise,
    Raised,
    Recoloured,
    Resolution,
    Resolve,
    Resolved,
    Status,
)

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a010")
CATEGORY = "providers.exception"


def stream_of(visit: UUID, code: str) -> UUID:
    """The stream of a visit's exception."""
    return uuid.uuid5(NAMESPACE, f"{visit}/{code}")


decider: Decider[Command, Case | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Raised, Recoloured, Explained, Resolved, Lifted),
)

__all__ = [
    "CATEGORY",
    "Case",
    "Command",
    "Event",
    "Explain",
    "Explained",
    "Known",
    "Lift",
    "Lifted",
    "Raise",
    "Raised",
    "Recoloured",
    "Resolution",
    "Resolve",
    "Resolved",
    "Status",
    "decider",
    "stream_of",
]
