"""A complaint about a provider that was found true, as the orders service told it: a measure of the monthly grade.

    Note ─▶ Noted      once a ticket; who complained, and of what, is not told

It names no township: it counts in every township in which the provider is graded for the month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, topics

CATEGORY = "providers.upheld_complaint"


@dataclass(frozen=True, kw_only=True)
class Note:
    """The ticket's id is the stream's; ``month`` is that in which the complaint was received."""

    provider: UUID
    month: str
    outcome: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noted:
    """It counts."""

    provider: UUID
    month: str
    outcome: str
    at: datetime


def decide(command: Note, state: Noted | None, _known: None) -> list[Noted]:
    """A ticket counts once."""
    if state is not None:
        return []
    return [Noted(provider=command.provider, month=command.month, outcome=command.outcome, at=command.at)]


def evolve(_state: Noted | None, event: Noted) -> Noted:
    """What was told."""
    return event


decider: Decider[Note, Noted | None, Noted, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Noted)
)
