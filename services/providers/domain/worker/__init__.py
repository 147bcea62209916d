"""A worker of a provider: name and phone sealed; post, qualifications, training, evaluation and absences open.
    Employ ─▶ Employed ─ Assign │ Qualify │ Train │ Evaluate │ BeAway* ─ Leave ─▶ Left ─ Return ─▶ employed again

A worker belongs to one provider for good: with another one the same person is another worker.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.providers.domain.worker.rules import Known, Worker, decide, evolve, trained_to
from services.providers.domain.worker.words import (
    Assign,
    Assigned,
    BeAway,
    Command,
    Employ,
    Employed,
    Evaluate,
    Evaluated,
    Event,
    Leave,
    Left,
    Post,
    Qualification,
    Qualified,
    Qualify,
    Return,
    Returned,
    Train,
    Trained,
    WentAway,
)

CATEGORY = "providers.worker"

decider: Decider[Command, Worker, Event, Known] = Decider(
    category=CATEGORY,
    initial=Worker(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Employed, Assigned, Qualified, Trained, Evaluated, WentAway, Left, Returned),
)

__all__ = [
    "CATEGORY",
    "Assign",
    "Assigned",
    "BeAway",
    "Command",
    "Employ",
    "Employed",
    "Evaluate",
    "Evaluated",
    "Known",
    "Leave",
    "Left",
    "Post",
    "Qualification",
    "Qualified",
    "Qualify",
    "Return",
    "Returned",
    "Train",
    "Trained",
    "WentAway",
    "Worker",
    "decider",
    "trained_to",
]
