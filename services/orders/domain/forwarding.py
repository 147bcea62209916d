"""A forwarding: a need that another department must meet, from sending to closure (paper 002, part 3 (5) item 17;
paper 001, part 6 (3): referred through the member bodies of the joint meeting).

    Sent ─ Received ─ Answered ─▶ Closed

The receipt and the answer have clocks of their own; what a department writes about the person is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.days import business_day
from services.orders.domain.deadline import Level, Running, late, with_one, without
from services.orders.domain.policy import Policy, in_force

Result = Literal["taken", "declined", "helped"]
Outcome = Literal["helped", "not_helped", "returned", "withdrawn"]
Stage = Literal["sent", "received", "answered", "closed"]


@dataclass(frozen=True, kw_only=True)
class Send:
    """Forward to ``department``, of a need (``need_id``) or of a warning about the person."""

    person: UUID
    need_id: UUID | None
    department: str
    matter_code: str
    note: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Receive:
    """The department has it, under its own number."""

    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the department will do, or has done."""

    result: Result
    note: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """Whoever forwarded it says how it ended for the person."""

    outcome_code: Outcome
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckClocks:
    """A clock may have run out."""

    at: datetime


Command = Send | Receive | Answer | Close | CheckClocks


@dataclass(frozen=True, kw_only=True)
class Sent:
    """On its way. ``township`` and ``village`` are the person's."""

    person: UUID
    need_id: UUID | None
    department: str
    matter_code: str
    township: str
    village: str
    note: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Received:
    """There."""

    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The department's word; a later one replaces it."""

    result: Result
    note: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Over."""

    outcome_code: Outcome
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Timed:
    """A step of the department has begun."""

    running: Running
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """The department is late, and whose business that is now."""

    step: str
    level: Level
    at: datetime


Event = Sent | Received | Answered | Closed | Timed | Overdue


@dataclass(frozen=True, kw_only=True)
class Forwarding:
    """What was sent, and how far it has come."""

    sent: Sent
    stage: Stage = "sent"
    reference: str = ""
    answer: Answered | None = None
    outcome_code: str = ""
    clocks: tuple[Running, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, and where the person lives (None: nobody known)."""

    policies: tuple[Policy, ...]
    place: tuple[str, str] | None = None


def decide(command: Command, state: Forwarding | None, known: Known) -> list[Event]:
    """Sent once, received, answered, closed; nothing after the closure."""
    if isinstance(command, Send):
        return [] if state is not None else _send(command, known)
    if state is None:
        raise Rejected("forwarding.unknown")
    match command:
        case Receive():
            return _receive(command, state, known)
        case Answer():
            return _answer(command, state)
        case Close():
            return _close(command, state)
        case CheckClocks():
            reached = late(state.clocks, business_day(command.at))
            return [Overdue(step=one.step, level=one.level, at=command.at) for one in reached]


def evolve(state: Forwarding | None, event: Event) -> Forwarding:
    """The forwarding after ``event``."""
    if isinstance(event, Sent):
        return Forwarding(sent=event)
    assert state is not None
    match event:
        case Received():
            clocks = without(state.clocks, "forward_receipt")
            return replace(state, stage="received", reference=event.reference, clocks=clocks)
        case Answered():
            return replace(state, stage="answered", answer=event, clocks=without(state.clocks, "forward_answer"))
        case Closed():
            return replace(state, stage="closed", outcome_code=event.outcome_code, clocks=())
        case Timed():
            return replace(state, clocks=with_one(state.clocks, event.running))
        case Overdue():
            clocks = tuple(replace(one, level=event.level) if one.step == event.step else one for one in state.clocks)
            return replace(state, clocks=clocks)


def _send(command: Send, known: Known) -> list[Event]:
    """To a department that the pack names, of a registered person."""
    if known.place is None:
        raise Rejected("forwarding.person_unknown")
    policy = in_force(known.policies, business_day(command.at))
    if policy.needs.departments and command.department not in policy.needs.departments:
        raise Rejected("forwarding.department_unknown")
    township, village = known.place
    sent = Sent(
        person=command.person,
        need_id=command.need_id,
        department=command.department,
        matter_code=command.matter_code,
        township=township,
        village=village,
        note=command.note,
        by=command.by,
        at=command.at,
    )
    return [sent, *_timed(policy, "forward_receipt", command.at)]


def _receive(command: Receive, state: Forwarding, known: Known) -> list[Event]:
    if state.stage == "closed":
        raise Rejected("forwarding.closed")
    if state.stage != "sent":
        return []
    policy = in_force(known.policies, business_day(command.at))
    received = Received(reference=command.reference, by=command.by, at=command.at)
    return [received, *_timed(policy, "forward_answer", command.at)]


def _answer(command: Answer, state: Forwarding) -> list[Event]:
    """After the receipt; "taken" may be followed by what came of it."""
    if state.stage == "closed":
        raise Rejected("forwarding.closed")
    if state.stage == "sent":
        raise Rejected("forwarding.not_received")
    if state.answer is not None and state.answer.result == command.result:
        return []
    return [Answered(result=command.result, note=command.note, by=command.by, at=command.at)]


def _close(command: Close, state: Forwarding) -> list[Event]:
    """With an answer; without one it is only taken back."""
    if state.stage == "closed":
        if state.outcome_code == command.outcome_code:
            return []
        raise Rejected("forwarding.closed")
    if state.answer is None and command.outcome_code != "withdrawn":
        raise Rejected("forwarding.not_answered")
    return [Closed(outcome_code=command.outcome_code, by=command.by, at=command.at)]


def _timed(policy: Policy, step: str, at: datetime) -> list[Event]:
    running = policy.needs.starts(step, business_day(at))
    return [Timed(running=running, at=at)] if running else []


CATEGORY = "orders.forwarding"
EVENTS: tuple[type[Event], ...] = (Sent, Received, Answered, Closed, Timed, Overdue)
decider: Decider[Command, Forwarding | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
