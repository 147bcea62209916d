"""The duty towards one person: who answers for regular contact, from when to when, and in which months it is due.

    Noted ─ CoverBegan ─ (MonthOpened ─ Reached*)* ─ CoverEnded ─ CoverBegan …
                └ Assigned ─ Released

Whom a duty covers is the county's policy (paper 004, part 2 (2) item 3: everybody destitute who lives dispersed); a
named person answers for it (paper 002). A month is due for who is covered on its first day, and for who came under the
duty while at least ``entrant_days`` days of it were left. After death, a move away or another status nothing is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import ONE_DAY, birthday_in, business_day, first_day, last_day, month_of
from services.orders.domain.duty.words import (
    Assign,
    Assigned,
    Command,
    CoverBegan,
    CoverEnded,
    Event,
    Facts,
    Find,
    Leave,
    Left,
    Look,
    MonthOpened,
    Note,
    Noted,
    Reach,
    Reached,
    Released,
    Return,
    Returned,
)
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.contacts import DutyRule
from services.orders.domain.status import status_on

MOVED, NOT_COVERED = "moved", "not_covered"


def stream_of(person: UUID) -> UUID:
    """The stream of the duty towards a person."""
    return uuid5(person, "duty")


@dataclass(frozen=True, kw_only=True)
class Duty:
    """``since`` is the day cover began, None while there is none; ``opened`` are the months that are due."""

    facts: Facts
    left_on: date | None = None
    since: date | None = None
    opened: tuple[str, ...] = ()
    responsible: str = ""
    assigned_on: date | None = None

    @property
    def covered(self) -> bool:
        """Whether the person is under the duty, as last looked at."""
        return self.since is not None

    @property
    def ends_on(self) -> date | None:
        """The last day here: of death, or before the person moved away."""
        known = [day for day in (self.facts.died_on, self.left_on) if day is not None]
        return min(known, default=None)

    def rule_on(self, day: date, policy: Policy) -> DutyRule | None:
        """The rule that covers the person on ``day``, or None."""
        if self.ends_on is not None and day > self.ends_on:
            return None
        status = status_on(self.facts.statuses, day)
        return policy.contacts.duty_of(status.tier, status.categories, self.facts.born, day)


def decide(command: Command, state: Duty | None, policies: tuple[Policy, ...]) -> list[Event]:
    """What the register tells never refuses; nobody comes under a duty before the county has a policy for it."""
    match command:
        case Note():
            return _note(command, state, policies)
        case Find():
            first = Note(facts=command.facts, at=command.at)
            return _note(first, None, policies) if state is None else list(_look(state, command.at, policies))
    if state is None:
        if isinstance(command, Assign):
            raise Rejected("duty.unknown")
        return []
    match command:
        case Leave():
            if state.left_on == command.last_day:
                return []
            left = Left(last_day=command.last_day, at=command.at)
            return [left, *_look(evolve(state, left), command.at, policies)]
        case Return():
            if state.left_on is None or command.from_day <= state.left_on:
                return []
            returned = Returned(from_day=command.from_day, at=command.at)
            return [returned, *_look(evolve(state, returned), command.at, policies)]
        case Look():
            return list(_look(state, command.at, policies))
        case Reach():
            reached = Reached(contact_id=command.contact_id, day=command.day, way=command.way, at=command.at)
            return [*_look(state, command.at, policies), reached]
        case Assign():
            return _assign(command, state)


def evolve(state: Duty | None, event: Event) -> Duty:
    """The duty after ``event``."""
    if isinstance(event, Noted):
        return Duty(facts=event.facts) if state is None else replace(state, facts=event.facts)
    assert state is not None
    match event:
        case Left():
            return replace(state, left_on=event.last_day)
        case Returned():
            return replace(state, left_on=None)
        case CoverBegan():
            return replace(state, since=event.day)
        case CoverEnded():
            kept = tuple(month for month in state.opened if last_day(month) <= event.last_day)
            return replace(state, since=None, opened=kept)
        case MonthOpened():
            return replace(state, opened=(*state.opened, event.month))
        case Reached():
            return state
        case Assigned():
            return replace(state, responsible=event.responsible, assigned_on=event.from_day)
        case Released():
            return replace(state, responsible="", assigned_on=None)


def last_covered(state: Duty, today: date, policies: tuple[Policy, ...]) -> date:
    """The last day of a cover that holds no more ``today``; what is told late ends it on its own day.

    Cover changes with death or a move, a status, a birthday or a policy; the last day is the eve of one of them.
    """
    born = state.facts.born
    turns = [
        *(status.from_day for status in state.facts.statuses if status.from_day > date.min),
        *(policy.effective_from for policy in policies),
        *(birthday_in(born, year) for year in (today.year - 1, today.year)),
        today,
    ]
    eves = {turn - ONE_DAY for turn in turns} | {state.ends_on or today - ONE_DAY}
    since = state.since or today
    for day in sorted(eves, reverse=True):
        if since <= day < today and state.rule_on(day, in_force(policies, day)):
            return day
    return since - ONE_DAY


def _note(command: Note, state: Duty | None, policies: tuple[Policy, ...]) -> list[Event]:
    """Somebody whom no duty covers or will cover gets no stream of their own."""
    noted = Noted(facts=command.facts, at=command.at)
    after = evolve(state, noted)
    today = business_day(command.at)
    if state is None:
        days = (today, *(status.from_day for status in command.facts.statuses if status.from_day > today))
        if not policies or not any(after.rule_on(day, in_force(policies, day)) for day in days):
            return []
    elif state.facts == command.facts:
        return []
    events: list[Event] = [noted]
    if after.responsible and state is not None and command.facts.township != state.facts.township:
        events.append(Released(reason_code=MOVED, at=command.at))
    for event in events[1:]:
        after = evolve(after, event)
    return [*events, *_look(after, command.at, policies)]


def _look(state: Duty, at: datetime, policies: tuple[Policy, ...]) -> Iterator[Event]:
    """Cover as it is on the day of ``at``, and the month of that day where it is due."""
    today = business_day(at)
    policy = in_force(policies, today)
    rule = state.rule_on(today, policy)
    if rule is None:
        if state.covered:
            yield CoverEnded(last_day=last_covered(state, today, policies), at=at)
            if state.responsible:
                yield Released(reason_code=NOT_COVERED, at=at)
        return
    if not state.covered:
        yield CoverBegan(day=today, policy=policy.version, at=at)
    month, since = month_of(today), state.since or today
    begins = max(first_day(month), since)
    left = (last_day(month) - begins).days + 1
    if month in state.opened or (since > first_day(month) and left < policy.contacts.entrant_days):
        return
    yield MonthOpened(
        month=month,
        needed=rule.times,
        ways=rule.ways,
        remind_on=last_day(month) - timedelta(days=policy.contacts.remind_days_before - 1),
        policy=policy.version,
        at=at,
    )


def _assign(command: Assign, state: Duty) -> list[Event]:
    if not state.covered:
        raise Rejected("duty.not_covered")
    if state.responsible == command.responsible:
        return []
    today = business_day(command.at)
    return [Assigned(responsible=command.responsible, from_day=today, by=command.by, at=command.at)]


CATEGORY = "orders.duty"
EVENTS: tuple[type[Event], ...] = (
    Noted,
    Left,
    Returned,
    CoverBegan,
    CoverEnded,
    MonthOpened,
    Reached,
    Assigned,
    Released,
)
decider: Decider[Command, Duty | None, Event, tuple[Policy, ...]] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
