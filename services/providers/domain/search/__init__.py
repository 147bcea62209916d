"""The search for who serves an order, and the provider's side of it until the visit is reported.
    Search ─▶ (Pooled ─ Assign, Settle ─▶) Offered ─ Accept ─▶ Found ─ NoteVisit ─▶ visited ─ Return ─▶ Found
                 │ Decline, Expire ─▶ Offered to the next │ NotFound
                 │ Release ─▶ Released ─ Search again ─▶ Offered …
                 └ StandDown ─▶ Withdrawn

Each event keeps the outcome with every candidate's reason, so a replay searches nothing again.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.providers.domain.search.deciding import decide, evolve
from services.providers.domain.search.messages import (
    Accept,
    Accepted,
    Assign,
    Begun,
    Command,
    Decline,
    Declined,
    Event,
    Expire,
    Expired,
    Known,
    NameWorker,
    NobodyFound,
    NoteVisit,
    Offered,
    Pooled,
    Return,
    Returned,
    Search,
    Sent,
    Settle,
    StandDown,
    State,
    Status,
    Visited,
    Withdrawn,
    WorkerNamed,
)
from services.providers.domain.search.pooling import run_at
from services.providers.domain.search.releasing import Release, Released

CATEGORY = "providers.search"

decider: Decider[Command, State, Event, Known | Sent | None] = Decider(
    category=CATEGORY,
    initial=State(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY,
        Begun,
        Pooled,
        Offered,
        Declined,
        Expired,
        WorkerNamed,
        Accepted,
        NobodyFound,
        Withdrawn,
        Visited,
        Returned,
        Released,
    ),
)

__all__ = [
    "CATEGORY",
    "Accept",
    "Accepted",
    "Assign",
    "Begun",
    "Command",
    "Decline",
    "Declined",
    "Event",
    "Expire",
    "Expired",
    "Known",
    "NameWorker",
    "NobodyFound",
    "NoteVisit",
    "Offered",
    "Pooled",
    "Release",
    "Released",
    "Return",
    "Returned",
    "Search",
    "Sent",
    "Settle",
    "StandDown",
    "State",
    "Status",
    "Visited",
    "Withdrawn",
    "WorkerNamed",
    "decider",
    "run_at",
]
