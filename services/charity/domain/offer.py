"""A low-price offer 低偿服务 of a company in the resource library 资源库: an item at a price for a unit, above nothing.
Offer ─▶ offered ─ Withdraw ─▶ withdrawn

A charity names one for a love order whose agreed price is not below it; the company then claims the order at its own
price (paper 003, part 2 (7) item 16).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics

CATEGORY = "charity.offer"
Status = Literal["none", "offered", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is offered: one unit of ``item`` for ``price_fen``, in these townships, both days inclusive."""

    claimant: UUID
    item: str
    price_fen: int
    townships: tuple[str, ...]
    from_day: date
    to_day: date


@dataclass(frozen=True, kw_only=True)
class Make:
    """A company offers."""

    terms: Terms
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """It does not any more."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Made:
    """The offer stands in the library."""

    terms: Terms
    rule: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """It stands there no more."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """``company`` says whether who offers is a registered company, None where it is not registered; ``rule`` is the
    settlement rule by which the county pays such offers, empty where it takes none."""

    company: bool | None
    rule: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The state."""

    status: Status = "none"
    terms: Terms | None = None
    rule: str = ""


Command = Make | Withdraw
Event = Made | Withdrawn


def decide(command: Command, offer: Offer, known: Known | None) -> list[Event]:
    """A company offers where the county takes offers; withdrawn once."""
    match command:
        case Make() if offer.status != "none":
            return []
        case Make():
            assert known is not None
            return _make(command, known)
        case Withdraw() if offer.status == "none":
            raise Rejected("price_offer.unknown")
        case Withdraw():
            return [Withdrawn(at=command.at)] if offer.status == "offered" else []


def _make(command: Make, known: Known) -> list[Event]:
    if known.company is None:
        raise Rejected("claimant.unknown")
    if not known.company:
        raise Rejected("offer.of_companies_only")
    if not known.rule:
        raise Rejected("offer.not_taken_here")
    if command.terms.to_day < command.terms.from_day:
        raise Rejected("offer.ends_before_it_begins")
    return [Made(terms=command.terms, rule=known.rule, at=command.at)]


def evolve(offer: Offer, event: Event) -> Offer:
    """What happened, one after another."""
    match event:
        case Made():
            return Offer(status="offered", terms=event.terms, rule=event.rule)
        case Withdrawn():
            return replace(offer, status="withdrawn")


decider: Decider[Command, Offer, Event, Known | None] = Decider(
    category=CATEGORY, initial=Offer(), decide=decide, evolve=evolve, events=topics(CATEGORY, Made, Withdrawn)
)
