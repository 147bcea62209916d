"""The monthly grade of a provider in a township, or that it is waived (S10).

Give ─▶ Graded*       a later grade replaces the earlier; after the month's close it is a correction
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.settlement.domain.engine.rulings import WAIVED

CATEGORY = "settlement.grade"


@dataclass(frozen=True, kw_only=True)
class Give:
    """The bureau grades; ``waived`` as the grade says that none is due. ``month_id`` is the month's stream."""

    month_id: UUID
    month: str
    payee: str
    township: str
    grade: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Graded:
    """The grade stands; the month's close may have waited for it."""

    month_id: UUID
    month: str
    payee: str
    township: str
    grade: str
    at: datetime


def decide(command: Give, state: Graded | None, known: frozenset[str]) -> list[Graded]:
    """``known`` are the grades of the version in force on the month's last day."""
    if command.grade != WAIVED and command.grade not in known:
        raise Rejected("grade.unknown", grades=", ".join(sorted(known)))
    if state is not None and state.grade == command.grade:
        return []
    return [
        Graded(
            month_id=command.month_id,
            month=command.month,
            payee=command.payee,
            township=command.township,
            grade=command.grade,
            at=command.at,
        )
    ]


def evolve(_state: Graded | None, event: Graded) -> Graded:
    """The last grade stands."""
    return event


def stream_of(month_id: UUID, payee: str, township: str) -> UUID:
    """The stream of a payee's grade of a month in a township."""
    return uuid.uuid5(month_id, f"grade/{payee}/{township}")


decider: Decider[Give, Graded | None, Graded, frozenset[str]] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Graded)
)
