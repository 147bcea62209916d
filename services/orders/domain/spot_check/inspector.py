"""An inspector: who may be drawn, from when to when, and what is no business of theirs (双随机, paper 002 item 15).

Registered ─ Changed* ─▶ Ended
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics

NAMESPACE = UUID("a7f0c4be-7d06-5b83-9a3f-1f0e6c2d9b14")


def stream_of(county: str, subject: str) -> UUID:
    """The stream of who signs in as ``subject``."""
    return uuid5(NAMESPACE, f"{county}/{subject}")


@dataclass(frozen=True, kw_only=True)
class Interest:
    """A provider that an inspector must not inspect, and why, by code: kin, former_employee, shareholder …"""

    provider: UUID
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of an inspector. ``township`` is where they serve or live; empty where it is the whole county."""

    subject: str
    township: str
    townships_barred: tuple[str, ...]
    interests: tuple[Interest, ...]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class Register:
    """Somebody may be drawn; or what is known of them changes."""

    facts: Facts
    at: datetime
    anew: bool = True


@dataclass(frozen=True, kw_only=True)
class End:
    """Nobody draws them any more; what they were drawn for stays theirs until it is replaced."""

    reason_code: str
    at: datetime


Command = Register | End


@dataclass(frozen=True, kw_only=True)
class Registered:
    """May be drawn from the next list on."""

    facts: Facts
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ended:
    """May not be drawn any more."""

    reason_code: str
    at: datetime


Event = Registered | Ended


@dataclass(frozen=True, kw_only=True)
class State:
    """An inspector as they stand."""

    facts: Facts
    ended: bool = False


def decide(command: Command, state: State | None, _known: None) -> list[Event]:
    """Who was ended may be registered again."""
    match command:
        case Register():
            return _register(command, state)
        case End():
            if state is None:
                raise Rejected("inspector.unknown")
            return [] if state.ended else [Ended(reason_code=command.reason_code, at=command.at)]


def _register(command: Register, state: State | None) -> list[Event]:
    facts = command.facts
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise Rejected("inspector.days_wrong")
    there = state is not None and not state.ended
    if not command.anew and not there:
        raise Rejected("inspector.unknown" if state is None else "inspector.ended")
    if there and state is not None and state.facts == facts:
        return []
    if command.anew and there:
        raise Rejected("inspector.exists")
    return [Registered(facts=facts, at=command.at)]


def evolve(state: State | None, event: Event) -> State:
    """The inspector after ``event``."""
    match event:
        case Registered():
            return State(facts=event.facts)
        case Ended():
            assert state is not None
            return replace(state, ended=True)


CATEGORY = "orders.inspector"
decider: Decider[Command, State | None, Event, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Registered, Ended)
)
