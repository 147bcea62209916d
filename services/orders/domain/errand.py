"""An errand: goods bought for a person on a visit, or that could not be bought and somebody else must get.

    Bought
    Missing (township) ─ Escalated (county) ─▶ Settled

Rice, flour, oil and daily goods are bought with the person's own money and kept in a ledger; what cannot be bought is
brought to the offices that can help (paper 000, part 2 (4)): first the township, after some days the county.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force

Stage = Literal["bought", "missing", "settled"]
Level = Literal["township", "county"]
How = Literal["bought", "provided", "not_needed"]


@dataclass(frozen=True, kw_only=True)
class Run:
    """The visitor was asked for ``goods`` on ``day``; ``bought`` or not. ``sha256`` is the receipt's."""

    person_id: UUID
    contact_id: UUID
    goods: str
    quantity: int
    amount_fen: int
    bought: bool
    sha256: str
    township: str
    village: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Escalate:
    """The township's days are over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settle:
    """The goods were got after all, given by somebody, or are needed no more."""

    how: How
    amount_fen: int
    by: str
    at: datetime


Command = Run | Escalate | Settle


@dataclass(frozen=True, kw_only=True)
class Bought:
    """A line of the ledger."""

    person_id: UUID
    contact_id: UUID
    goods: str
    quantity: int
    amount_fen: int
    sha256: str
    township: str
    village: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Could not be bought; the township has until ``settle_by``, inclusive."""

    person_id: UUID
    contact_id: UUID
    goods: str
    quantity: int
    township: str
    village: str
    day: date
    settle_by: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """The county is asked."""

    level: Level
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settled:
    """Closed, with what it cost the person."""

    how: How
    amount_fen: int
    by: str
    at: datetime


Event = Bought | Missing | Escalated | Settled


@dataclass(frozen=True, kw_only=True)
class Errand:
    """``level`` is who has to see to it while the goods are missing."""

    first: Bought | Missing
    stage: Stage
    amount_fen: int
    level: Level = "township"
    how: str = ""


def decide(command: Command, state: Errand | None, policies: tuple[Policy, ...]) -> list[Event]:
    """Bought is bought; what is missing stays open until somebody settles it."""
    if isinstance(command, Run):
        return [] if state is not None else [_run(command, policies)]
    if state is None:
        raise Rejected("errand.unknown")
    match command:
        case Escalate():
            waits = state.stage == "missing" and state.level == "township"
            return [Escalated(level="county", at=command.at)] if waits else []
        case Settle():
            return _settle(command, state)


def evolve(state: Errand | None, event: Event) -> Errand:
    """The errand after ``event``."""
    match event:
        case Bought():
            return Errand(first=event, stage="bought", amount_fen=event.amount_fen)
        case Missing():
            return Errand(first=event, stage="missing", amount_fen=0)
    assert state is not None
    match event:
        case Escalated():
            return replace(state, level=event.level)
        case Settled():
            return replace(state, stage="settled", amount_fen=event.amount_fen, how=event.how)


def _run(command: Run, policies: tuple[Policy, ...]) -> Event:
    if command.bought:
        return Bought(
            person_id=command.person_id,
            contact_id=command.contact_id,
            goods=command.goods,
            quantity=command.quantity,
            amount_fen=command.amount_fen,
            sha256=command.sha256,
            township=command.township,
            village=command.village,
            day=command.day,
            at=command.at,
        )
    today = business_day(command.at)
    return Missing(
        person_id=command.person_id,
        contact_id=command.contact_id,
        goods=command.goods,
        quantity=command.quantity,
        township=command.township,
        village=command.village,
        day=command.day,
        settle_by=today + timedelta(days=in_force(policies, today).contacts.settle_within_days),
        at=command.at,
    )


def _settle(command: Settle, state: Errand) -> list[Event]:
    if state.stage == "settled" and (state.how, state.amount_fen) == (command.how, command.amount_fen):
        return []
    if state.stage != "missing":
        raise Rejected("errand.not_open")
    if bool(command.amount_fen) != (command.how == "bought"):
        raise Rejected("errand.price_missing")
    return [Settled(how=command.how, amount_fen=command.amount_fen, by=command.by, at=command.at)]


CATEGORY = "orders.errand"
decider: Decider[Command, Errand | None, Event, tuple[Policy, ...]] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Bought, Missing, Escalated, Settled),
)
