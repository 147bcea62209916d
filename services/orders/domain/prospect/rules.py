"""A prospect 待核查对象: an entry of a department's list, checked one by one until something is found.

    open ─ Find eligible ─▶ eligible
      │ ├─ Find gone ─────▶ gone
      │ └─ Find not yet ──▶ watched ─ the day comes ─▶ open again
      └── the deadline passes: late, and stays open

Nobody who is not yet eligible is dropped: they are watched and looked at again (papers 002, item 20, and 004). How long
a check may take follows from the risk that the list tells (paper 002, item 20).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.prospect.words import (
    EVENTS,
    Command,
    Entered,
    EnteredAgain,
    Event,
    Find,
    FoundEligible,
    FoundGone,
    List,
    Listed,
    RanLate,
    Reopen,
    Reopened,
    Risk,
    RunLate,
    Watch,
    Watched,
)

Stage = Literal["open", "watched", "eligible", "gone"]
NEEDS = "needs"
"""The source of entries that refused needs have made."""
REFUSED = "need_refused"
RANK = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """``marks`` are what the lists say, each with the list's source."""

    listed: Listed
    marks: tuple[tuple[str, str], ...]
    risk: Risk
    stage: Stage
    due_on: date
    late: bool = False
    recheck_on: date | None = None
    reason_code: str = ""
    person: UUID | None = None
    need: UUID | None = None
    findings: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """Policies; for a finding: the named person's index, and whether the need is theirs."""

    policies: tuple[Policy, ...]
    county: str
    person_index: str | None = None
    need_is_theirs: bool = False


def decide(command: Command, state: Prospect | None, known: Known) -> list[Event]:
    """Every entry ends in a finding; a second list adds to the entry there is."""
    if isinstance(command, List):
        return _list(command, state, known)
    if isinstance(command, Watch):
        return _watch(command, state, known)
    if state is None:
        raise Rejected("prospect.unknown")
    match command:
        case Find():
            return _find(command, state, known)
        case Reopen():
            if state.stage != "watched" or state.recheck_on is None or state.recheck_on > business_day(command.at):
                return []
            return [Reopened(due_on=_due(known, state.risk, command.at), at=command.at)]
        case RunLate():
            late = state.stage == "open" and not state.late and state.due_on < business_day(command.at)
            return [RanLate(due_on=state.due_on, at=command.at)] if late else []


def evolve(state: Prospect | None, event: Event) -> Prospect:
    """The entry after ``event``."""
    if isinstance(event, Entered):
        return Prospect(
            listed=event.listed,
            marks=((event.source, event.kind),),
            risk=event.risk,
            stage="open",
            due_on=event.due_on,
            person=event.listed.person,
        )
    assert state is not None
    match event:
        case Watched() | FoundEligible() | FoundGone():
            return _found(state, event)
        case EnteredAgain():
            return replace(
                state,
                marks=(*state.marks, (event.source, event.kind)),
                risk=event.risk,
                stage="open",
                due_on=event.due_on,
                late=False,
                recheck_on=None,
            )
        case Reopened():
            return replace(state, stage="open", due_on=event.due_on, recheck_on=None, late=False)
        case RanLate():
            return replace(state, late=True)


def _found(state: Prospect, event: Watched | FoundEligible | FoundGone) -> Prospect:
    """The entry was looked at, in time or late; what was found before stands where nothing new is written."""
    checked = replace(state, late=False, recheck_on=None, findings=event.findings or state.findings)
    match event:
        case Watched():
            return replace(checked, stage="watched", recheck_on=event.recheck_on, reason_code=event.reason_code)
        case FoundEligible():
            return replace(checked, stage="eligible", person=event.person, need=event.need)
        case FoundGone():
            return replace(checked, stage="gone", reason_code=event.reason_code)


