"""A household as the register holds it: who belonged to it when, and what it was classed as when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.categories import Group
from services.orders.domain.days import ONE_DAY
from services.orders.domain.household.words import (
    Classified,
    Declassified,
    Event,
    Founded,
    Joined,
    Left,
    RecheckDue,
    Rechecked,
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody who belongs to it, from a day on and perhaps to one."""

    person: UUID
    relation: str
    from_day: date
    to_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Class:
    """A category of it for some days; ``due``: the check again was due and has not been made."""

    category: str
    grade: str
    from_day: date
    recheck_on: date
    to_day: date | None = None
    due: bool = False


@dataclass(frozen=True, kw_only=True)
class Household:
    """``registered_region`` is where its household book is kept, ``village`` where it lives."""

    household_number: str
    number: int
    registered_region: str
    township: str
    village: str
    address: Sealed | None
    single: bool
    members: tuple[Member, ...] = ()
    classes: tuple[Class, ...] = ()
    findings: Sealed | None = None

    def member(self, person: UUID) -> Member | None:
        """The present membership of ``person``."""
        return next((one for one in self.members if one.person == person and one.to_day is None), None)

    def classed(self, category: str) -> Class | None:
        """The class of this category that has no end yet."""
        return next((one for one in self.classes if one.category == category and one.to_day is None), None)


def groups_of(household: Household, id: UUID, person: UUID) -> tuple[Group, ...]:
    """What the household was classed as while ``person`` belonged to it."""
    groups = []
    for member in (one for one in household.members if one.person == person):
        for held in household.classes:
            begun = max(member.from_day, held.from_day)
            last = min(member.to_day or date.max, held.to_day or date.max)
            if begun <= last:
                to_day = None if last == date.max else last
                groups.append(
                    Group(household=str(id), category=held.category, grade=held.grade, from_day=begun, to_day=to_day)
                )
    return tuple(sorted(groups, key=lambda group: (group.from_day, group.category)))


def evolve(state: Household | None, event: Event) -> Household:
    """The household after ``event``."""
    if isinstance(event, Founded):
        return Household(
            household_number=event.household_number,
            number=event.number,
            registered_region=event.registered_region,
            township=event.township,
            village=event.village,
            address=event.address,
            single=event.single,
        )
    assert state is not None
    match event:
        case Joined():
            member = Member(person=event.person, relation=event.relation, from_day=event.from_day)
            return replace(state, members=(*state.members, member))
        case Left():
            return replace(state, members=tuple(_left(one, event) for one in state.members))
        case Classified():
            return replace(state, classes=_classified(state.classes, event))
        case Declassified():
            return replace(state, classes=_ended(state.classes, event.category, event.last_day))
        case Rechecked():
            classes = tuple(_rechecked(one, event) for one in state.classes)
            return replace(state, classes=classes, findings=event.findings or state.findings)
        case RecheckDue():
            return replace(
                state, classes=tuple(replace(one, due=True) if _is(one, event) else one for one in state.classes)
            )


def _is(one: Class, event: Rechecked | RecheckDue) -> bool:
    return one.category == event.category and one.to_day is None


def _left(one: Member, event: Left) -> Member:
    return replace(one, to_day=event.last_day) if one.person == event.person and one.to_day is None else one


def _classified(classes: tuple[Class, ...], event: Classified) -> tuple[Class, ...]:
    """The new grade takes the place of the one before from its first day on."""
    began = Class(category=event.category, grade=event.grade, from_day=event.from_day, recheck_on=event.recheck_on)
    before = _ended(classes, event.category, event.from_day - ONE_DAY)
    return (*(one for one in before if one.to_day is None or one.from_day <= one.to_day), began)


def _ended(classes: tuple[Class, ...], category: str, last_day: date) -> tuple[Class, ...]:
    return tuple(
        replace(one, to_day=last_day, due=False) if one.category == category and one.to_day is None else one
        for one in classes
    )


def _rechecked(one: Class, event: Rechecked) -> Class:
    return replace(one, recheck_on=event.recheck_on, due=False) if _is(one, event) else one
