"""What a township owes and an assessor looked at 履职考核: cadres' visits, guardians' care, funds and goods in place.

    Assess ─▶ Assessed*      of a month, township and duty; a later one takes the place of the earlier

It touches no money; where a duty was not done, a finding is opened
(paper 000, part 2 (6) point 1: what is not done is mended in time).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.providers.domain import calendar

NAMESPACE = uuid.UUID("4f8a2f0b-1f57-5c68-a4e8-95d5f6a7b320")
CATEGORY = "providers.duty"
Duty = Literal["cadre_visits", "guardians", "funds", "goods"]


@dataclass(frozen=True, kw_only=True)
class Assess:
    """``met`` of ``samples`` cases looked at were as they should be."""

    month: str
    township: str
    duty: Duty
    samples: int
    met: int
    text: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """What was seen."""

    month: str
    township: str
    duty: Duty
    samples: int
    met: int
    text: Sealed
    by: str
    at: datetime


def decide(command: Assess, _state: Assessed | None, _known: None) -> list[Assessed]:
    """Of a month that has begun; no more can be met than was looked at."""
    if command.met > command.samples:
        raise Rejected("duty.met_beyond", samples=command.samples)
    if calendar.month_of(calendar.day_of(command.at)) < command.month:
        raise Rejected("duty.month_not_begun")
    return [
        Assessed(
            month=command.month,
            township=command.township,
            duty=command.duty,
            samples=command.samples,
            met=command.met,
            text=command.text,
            by=command.by,
            at=command.at,
        )
    ]


def evolve(_state: Assessed | None, event: Assessed) -> Assessed:
    """The last assessment stands."""
    return event


def stream_of(month: str, township: str, duty: str) -> UUID:
    """The stream of a township's duty in a month."""
    return uuid.uuid5(NAMESPACE, f"{month}/{township}/{duty}")


decider: Decider[Assess, Assessed | None, Assessed, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Assessed)
)
