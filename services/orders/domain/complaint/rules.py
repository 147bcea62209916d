"""What may become of a ticket, and who may not handle it: whoever it is about (Social Assistance Law, art. 60, 68)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chassis.kernel import Rejected
from services.orders.domain.complaint.state import Complaint
from services.orders.domain.complaint.words import (
    Answer,
    Answered,
    CheckClocks,
    Close,
    Closed,
    Command,
    Event,
    Inspect,
    InspectionAsked,
    Link,
    Linked,
    Overdue,
    Receive,
    Received,
    Register,
    Registered,
    Reopen,
    Reopened,
    State,
    Stated,
    Summarise,
    Summarised,
    Timed,
    Transfer,
    Transferred,
    Urged,
    Withdraw,
    Withdrawn,
)
from services.orders.domain.days import business_day
from services.orders.domain.deadline import late
from services.orders.domain.policy import Policy, in_force


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; for a registration the next number of its year."""

    policies: tuple[Policy, ...]
    next_in_year: int = 0


def decide(command: Command, state: Complaint | None, known: Known) -> list[Event]:
    """Received once, then step by step; nothing after its end."""
    if isinstance(command, Receive):
        return _receive(command, state, known)
    if state is None:
        raise Rejected("complaint.unknown")
    if isinstance(command, CheckClocks):
        reached = late(state.clocks, business_day(command.at))
        return [Overdue(step=one.step, level=one.level, at=command.at) for one in reached]
    if isinstance(command, Reopen):
        return _reopen(command, state, known)
    if state.stage == "withdrawn" and isinstance(command, Withdraw):
        return []
    if state.stage == "closed" and isinstance(command, Close):
        return []
    if state.over:
        raise Rejected("complaint.over")
    if not isinstance(command, (State, Withdraw)) and command.by and command.by == state.received.about.subject:
        raise Rejected("complaint.about_you")
    match command:
        case Register() | Transfer():
            return _pass_on(command, state, known)
        case Summarise() | State() | Inspect() | Link():
            return _look_into(command, state)
        case Answer() | Close() | Withdraw():
            return _end(command, state, known)


def _receive(command: Receive, state: Complaint | None, known: Known) -> list[Event]:
    """Another line's number told again is the same ticket, urged."""
    if state is not None:
        if state.over:
            raise Rejected("complaint.over")
        return [Urged(text=command.text, by=command.by, at=command.at)]
    received = Received(
        channel=command.channel,
        kind=command.kind,
        reference=command.reference,
        about=command.about,
        township=command.township,
        complainant=command.complainant,
        text=command.text,
        by=command.by,
        at=command.at,
    )
    return [received, *_timed(known, "complaint_register", command.kind == "help_request", command.at)]


def _pass_on(command: Register | Transfer, state: Complaint, known: Known) -> list[Event]:
    """Numbered, then handed to an office that is not the one complained of."""
    fast = state.received.kind == "help_request"
    if isinstance(command, Register):
        if state.registered is not None:
            return []
        year = business_day(command.at).year
        registered = Registered(year=year, number=known.next_in_year, by=command.by, at=command.at)
        return [registered, *_timed(known, "complaint_transfer", fast, command.at)]
    if state.registered is None:
        raise Rejected("complaint.not_registered")
    if state.stage == "answered":
        raise Rejected("complaint.answered_already")
    about = state.received.about
    if command.office == "township" and about.whom == "township" and about.township == command.township:
        raise Rejected("complaint.about_that_office")
    there = state.transferred
    if there and (there.office, there.township, there.department) == (
        command.office, command.township, command.department,
    ):  # fmt: skip
        return []
    transferred = Transferred(
        office=command.office,
        township=command.township,
        department=command.department,
        by=command.by,
        at=command.at,
    )
    return [transferred, *_timed(known, "complaint_answer", fast or state.received.kind == "consulting", command.at)]


def _look_into(command: Summarise | State | Inspect | Link, state: Complaint) -> list[Event]:
    """Who is complained of is heard on a neutral summary; an inspector may be sent; help may be given."""
    match command:
        case Summarise():
            return [Summarised(summary=command.summary, by=command.by, at=command.at)]
        case State():
            if state.summarised is None:
                raise Rejected("complaint.nothing_to_state")
            return [Stated(statement=command.statement, by=command.by, at=command.at)]
        case Inspect():
            if command.visit_id in state.inspected:
                return []
            if state.received.kind not in ("complaint", "clue"):
                raise Rejected("complaint.nothing_to_inspect")
            asked = InspectionAsked(order_id=command.order_id, visit_id=command.visit_id, by=command.by, at=command.at)
            return [asked]
        case Link():
            if state.need_id == command.need_id:
                return []
            if state.received.kind != "help_request":
                raise Rejected("complaint.no_help_request")
            return [Linked(need_id=command.need_id, by=command.by, at=command.at)]


def _end(command: Answer | Close | Withdraw, state: Complaint, known: Known) -> list[Event]:
    match command:
        case Answer():
            if state.transferred is None:
                raise Rejected("complaint.not_transferred")
            if state.stage == "answered":
                raise Rejected("complaint.answered_already")
            answered = Answered(outcome=command.outcome, text=command.text, by=command.by, at=command.at)
            return [answered, *_timed(known, "complaint_close", False, command.at)]
        case Close():
            if state.stage != "answered":
                raise Rejected("complaint.not_answered")
            return [Closed(satisfied=command.satisfied, by=command.by, at=command.at)]
        case Withdraw():
            return [Withdrawn(by=command.by, at=command.at)]


def _reopen(command: Reopen, state: Complaint, known: Known) -> list[Event]:
    """Once, after an answer, by another than who answered."""
    if state.answered is None or state.stage not in ("answered", "closed"):
        raise Rejected("complaint.not_answered")
    if state.reopened:
        raise Rejected("complaint.reopened_already")
    reopened = Reopened(reason=command.reason, by=command.by, at=command.at)
    return [reopened, *_timed(known, "complaint_answer", False, command.at)]


def _timed(known: Known, step: str, fast: bool, at: datetime) -> list[Event]:
    day = business_day(at)
    policy = in_force(known.policies, day)
    running = policy.complaints.starts(step, policy.needs.calendar, day, fast=fast)
    return [Timed(running=running, at=at)] if running else []
