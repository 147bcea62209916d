"""A charity 慈善组织: to which the bureau refers love orders, and which publishes them.
Register ─▶ active ─ Suspend ─▶ suspended ─ Reinstate ─▶ active
               └──────────────────┴ Remove ─▶ removed

People act for it from a day to a day; where it has named any, nobody else does (paper 003, part 2 (3) item 4).
"""

from __future__ import annotations

import uuid
from uuid import UUID

from chassis.kernel import Decider, topics
from services.charity.domain.charity.deciding import decide, evolve
from services.charity.domain.charity.messages import (
    EVENTS,
    Amend,
    Amended,
    Command,
    EndPerson,
    Event,
    NamePerson,
    PersonEnded,
    PersonNamed,
    Register,
    Registered,
    Reinstate,
    Reinstated,
    Remove,
    Removed,
    Suspend,
    Suspended,
)
from services.charity.domain.charity.standing import Charity, Person

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b001")
CATEGORY = "charity.charity"


def stream_of(county: str, code: str) -> UUID:
    """The charity's id: one per county and credit code."""
    return uuid.uuid5(NAMESPACE, f"{county}/{code}")


decider: Decider[Command, Charity, Event, None] = Decider(
    category=CATEGORY, initial=Charity(), decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)

__all__ = [
    "CATEGORY",
    "Amend",
    "Amended",
    "Charity",
    "EndPerson",
    "NamePerson",
    "Person",
    "PersonEnded",
    "PersonNamed",
    "Register",
    "Registered",
    "Reinstate",
    "Reinstated",
    "Remove",
    "Removed",
    "Suspend",
    "Suspended",
    "decider",
    "stream_of",
]
