"""A month of the duty towards one person: due until it is kept, overdue when it ends without.

    Opened ─ Reminded ─ Counted* ─▶ done
              └ Missed (overdue) ─ Counted (late) ─▶ done
    Lapsed: the person died, moved away or is covered no more before the month ended

A contact counts for the month of its day, whenever it is told; so a record made offline still keeps the month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid5

from chassis.kernel import Decider, topics
from services.orders.domain.days import business_day, last_day, month_of
from services.orders.domain.policy.contacts import Way

Stage = Literal["due", "done", "overdue", "lapsed"]


def stream_of(person: UUID, month: str) -> UUID:
    """The stream of a person's month."""
    return uuid5(person, f"duty/{month}")


@dataclass(frozen=True, kw_only=True)
class Open:
    """The person is due in the month."""

    person: UUID
    month: str
    needed: int
    ways: tuple[Way, ...]
    township: str
    village: str
    responsible: str
    remind_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Entrust:
    """Another person answers for it, or nobody (empty); the person may live elsewhere now."""

    responsible: str
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Count:
    """The person was seen or called on ``day``."""

    contact_id: UUID
    day: date
    way: Way
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Remind:
    """Some days before the end of the month."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class End:
    """The month is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Leave:
    """The person is under the duty until ``last_day`` only."""

    last_day: date
    at: datetime


Command = Open | Entrust | Count | Remind | End | Leave


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Due, or due again after it had lapsed."""

    person: UUID
    month: str
    needed: int
    ways: tuple[Way, ...]
    township: str
    village: str
    responsible: str
    remind_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Entrusted:
    """Who answers for it now, and where the person lives."""

    responsible: str
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One of the times; ``late`` where it was told after the month."""

    contact_id: UUID
    day: date
    late: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """Not kept yet, ``missing`` times."""

    missing: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Missed:
    """The month ended ``missing`` times short."""

    missing: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Nothing is due after ``last_day``."""

    last_day: date
    at: datetime


Event = Opened | Entrusted | Counted | Reminded | Missed | Lapsed


@dataclass(frozen=True, kw_only=True)
class DutyMonth:
    """``days`` are those of the contacts that count, by contact."""

    opened: Opened
    stage: Stage = "due"
    responsible: str = ""
    township: str = ""
    village: str = ""
    days: tuple[tuple[UUID, date], ...] = ()
    late: bool = False
    reminded: bool = False

    @property
    def missing(self) -> int:
        """Times that are still to come."""
        return max(0, self.opened.needed - len(self.days))


def decide(command: Command, state: DutyMonth | None, _known: None) -> list[Event]:
    """All is caused by other decisions or by time, so nothing is refused."""
    if isinstance(command, Open):
        if state is None or state.stage == "lapsed":
            return [Opened(**vars(command))]
        return []
    if state is None:
        return []
    match command:
        case Entrust():
            now = (state.responsible, state.township, state.village)
            same = now == (command.responsible, command.township, command.village)
            return [] if same else [Entrusted(**vars(command))]
        case Count():
            return _count(command, state)
        case Remind():
            reminds = state.stage == "due" and not state.reminded
            return [Reminded(missing=state.missing, at=command.at)] if reminds else []
        case End():
            over = month_of(business_day(command.at)) > state.opened.month
            return [Missed(missing=state.missing, at=command.at)] if over and state.stage == "due" else []
        case Leave():
            ends = state.stage in ("due", "overdue") and command.last_day < last_day(state.opened.month)
            return [Lapsed(last_day=command.last_day, at=command.at)] if ends else []


def evolve(state: DutyMonth | None, event: Event) -> DutyMonth:
    """The month after ``event``."""
    if isinstance(event, Opened):
        before = state.days if state else ()
        month = DutyMonth(
            opened=event,
            responsible=event.responsible,
            township=event.township,
            village=event.village,
            days=before,
        )
        return month if month.missing else replace(month, stage="done")
    assert state is not None
    match event:
        case Entrusted():
            return replace(state, responsible=event.responsible, township=event.township, village=event.village)
        case Counted():
            days = (*state.days, (event.contact_id, event.day))
            kept = len(days) >= state.opened.needed
            return replace(
                state, days=days, stage="done" if kept else state.stage, late=state.late or (kept and event.late)
            )
        case Reminded():
            return replace(state, reminded=True)
        case Missed():
            return replace(state, stage="overdue")
        case Lapsed():
            return replace(state, stage="lapsed")


def _count(command: Count, state: DutyMonth) -> list[Event]:
    """Each contact once, of the month's own days, in a way that the policy lets count."""
    known = {contact_id for contact_id, _ in state.days}
    month = state.opened.month
    if command.contact_id in known or month_of(command.day) != month or command.way not in state.opened.ways:
        return []
    late = month_of(business_day(command.at)) > month
    return [Counted(contact_id=command.contact_id, day=command.day, late=late, at=command.at)]


CATEGORY = "orders.duty_month"
decider: Decider[Command, DutyMonth | None, Event, None] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Opened, Entrusted, Counted, Reminded, Missed, Lapsed),
)
