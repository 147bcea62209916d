"""A person helped, as far as money is concerned: whether the review was posted in the village.

    Note ─▶ Noticed

Nobody approves a payment for a person without a review and a posted notice (paper 003, part 4 (3); settlement paper,
"States and close").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, topics

CATEGORY = "settlement.person"


@dataclass(frozen=True, kw_only=True)
class Note:
    """A reviewed plan of the person was posted."""

    plan_id: UUID
    posted_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """The gate is open for the person."""

    plan_id: UUID
    posted_on: date
    at: datetime


def decide(command: Note, state: Noticed | None, _known: None) -> list[Noticed]:
    """The first notice opens the gate; later ones change nothing."""
    if state is not None:
        return []
    return [Noticed(plan_id=command.plan_id, posted_on=command.posted_on, at=command.at)]


def evolve(_state: Noticed | None, event: Noticed) -> Noticed:
    """Open it stays."""
    return event


decider: Decider[Note, Noticed | None, Noticed, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Noticed)
)