def _list(command: List, state: Prospect | None, known: Known) -> list[Event]:
    """A new mark opens the entry again, with the earlier deadline where it is open; the same mark changes nothing."""
    due_on = _due(known, command.risk, command.at)
    if state is None:
        listed = command.listed
        if not listed.village.startswith(listed.township) or not listed.township.startswith(known.county[:6]):
            raise Rejected("prospect.region_wrong")
        return [
            Entered(
                listed=listed,
                kind=command.kind,
                source=command.source,
                risk=command.risk,
                due_on=due_on,
                at=command.at,
            )
        ]
    if (command.source, command.kind) in state.marks:
        return []
    still = state.stage == "open"
    risk: Risk = min(command.risk, state.risk, key=lambda one: RANK[one]) if still else command.risk
    due = min(due_on, state.due_on) if still else due_on
    return [EnteredAgain(kind=command.kind, source=command.source, risk=risk, due_on=due, at=command.at)]


def _watch(command: Watch, state: Prospect | None, known: Known) -> list[Event]:
    """A refused need puts the person on the watch list, where the policy says so; twice for no need."""
    policy = in_force(known.policies, business_day(command.at))
    mark = f"{REFUSED}_{command.need.hex}"
    if not policy.people.watch_refused or (state is not None and (NEEDS, mark) in state.marks):
        return []
    due_on = _due(known, "low", command.at)
    entered: Event = EnteredAgain(kind=mark, source=NEEDS, risk="low", due_on=due_on, at=command.at)
    if state is None:
        listed = Listed(
            name=None, id_number=None, phone=None, address=None, id_index="", born=None,
            township=command.township, village=command.village, person=command.person,
        )  # fmt: skip
        entered = Entered(listed=listed, kind=mark, source=NEEDS, risk="low", due_on=due_on, at=command.at)
    recheck_on = business_day(command.at) + timedelta(days=policy.people.watch_days)
    watched = Watched(recheck_on=recheck_on, reason_code=REFUSED, findings=None, by="", at=command.at)
    return [entered, watched]


def _find(command: Find, state: Prospect, known: Known) -> list[Event]:
    match command.result:
        case "eligible":
            return _eligible(command, state, known)
        case "gone":
            if state.stage == "gone" and state.reason_code == command.reason_code:
                return []
            _still_open(state)
            if not command.reason_code:
                raise Rejected("prospect.reason_missing")
            return [FoundGone(reason_code=command.reason_code, findings=command.findings, by=command.by, at=command.at)]
        case "not_yet":
            return _not_yet(command, state, known)


def _eligible(command: Find, state: Prospect, known: Known) -> list[Event]:
    if command.person is None or command.need is None:
        raise Rejected("prospect.need_missing")
    if state.stage == "eligible" and (state.person, state.need) == (command.person, command.need):
        return []
    _still_open(state)
    same = state.listed.person == command.person or known.person_index == state.listed.id_index
    if known.person_index is None or not same:
        raise Rejected("prospect.somebody_else")
    if not known.need_is_theirs:
        raise Rejected("prospect.need_of_somebody_else")
    return [
        FoundEligible(person=command.person, need=command.need, findings=command.findings, by=command.by, at=command.at)
    ]


def _not_yet(command: Find, state: Prospect, known: Known) -> list[Event]:
    today = business_day(command.at)
    days = in_force(known.policies, today).people.watch_days
    recheck_on = command.recheck_on or today + timedelta(days=days)
    if state.stage == "watched" and state.recheck_on == recheck_on:
        return []
    _still_open(state)
    if recheck_on <= today:
        raise Rejected("prospect.recheck_not_later")
    if recheck_on > today + timedelta(days=days):
        raise Rejected("prospect.recheck_too_late", most_days=days)
    return [
        Watched(
            recheck_on=recheck_on,
            reason_code=command.reason_code,
            findings=command.findings,
            by=command.by,
            at=command.at,
        )
    ]


def _still_open(state: Prospect) -> None:
    if state.stage in ("eligible", "gone"):
        raise Rejected("prospect.closed")


def _due(known: Known, risk: Risk, at: datetime) -> date:
    """The last day on which the check is in time."""
    today = business_day(at)
    return today + timedelta(days=in_force(known.policies, today).people.check_within_days[risk])


CATEGORY = "orders.prospect"
decider: Decider[Command, Prospect | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
