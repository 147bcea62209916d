"""A person helped, as far as money is concerned: whether the review was posted in the village.

    Note ─▶ Noticed ─ Hold ─▶ Held ─ Note ─▶ Noticed …

Nobody approves a payment for a person without a review and a posted notice (paper 003, part 4 (3); settlement paper,
"States and close").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
class Hold:
    """Urgent help began in a plan that nobody has reviewed yet."""

    plan_id: UUID
    need_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """The gate is open for the person."""

    plan_id: UUID
    posted_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Held:
    """The gate is shut until that plan's notice is posted, or posted again."""

    plan_id: UUID
    need_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Person:
    """The last notice, None before the first; ``held`` are plans with urgent help that came after theirs."""

    plan_id: UUID | None = None
    posted_on: date | None = None
    held: frozenset[UUID] = frozenset()


Command = Note | Hold
Event = Noticed | Held


def decide(command: Command, state: Person | None, _known: None) -> list[Event]:
    """A notice opens the gate, and that of the plan it was shut for opens it again; others change nothing."""
    known = state or Person()
    match command:
        case Note() if known.posted_on is not None and command.plan_id not in known.held:
            return []
        case Note():
            return [Noticed(plan_id=command.plan_id, posted_on=command.posted_on, at=command.at)]
        case Hold() if command.plan_id in known.held:
            return []
        case Hold():
            return [Held(plan_id=command.plan_id, need_id=command.need_id, at=command.at)]


def evolve(state: Person | None, event: Event) -> Person:
    """What happened, one after another."""
    known = state or Person()
    match event:
        case Noticed():
            return replace(known, plan_id=event.plan_id, posted_on=event.posted_on, held=known.held - {event.plan_id})
        case Held():
            return replace(known, held=known.held | {event.plan_id})


decider: Decider[Command, Person | None, Event, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Noticed, Held)
)
