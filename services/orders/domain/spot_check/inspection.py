"""The inspection of one visit: drawn with its inspector, or ordered beside the draw; then what was found.

    Assigned ─ Replaced* ─▶ Resulted          Ordered (extra: a complaint, a doubt) ─ Assigned too, if drawn later

An extra inspection is counted apart: what somebody chose to look at is no sample. The stream is the visit's own id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.cause import Cause

Result = Literal["accepted", "rejected"]


@dataclass(frozen=True, kw_only=True)
class Assign:
    """The visit was drawn, and an inspector with it; None: everybody has a conflict, the bureau names one."""

    batch: UUID
    year: int
    order: UUID
    township: str
    provider: UUID
    item: str
    day: date
    stratum: str
    why: str
    inspector: UUID | None
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Order:
    """Inspect beside the draw, because of a complaint or a doubt."""

    order: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Replace:
    """Another inspector goes, and why."""

    inspector: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the inspector found. ``cause`` is the class of the error where it is rejected; ``text`` is sealed."""

    result: Result
    finding_codes: tuple[str, ...]
    methods: tuple[str, ...]
    reason_code: str
    cause: Cause | None
    text: Sealed | None
    by: str
    at: datetime


Command = Assign | Order | Replace | Report


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """Drawn."""

    batch: UUID
    year: int
    order: UUID
    township: str
    provider: UUID
    item: str
    day: date
    stratum: str
    why: str
    inspector: UUID | None
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """To be inspected beside the draw, by an inspector that a hash over the log's head chose."""

    year: int
    order: UUID
    township: str
    provider: UUID
    item: str
    day: date
    reason_code: str
    inspector: UUID | None
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """Another inspector goes."""

    inspector: UUID
    before: UUID | None
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Resulted:
    """What was found."""

    result: Result
    finding_codes: tuple[str, ...]
    methods: tuple[str, ...]
    reason_code: str
    cause: Cause | None
    text: Sealed | None
    by: str
    at: datetime


Event = Assigned | Ordered | Replaced | Resulted


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What an extra inspection is of; ``due_on`` by the policy, ``inspector`` by the log's head."""

    township: str
    provider: UUID
    item: str
    day: date
    inspector: UUID | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Known:
    """The visit of an extra inspection; whether the named inspector may go; who signs in as the inspector; who had a
    hand in the visit or in a need of the person."""

    visit: Visit | None = None
    free: bool = False
    subject: str = ""
    hands: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class State:
    """An inspection as it stands; ``batch`` is None while it is an extra one only."""

    facts: Assigned | Ordered
    inspector: UUID | None
    batch: UUID | None
    ordered: bool
    result: Resulted | None = None


def decide(command: Command, state: State | None, known: Known) -> list[Event]:
    """One inspection a visit, whatever brought it up; one result, by who was drawn."""
    match command:
        case Assign():
            return [] if state is not None and state.batch is not None else [Assigned(**vars(command))]
        case Order():
            return [] if state is not None else [_ordered(command, known)]
    if state is None:
        raise Rejected("inspection.unknown")
    match command:
        case Replace():
            return _replace(command, state, known)
        case Report():
            return _report(command, state, known)


def _ordered(command: Order, known: Known) -> Ordered:
    visit = known.visit
    if visit is None:
        raise Rejected("inspection.visit_unknown")
    return Ordered(
        year=visit.day.year,
        order=command.order,
        township=visit.township,
        provider=visit.provider,
        item=visit.item,
        day=visit.day,
        reason_code=command.reason_code,
        inspector=visit.inspector,
        due_on=visit.due_on,
        at=command.at,
    )


def _replace(command: Replace, state: State, known: Known) -> list[Event]:
    if state.result is not None:
        raise Rejected("inspection.done")
    if state.inspector == command.inspector:
        return []
    if not known.free:
        raise Rejected("inspection.inspector_barred")
    return [
        Replaced(inspector=command.inspector, before=state.inspector, reason_code=command.reason_code, at=command.at)
    ]


def _report(command: Report, state: State, known: Known) -> list[Event]:
    """A rejection says why and of which class the error is; who had a hand in the visit since is replaced first."""
    if state.inspector is None or command.by != known.subject:
        raise Rejected("inspection.not_yours")
    if state.result is not None:
        if (state.result.result, state.result.reason_code) == (command.result, command.reason_code):
            return []
        raise Rejected("inspection.done")
    if command.by in known.hands:
        raise Rejected("inspection.had_a_hand")
    if command.result == "rejected" and not (command.reason_code and command.cause):
        raise Rejected("inspection.rejected_needs_a_reason")
    return [Resulted(**vars(command))]


def evolve(state: State | None, event: Event) -> State:
    """The inspection after ``event``; drawn after it was ordered it keeps its inspector and what was found."""
    match event:
        case Assigned():
            if state is None:
                return State(facts=event, inspector=event.inspector, batch=event.batch, ordered=False)
            return replace(state, facts=event, batch=event.batch, inspector=state.inspector or event.inspector)
        case Ordered():
            return State(facts=event, inspector=event.inspector, batch=None, ordered=True)
    assert state is not None
    match event:
        case Replaced():
            return replace(state, inspector=event.inspector)
        case Resulted():
            return replace(state, result=event)


CATEGORY = "orders.inspection"
EVENTS: tuple[type[Event], ...] = (Assigned, Ordered, Replaced, Resulted)
decider: Decider[Command, State | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
