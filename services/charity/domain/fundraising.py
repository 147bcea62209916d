"""A charity's qualification to raise funds in public 公开募捐资格, as the bureau recorded it.
Qualify ─▶ Qualified ─ Qualify ─▶ Qualified (a new certificate takes the place of the old)
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics

NAMESPACE = uuid.UUID("8c2f6f0e-7a54-5f0b-8a6e-4c90d1f7b013")
CATEGORY = "charity.fundraising"


@dataclass(frozen=True, kw_only=True)
class Qualify:
    """The bureau records the certificate: its number, and the first and last day on which it holds."""

    charity: UUID
    number: str
    first: date
    last: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """The charity may raise funds in public on these days, both inclusive."""

    charity: UUID
    number: str
    first: date
    last: date
    at: datetime


def stream_of(charity: UUID) -> UUID:
    """The stream beside the charity's own."""
    return uuid.uuid5(NAMESPACE, str(charity))


def decide(command: Qualify, before: Qualified | None, known: bool | None) -> list[Qualified]:
    """``known``: the charity is registered. The same certificate again changes nothing."""
    if not known:
        raise Rejected("charity.unknown")
    if command.last < command.first:
        raise Rejected("fundraising.days_reversed")
    said = (command.number, command.first, command.last)
    if before is not None and (before.number, before.first, before.last) == said:
        return []
    return [
        Qualified(charity=command.charity, number=command.number, first=command.first, last=command.last, at=command.at)
    ]


def evolve(_before: Qualified | None, event: Qualified) -> Qualified:
    """The latest certificate holds."""
    return event


decider: Decider[Qualify, Qualified | None, Qualified, bool | None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Qualified)
)
