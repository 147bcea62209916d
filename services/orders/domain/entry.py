"""Entrants of a month: who came under a category, and what has become of them since.

Everybody newly taken into the assistance roll is asked for difficulties and needs of service in time, and taken into
service (paper 001, part 4 (9)). Days are counted from the day of entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.orders.domain.status import Status

FollowUp = Literal["nothing_yet", "need_registered", "decided", "left"]


def entered_on(statuses: Sequence[Status], registered_on: date) -> date | None:
    """The first day of the spell of categories that goes on; None where the person has none now.

    Who has had one from the beginning entered with the registration. A spell is not cut by another category following
    on the same day: 1 March dibao, 1 June dibao and disabled, nothing from 1 July, dibao from 1 September: entered on
    1 September.
    """
    entered: date | None = None
    for status in statuses:
        if not status.categories:
            entered = None
        elif entered is None:
            entered = registered_on if status.from_day == date.min else status.from_day
    return entered


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Where an entrant stands; ``days`` it took, or has taken until today."""

    state: FollowUp
    days: int
    due_on: date
    overdue: bool


def followed(
    entered: date, registered: date | None, decided: date | None, died: date | None, today: date, within_days: int
) -> Followed:
    """The first need since the entry: when it was registered and decided on; until then it is due ``within_days``."""
    due = entered + timedelta(days=within_days)
    if decided is not None:
        return Followed(state="decided", days=(decided - entered).days, due_on=due, overdue=decided > due)
    if died is not None:
        return Followed(state="left", days=(died - entered).days, due_on=due, overdue=False)
    state: FollowUp = "nothing_yet" if registered is None else "need_registered"
    return Followed(state=state, days=(today - entered).days, due_on=due, overdue=today > due)
