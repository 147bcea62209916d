"""A charity 慈善组织: to which the bureau refers love orders, and which publishes them.
Register ─▶ Registered
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.charity.domain import credit_code

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b001")
CATEGORY = "charity.charity"


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a charity."""

    name: str
    credit_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The charity is known."""

    name: str
    credit_code: str
    at: datetime


def decide(command: Register, charity: Registered | None, _known: None) -> list[Registered]:
    """Register once by credit code."""
    if not credit_code.is_valid(command.credit_code):
        raise Rejected("charity.credit_code_wrong")
    if charity is not None:
        raise Rejected("charity.registered_already")
    return [Registered(name=command.name, credit_code=command.credit_code, at=command.at)]


def evolve(_charity: Registered | None, event: Registered) -> Registered:
    """A charity stays as registered."""
    return event


def stream_of(county: str, code: str) -> UUID:
    """The charity's id: one per county and credit code."""
    return uuid.uuid5(NAMESPACE, f"{county}/{code}")


decider: Decider[Register, Registered | None, Registered, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Registered)
)
