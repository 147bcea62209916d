"""A pledge 认捐: money or goods promised to an appeal, a village's fund or one love order, kept by its day.
    Make ─▶ open ─ Pay* ─▶ paid │ Withdraw ─▶ withdrawn │ its day passes ─▶ lapsed

A pledge for one order can be used for that order only: it is a fund of its own, the pot ``bound_to`` it (S14).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics

CATEGORY = "charity.pledge"
Shown = Literal["named", "masked", "anonymous"]
Standing = Literal["none", "open", "paid", "withdrawn", "lapsed"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Who promises what to whom: a claimant's id, or a sealed name, or neither where the donor stays unknown.

    ``masked`` is the name as it may hang in a village. ``pot`` receives it; ``order_id`` where it is for one order;
    ``leftover_to``: where what that order does not need goes.
    """

    charity: UUID
    pot: UUID
    order_id: UUID | None
    donor: UUID | None
    name: Sealed | None
    masked: str
    shown: Shown
    what: str
    amount: int
    leftover_to: UUID | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's rules: whether donors may stay unnamed, for how many days a pledge stands; whether the pot is one of
    the charity's that still receives."""

    anonymity: bool
    days: int
    receives: bool


@dataclass(frozen=True, kw_only=True)
class Make:
    """Promise."""

    terms: Terms
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Pay:
    """A donation keeps the promise, or part of it."""

    donation_id: UUID
    charity: UUID
    what: str
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The donor takes the promise back, as far as it is not kept."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """Its day has come."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Made:
    """It stands until ``until``."""

    terms: Terms
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Paid:
    """So much of it came in."""

    donation_id: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """So much is promised no more."""

    amount: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """So much was not paid in time and is promised no more."""

    amount: int
    at: datetime


Command = Make | Pay | Withdraw | Lapse
Event = Made | Paid | Withdrawn | Lapsed


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """The state; ``gifts`` are the donations that kept it."""

    standing: Standing = "none"
    terms: Terms | None = None
    until: datetime | None = None
    made_at: datetime | None = None
    paid: int = 0
    gifts: tuple[UUID, ...] = ()

    @property
    def left(self) -> int:
        """What is promised and not paid."""
        return self.terms.amount - self.paid if self.terms and self.standing == "open" else 0


def decide(command: Command, pledge: Pledge, known: Known | None) -> list[Event]:
    """Keep the promise up to its amount, while it stands."""
    match command:
        case Make():
            return _make(command, pledge, known)
        case _ if pledge.terms is None:
            raise Rejected("pledge.unknown")
        case Pay():
            return _pay(command, pledge, pledge.terms)
        case Withdraw() if pledge.standing == "withdrawn":
            return []
        case Withdraw() if pledge.standing != "open":
            raise Rejected("pledge.over")
        case Withdraw():
            return [Withdrawn(amount=pledge.left, at=command.at)]
        case Lapse() if pledge.standing != "open" or (pledge.until is not None and command.at < pledge.until):
            return []
        case Lapse():
            return [Lapsed(amount=pledge.left, at=command.at)]


def _make(command: Make, pledge: Pledge, known: Known | None) -> list[Event]:
    if pledge.terms is not None:
        return []
    if known is None:
        raise Rejected("policy.none_in_force")
    terms = command.terms
    if terms.donor is None and terms.name is None and not known.anonymity:
        raise Rejected("donation.anonymity_not_allowed")
    if terms.shown == "anonymous" and not known.anonymity:
        raise Rejected("donation.anonymity_not_allowed")
    if terms.order_id is None and not known.receives:
        raise Rejected("pot.unknown")
    return [Made(terms=terms, until=command.at + timedelta(days=known.days), at=command.at)]


def _pay(command: Pay, pledge: Pledge, terms: Terms) -> list[Event]:
    if command.donation_id in pledge.gifts:
        return []
    if command.charity != terms.charity:
        raise Rejected("pot.of_another_charity")
    if pledge.standing != "open":
        raise Rejected("pledge.over")
    if command.what != terms.what or command.amount > pledge.left:
        raise Rejected("pledge.promised_less", left=pledge.left)
    return [Paid(donation_id=command.donation_id, amount=command.amount, at=command.at)]


def evolve(pledge: Pledge, event: Event) -> Pledge:
    """What happened, one after another."""
    match event:
        case Made():
            return Pledge(standing="open", terms=event.terms, until=event.until, made_at=event.at)
        case Paid():
            after = replace(pledge, paid=pledge.paid + event.amount, gifts=(*pledge.gifts, event.donation_id))
            return after if after.left else replace(after, standing="paid")
        case Withdrawn():
            return replace(pledge, standing="withdrawn")
        case Lapsed():
            return replace(pledge, standing="lapsed")


decider: Decider[Command, Pledge, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Pledge(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Made, Paid, Withdrawn, Lapsed),
)
