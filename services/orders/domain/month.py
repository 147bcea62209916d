"""A month's seal in the orders' log: after it every fact of that month is late (S2).

    SealDelayed* ─ SealBegun ─▶ Sealed

While messages of the county are parked here nothing is sealed; it is tried again, at growing intervals. Plans whose
month is not counted yet are counted between SealBegun and Sealed, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics

NAMESPACE = UUID("0d6a1d52-3f0e-5b7e-9f1c-7a5f6d2b8c41")
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def stream_of(county: str, month: str) -> UUID:
    """The stream of a county's month."""
    return uuid5(NAMESPACE, f"{county}/{month}")


@dataclass(frozen=True, kw_only=True)
class Seal:
    """Settlement wants to close ``month``."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FinishSeal:
    """Every plan of the month is counted."""

    at: datetime


Command = Seal | FinishSeal


@dataclass(frozen=True, kw_only=True)
class SealDelayed:
    """``parked`` messages stand in the way; tried again at ``again_at``."""

    month: str
    parked: int
    again_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SealBegun:
    """The plans named are still to be counted; ``waiting`` completions of the month are not accepted yet."""

    month: str
    plans: tuple[UUID, ...]
    waiting: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """Facts of the month told from here on are late."""

    month: str
    waiting: int
    at: datetime


Event = SealDelayed | SealBegun | Sealed


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month on its way to its seal."""

    month: str
    stage: Literal["delayed", "begun", "sealed"]
    delays: int = 0
    parked: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Known:
    """Messages parked here, plans of the month not counted yet, completions of it that wait for a verdict."""

    parked: int
    plans: tuple[UUID, ...]
    waiting: int


def decide(command: Command, state: Month | None, known: Known) -> list[Event]:
    """Seal once, and only when nothing that belongs before the seal is still on its way."""
    match command:
        case Seal():
            if state is not None and state.stage != "delayed":
                return []
            if known.parked:
                wait = min(FIRST_WAIT * 2 ** min(state.delays if state else 0, 10), LONGEST_WAIT)
                delayed = SealDelayed(
                    month=command.month, parked=known.parked, again_at=command.at + wait, at=command.at
                )
                return [delayed]
            return [SealBegun(month=command.month, plans=known.plans, waiting=known.waiting, at=command.at)]
        case FinishSeal():
            if state is None or state.stage == "delayed":
                raise Rejected("month.seal_not_begun")
            return [] if state.stage == "sealed" else [_sealed(state, command.at)]


def evolve(state: Month | None, event: Event) -> Month:
    """The month after ``event``."""
    before = state or Month(month=event.month, stage="delayed")
    match event:
        case SealDelayed():
            return replace(before, delays=before.delays + 1, parked=event.parked)
        case SealBegun():
            return replace(before, stage="begun", parked=0, waiting=event.waiting)
        case Sealed():
            return replace(before, stage="sealed")


def _sealed(state: Month, at: datetime) -> Sealed:
    return Sealed(month=state.month, waiting=state.waiting, at=at)


CATEGORY = "orders.month"
decider: Decider[Command, Month | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, SealDelayed, SealBegun, Sealed),
)
