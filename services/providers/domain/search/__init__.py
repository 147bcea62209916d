"""The search for who serves an order, and the provider's side of it until the visit is reported.
    Search ─▶ Offered ─ Accept ─▶ Found ─ NoteVisit ─▶ visited ─ Return ─▶ Found
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
    Begun,
    Command,
    Decline,
    Declined,
    Event,
    Expire,
    Expired,
    Known,
    NobodyFound,
    NoteVisit,
    Offered,
    Return,
    Returned,
    Search,
    StandDown,
    State,
    Status,
    Visited,
    Withdrawn,
)
from services.providers.domain.search.releasing import Release, Released

CATEGORY = "providers.search"

decider: Decider[Command, State, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=State(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY, Begun, Offered, Declined, Expired, Accepted, NobodyFound, Withdrawn, Visited, Returned, Released
    ),
)

__all__ = [
    "CATEGORY",
    "Accept",
    "Accepted",
    "Begun",
    "Command",
    "Decline",
    "Declined",
    "Event",
    "Expire",
    "Expired",
    "Known",
    "NobodyFound",
    "NoteVisit",
    "Offered",
    "Release",
    "Released",
    "Return",
    "Returned",
    "Search",
    "StandDown",
    "State",
    "Status",
    "Visited",
    "Withdrawn",
    "decider",
]
