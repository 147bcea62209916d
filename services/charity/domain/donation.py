"""A donation 捐赠: money or goods that a charity received, with a receipt whose numbers have no gap.
    Record ─▶ recorded ─ Void ─▶ void (entered wrongly; its number stays used)

Numbers run by charity and calendar year (the Charity Law asks for a receipt of each donation). A donation for one love
order never exceeds what the order can still take; the rest goes to the pot that the donor named, or is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.charity.domain.pledge import Shown

CATEGORY = "charity.donation"
Cause = Literal["objective", "mistake", "violation"]


@dataclass(frozen=True, kw_only=True)
class Gift:
    """Who gave what to whom. ``pot`` for an appeal or fund, ``order_id`` for one love order, ``pledge`` where it keeps
    one; ``excess_to`` takes what the order does not need; ``masked`` is the name as it may hang in a village."""

    charity: UUID
    pot: UUID | None
    order_id: UUID | None
    pledge: UUID | None
    donor: UUID | None
    name: Sealed | None
    masked: str
    shown: Shown
    what: str
    amount: int
    day: date
    excess_to: UUID | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """``last`` is the last number of the charity's year; ``anonymity``: donors may stay unnamed; ``room`` is what the
    order can still take of it; ``excess``: the pot for the rest is the charity's; ``pledged_to``: the appeal or fund
    that the pledge is for."""

    registered: bool
    last: int
    anonymity: bool
    room: int = 0
    excess: bool = False
    pledged_to: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """Enter it."""

    gift: Gift
    today: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Void:
    """It was entered wrongly."""

    cause: Cause
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """It has its number in the charity's ``year``; ``pot`` is the appeal or fund it is for, also by a pledge;
    ``for_order`` of it is for the order, the rest for ``excess_to``."""

    gift: Gift
    pot: UUID | None
    year: int
    number: int
    for_order: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Voided:
    """It counts no more, and says why; it had been for ``pot``."""

    pot: UUID | None
    cause: Cause
    reason_code: str
    at: datetime


Command = Record | Void
Event = Recorded | Voided


@dataclass(frozen=True, kw_only=True)
class Donation:
    """The state."""

    recorded: Recorded | None = None
    void: bool = False


def decide(command: Command, donation: Donation, known: Known | None) -> list[Event]:
    """Number it once."""
    match command:
        case Record():
            return [] if donation.recorded else _record(command, known)
        case Void() if donation.recorded is None:
            raise Rejected("donation.unknown")
        case Void() if donation.void:
            return []
        case Void() if donation.recorded.gift.pledge or donation.recorded.gift.order_id:
            raise Rejected("donation.bound_to_an_order")
        case Void():
            return [
                Voided(
                    pot=donation.recorded.gift.pot, cause=command.cause, reason_code=command.reason_code, at=command.at
                )
            ]


def _record(command: Record, known: Known | None) -> list[Event]:
    gift = command.gift
    if known is None:
        raise Rejected("policy.none_in_force")
    if not known.registered:
        raise Rejected("charity.unknown")
    if [gift.pot, gift.order_id, gift.pledge].count(None) != 2:
        raise Rejected("donation.receiver_unnamed")
    if gift.day > command.today:
        raise Rejected("donation.in_the_future")
    unnamed = gift.donor is None and gift.name is None
    if (unnamed or gift.shown == "anonymous") and not known.anonymity:
        raise Rejected("donation.anonymity_not_allowed")
    for_order = min(gift.amount, known.room) if gift.order_id else 0
    if gift.order_id and for_order < gift.amount and gift.excess_to is None:
        raise Rejected("donation.exceeds_the_order", left=known.room)
    if gift.excess_to is not None and not known.excess:
        raise Rejected("pot.unknown")
    pot = gift.pot or known.pledged_to
    return [
        Recorded(gift=gift, pot=pot, year=command.today.year, number=known.last + 1, for_order=for_order, at=command.at)
    ]


def evolve(donation: Donation, event: Event) -> Donation:
    """What happened, one after another."""
    match event:
        case Recorded():
            return Donation(recorded=event)
        case Voided():
            return replace(donation, void=True)


decider: Decider[Command, Donation, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Donation(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Recorded, Voided),
)
