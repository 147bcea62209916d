"""The journal: every fact that another service told, once, under the id of the event that told it.

The stream's one event *is* the fact, in the engine's own words. Facts that settlement tells itself (allocations,
overrides, grades, rulings, policies, its seal) are not journalled: they stand in its own public log, with their
positions there, and are read from it. So each fact has one place of truth: the log that gave it its position.
"""

from __future__ import annotations

from dataclasses import dataclass

from chassis.kernel import Decider, Rejected, topics
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import KINDS

CATEGORY = "settlement.fact"


@dataclass(frozen=True, kw_only=True)
class Journal:
    """Keep the fact."""

    fact: Fact


def decide(command: Journal, kept: Fact | None, _known: None) -> list[Fact]:
    """Once; another fact under the same id is refused."""
    if kept is None:
        return [command.fact]
    if kept != command.fact:
        raise Rejected("fact.told_differently")
    return []


def evolve(_kept: Fact | None, fact: Fact) -> Fact:
    """A fact never changes."""
    return fact


decider: Decider[Journal, Fact | None, Fact, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *KINDS.values())
)
