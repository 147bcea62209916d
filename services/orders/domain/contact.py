"""A contact: a person was visited at home or called, by whom, when, and how things stood.

Recorded once and for all, at the door or later (``captured_at`` tells when it was). What did not stand well is
``trouble``; goods bought on the way, and those that could not be, become errands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.contacts import Way

Finding = Literal["ok", "not_ok"]


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What the visitor was asked to buy with the person's own money: bought for ``amount_fen``, or not to be had."""

    errand_id: UUID
    goods: str
    quantity: int
    amount_fen: int
    bought: bool
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """``reached``: the person was met or answered. ``need_id`` is the need registered in the same act."""

    person_id: UUID
    way: Way
    captured_at: datetime
    visitor: str
    reached: bool
    checklist: tuple[tuple[str, Finding], ...]
    notes: Sealed | None
    need_id: UUID | None
    goods: tuple[Goods, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The contact with the day it was on; ``late`` where its record arrived later than the policy allows."""

    person_id: UUID
    township: str
    village: str
    way: Way
    day: date
    captured_at: datetime
    visitor: str
    reached: bool
    late: bool
    checklist: tuple[tuple[str, Finding], ...]
    notes: Sealed | None
    need_id: UUID | None
    goods: tuple[Goods, ...]
    by: str
    at: datetime

    @property
    def trouble(self) -> tuple[str, ...]:
        """What did not stand well."""
        return tuple(sorted(name for name, finding in self.checklist if finding == "not_ok"))


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the person lives, and the day they died."""

    township: str
    village: str
    died_on: date | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; the person's home, None where nobody is registered."""

    policies: tuple[Policy, ...]
    place: Place | None


def decide(command: Record, state: Recorded | None, known: Known) -> list[Recorded]:
    """A contact is of somebody registered, not in the future, and not after their death."""
    if state is not None:
        return []
    place = known.place
    if place is None:
        raise Rejected("contact.person_unknown")
    if command.captured_at > command.at:
        raise Rejected("contact.in_the_future")
    day = business_day(command.captured_at)
    if place.died_on is not None and day > place.died_on:
        raise Rejected("contact.after_death")
    for number, goods in enumerate(command.goods, 1):
        if goods.amount_fen and not goods.bought:
            raise Rejected("contact.price_of_nothing", number=number)
    rules = in_force(known.policies, day).contacts
    return [
        Recorded(
            person_id=command.person_id,
            township=place.township,
            village=place.village,
            way=command.way,
            day=day,
            captured_at=command.captured_at,
            visitor=command.visitor,
            reached=command.reached,
            late=command.at - command.captured_at > timedelta(hours=rules.record_within_hours),
            checklist=tuple(sorted(command.checklist)),
            notes=command.notes,
            need_id=command.need_id,
            goods=command.goods,
            by=command.by,
            at=command.at,
        )
    ]


def evolve(_state: Recorded | None, event: Recorded) -> Recorded:
    """A contact never changes."""
    return event


CATEGORY = "orders.contact"
decider: Decider[Record, Recorded | None, Recorded, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Recorded)
)
