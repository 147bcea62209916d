"""Whether a claimant agrees to stand on the honour list, and under which name: masked unless it says otherwise.
Agree ─▶ Agreed ─ Agree(shown="none") ─▶ Agreed (off the list)
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, topics

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b015")
CATEGORY = "charity.honour"
Shown = Literal["masked", "named", "none"]


@dataclass(frozen=True, kw_only=True)
class Agree:
    """The claimant says how it wants to be shown."""

    claimant: UUID
    shown: Shown
    masked: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """So it is shown from now on."""

    claimant: UUID
    shown: Shown
    masked: str
    at: datetime


def stream_of(claimant: UUID) -> UUID:
    """The stream beside the claimant's own."""
    return uuid.uuid5(NAMESPACE, str(claimant))


def decide(command: Agree, before: Agreed | None, _known: None) -> list[Agreed]:
    """The last word holds."""
    if (before.shown if before else "none") == command.shown:
        return []
    return [Agreed(claimant=command.claimant, shown=command.shown, masked=command.masked, at=command.at)]


def evolve(_before: Agreed | None, event: Agreed) -> Agreed:
    """The last word."""
    return event


decider: Decider[Agree, Agreed | None, Agreed, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Agreed)
)
