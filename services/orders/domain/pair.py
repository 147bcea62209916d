"""A pair: a party member or another helper who stands by one person for long.

    Begun ─ Touched* ─ Lapsed ─ Touched ─ … ─▶ Ended

Help in pairs has to be regular, continuous and lasting (paper 001, part 3 (6) item 4): after more days without contact
than the policy allows the pair has lapsed and shows up, until the helper comes again or the pair is ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.contact import Place
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force

Stage = Literal["running", "lapsed", "ended"]
DIED = "died"


def stream_of(person: UUID, helper: str) -> UUID:
    """The stream of a helper's pair with a person."""
    return uuid5(person, f"pair/{helper}")


@dataclass(frozen=True, kw_only=True)
class Begin:
    """``helper`` stands by the person from ``from_day`` on."""

    person_id: UUID
    helper: str
    from_day: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Touch:
    """The helper saw or called the person on ``day``."""

    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """The days without contact may be over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class End:
    """The pair ends with ``last_day``."""

    last_day: date
    reason_code: str
    at: datetime


Command = Begin | Touch | Lapse | End


@dataclass(frozen=True, kw_only=True)
class Begun:
    """``gap_days`` are the days that may pass without contact."""

    person_id: UUID
    helper: str
    township: str
    village: str
    from_day: date
    gap_days: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Touched:
    """The last contact, and where the person lives now."""

    day: date
    township: str
    village: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """No contact since ``last_on``; told again, counted by ``times``, as often as the days pass once more."""

    last_on: date
    times: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The pair is over."""

    last_day: date
    reason_code: str
    at: datetime


Event = Begun | Touched | Lapsed | Ended


@dataclass(frozen=True, kw_only=True)
class Pair:
    """``last_on`` is the day of the last contact, before the first one the day the pair began."""

    begun: Begun
    stage: Stage
    last_on: date
    township: str
    village: str
    lapses: int = 0
    ended_on: date | None = None

    @property
    def lapses_after(self) -> date:
        """The last day on which a contact still comes in time, or before it is told once more that none came."""
        return self.last_on + timedelta(days=self.begun.gap_days * (self.lapses + 1))


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; where the person lives and the day of death, None where nobody is registered."""

    policies: tuple[Policy, ...]
    place: Place | None


def decide(command: Command, state: Pair | None, known: Known) -> list[Event]:
    """One pair of a helper and a person at a time; a death ends it."""
    if isinstance(command, Begin):
        return _begin(command, state, known)
    if state is None:
        if isinstance(command, End):
            raise Rejected("pair.unknown")
        return []
    match command:
        case Touch():
            place = known.place or Place(township=state.township, village=state.village, died_on=None)
            if state.stage == "ended" or command.day <= state.last_on:
                return []
            return [Touched(day=command.day, township=place.township, village=place.village, at=command.at)]
        case Lapse():
            return _lapse(command, state, known)
        case End():
            return _end(command, state)


def evolve(state: Pair | None, event: Event) -> Pair:
    """The pair after ``event``."""
    if isinstance(event, Begun):
        return Pair(
            begun=event, stage="running", last_on=event.from_day, township=event.township, village=event.village
        )
    assert state is not None
    match event:
        case Touched():
            touched = replace(state, last_on=event.day, lapses=0, township=event.township, village=event.village)
            late = touched.lapses_after < business_day(event.at)
            return replace(touched, stage=state.stage if late else "running")
        case Lapsed():
            return replace(state, stage="lapsed", lapses=event.times)
        case Ended():
            return replace(state, stage="ended", ended_on=event.last_day)


def _begin(command: Begin, state: Pair | None, known: Known) -> list[Event]:
    if state is not None and state.stage != "ended":
        if state.begun.from_day == command.from_day:
            return []
        raise Rejected("pair.runs_already")
    if known.place is None:
        raise Rejected("contact.person_unknown")
    if known.place.died_on is not None:
        raise Rejected("beneficiary.died")
    today = business_day(command.at)
    if command.from_day > today or (state is not None and command.from_day <= (state.ended_on or date.min)):
        raise Rejected("pair.day_wrong")
    return [
        Begun(
            person_id=command.person_id,
            helper=command.helper,
            township=known.place.township,
            village=known.place.village,
            from_day=command.from_day,
            gap_days=in_force(known.policies, today).contacts.gap_days,
            by=command.by,
            at=command.at,
        )
    ]


def _lapse(command: Lapse, state: Pair, known: Known) -> list[Event]:
    if state.stage == "ended":
        return []
    died_on = known.place.died_on if known.place else None
    if died_on is not None:
        return [Ended(last_day=max(died_on, state.begun.from_day), reason_code=DIED, at=command.at)]
    if business_day(command.at) <= state.lapses_after:
        return []
    return [Lapsed(last_on=state.last_on, times=state.lapses + 1, at=command.at)]


def _end(command: End, state: Pair) -> list[Event]:
    if state.stage == "ended":
        if state.ended_on == command.last_day:
            return []
        raise Rejected("pair.ended")
    if not state.begun.from_day <= command.last_day <= business_day(command.at):
        raise Rejected("pair.day_wrong")
    return [Ended(last_day=command.last_day, reason_code=command.reason_code, at=command.at)]


CATEGORY = "orders.pair"
decider: Decider[Command, Pair | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Begun, Touched, Lapsed, Ended),
)
