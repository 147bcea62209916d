"""A household 户: its members, and the categories that they have through it.

    Founded ─ Joined* ─ Left*            Classified ─ Rechecked* ─ RecheckDue? ─▶ Declassified

Person and household are apart (paper 002: somebody may be counted as a household by themselves). Classes are checked
again: destitute people and dibao A and B yearly, C half-yearly (paper 002, item 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.household.state import Household, evolve
from services.orders.domain.household.words import (
    EVENTS,
    Classified,
    Classify,
    Command,
    Declassified,
    Declassify,
    Event,
    FallDue,
    Found,
    Founded,
    Join,
    Joined,
    Leave,
    Left,
    Recheck,
    RecheckDue,
    Rechecked,
)
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.people import HOUSEHOLD


@dataclass(frozen=True, kw_only=True)
class Lives:
    """What a household knows of somebody who joins: the household they belong to now, and whether they have died."""

    household: UUID | None
    died: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, the number the next household gets, and who those are that join."""

    policies: tuple[Policy, ...]
    county: str
    next_number: int = 0
    people: Mapping[UUID, Lives] = field(default_factory=dict)


def decide(command: Command, state: Household | None, known: Known) -> list[Event]:
    """Nobody belongs to two households; a class has a policy's category, and a day of its next check."""
    if isinstance(command, Found):
        return [] if state is not None else [_found(command, known)]
    if state is None:
        raise Rejected("household.unknown")
    match command:
        case Join():
            return _join(command, state, known)
        case Leave():
            return _leave(command, state)
        case Classify():
            return _classify(command, state, known)
        case Declassify():
            return _declassify(command, state)
        case Recheck():
            return _recheck(command, state, known)
        case FallDue():
            return [
                RecheckDue(category=one.category, on=one.recheck_on, at=command.at)
                for one in state.classes
                if one.to_day is None and not one.due and one.recheck_on <= command.on
            ]


def _found(command: Found, known: Known) -> Founded:
    if not command.village.startswith(command.township) or not command.township.startswith(known.county[:6]):
        raise Rejected("household.region_wrong")
    return Founded(
        household_number=f"{known.county}H{known.next_number:06}",
        number=known.next_number,
        registered_region=command.registered_region,
        township=command.township,
        village=command.village,
        address=command.address,
        single=command.single,
        at=command.at,
    )


def _join(command: Join, state: Household, known: Known) -> list[Event]:
    member = state.member(command.person)
    if member is not None and (member.relation, member.from_day) == (command.relation, command.from_day):
        return []
    lives = known.people.get(command.person)
    if lives is None:
        raise Rejected("household.person_unknown")
    if lives.died:
        raise Rejected("beneficiary.died")
    if member is not None or lives.household is not None:
        raise Rejected("household.person_elsewhere")
    if state.single and any(one.to_day is None for one in state.members):
        raise Rejected("household.is_single")
    if command.from_day > business_day(command.at):
        raise Rejected("household.in_the_future")
    if any(one.person == command.person and command.from_day <= (one.to_day or date.max) for one in state.members):
        raise Rejected("household.joins_before_leaving")
    return [Joined(person=command.person, relation=command.relation, from_day=command.from_day, at=command.at)]


def _leave(command: Leave, state: Household) -> list[Event]:
    member = state.member(command.person)
    if member is None:
        if any((one.person, one.to_day) == (command.person, command.last_day) for one in state.members):
            return []
        raise Rejected("household.not_a_member")
    if command.last_day < member.from_day:
        raise Rejected("household.leaves_before_joining")
    if command.last_day > business_day(command.at):
        raise Rejected("household.in_the_future")
    return [Left(person=command.person, last_day=command.last_day, reason_code=command.reason_code, at=command.at)]


def _classify(command: Classify, state: Household, known: Known) -> list[Event]:
    policy = in_force(known.policies, business_day(command.at))
    named = policy.people.categories.get(command.category)
    if named is None or named.group != HOUSEHOLD:
        raise Rejected("household.category_not_of_households")
    if policy.people.graded(command.category) != bool(command.grade):
        raise Rejected("household.grade_missing" if not command.grade else "household.grade_not_used")
    held = state.classed(command.category)
    if held is not None and (held.grade, held.from_day) == (command.grade, command.from_day):
        return []
    if any(command.from_day <= _last(one.from_day, one.to_day) for one in state.classes
           if one.category == command.category):  # fmt: skip
        raise Rejected("household.class_begins_before_the_last")
    months = policy.people.recheck_months(command.category, command.grade)
    return [
        Classified(
            category=command.category,
            grade=command.grade,
            from_day=command.from_day,
            recheck_on=months_after(command.from_day, months),
            policy=policy.version,
            at=command.at,
        )
    ]


def _last(from_day: date, to_day: date | None) -> date:
    """The day after which the next class of the same category may begin: one that runs gives way after it began."""
    return from_day if to_day is None else to_day


def _declassify(command: Declassify, state: Household) -> list[Event]:
    held = state.classed(command.category)
    if held is None:
        if any((one.category, one.to_day) == (command.category, command.last_day) for one in state.classes):
            return []
        raise Rejected("household.not_in_this_class")
    if command.last_day < held.from_day:
        raise Rejected("household.class_ends_before_it_begins")
    return [
        Declassified(
            category=command.category, last_day=command.last_day, reason_code=command.reason_code, at=command.at
        )
    ]


def _recheck(command: Recheck, state: Household, known: Known) -> list[Event]:
    held = state.classed(command.category)
    if held is None:
        raise Rejected("household.not_in_this_class")
    today = business_day(command.at)
    if command.checked_on > today:
        raise Rejected("household.in_the_future")
    months = in_force(known.policies, today).people.recheck_months(command.category, held.grade)
    next_on = months_after(command.checked_on, months)
    if next_on <= held.recheck_on and not held.due:
        return []
    return [
        Rechecked(
            category=command.category,
            checked_on=command.checked_on,
            recheck_on=next_on,
            findings=command.findings,
            at=command.at,
        )
    ]


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


CATEGORY = "orders.household"
decider: Decider[Command, Household | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
