"""What may become of an appointment. What is told late or out of order is noted where it still says something."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chassis.kernel import Rejected
from services.providers.domain import calendar
from services.providers.domain.appointment.state import Appointment
from services.providers.domain.appointment.words import (
    Cancel,
    Cancelled,
    CodeRight,
    CodeWrong,
    Command,
    Ended,
    Event,
    Known,
    LeaveOpen,
    LeftOpen,
    Miss,
    Missed,
    NoteVisit,
    Reopen,
    Reopened,
    Reschedule,
    Rescheduled,
    Schedule,
    Scheduled,
    Start,
    Started,
    TryCode,
    Withdraw,
)
from services.providers.domain.visit import device

LONGEST = timedelta(hours=24)


def decide(command: Command, state: Appointment, known: Known | None) -> list[Event]:
    """``known`` is needed to schedule, to reschedule and to try a code; None where the order is not known here."""
    match command:
        case Schedule():
            return _schedule(command, state, known)
        case Reschedule():
            return _reschedule(command, state, known)
        case Cancel():
            return _cancel(command, state)
        case Withdraw():
            return _withdraw(command, state)
        case Start():
            return _start(command, state)
        case Miss():
            due = state.missed_at is not None and command.at >= state.missed_at
            return [Missed(at=command.at)] if state.status == "scheduled" and due else []
        case LeaveOpen():
            due = state.open_until is not None and command.at >= state.open_until
            return [LeftOpen(at=command.at)] if state.status == "started" and due else []
        case NoteVisit():
            return _note_visit(command, state)
        case TryCode():
            return _try_code(command, state, known)
        case Reopen():
            return [Reopened(at=command.at)] if state.visit == command.visit else []


def _schedule(command: Schedule, state: Appointment, known: Known | None) -> list[Event]:
    """For an order that the provider has taken and not served, inside its window, with a worker who is free."""
    if known is None or known.provider != command.provider:
        raise Rejected("appointment.order_not_taken")
    worker = command.worker
    if worker is None:
        raise Rejected("appointment.worker_not_named")
    if state.stands and state.provider == command.provider:
        if _same(state, worker, command.starts_at, command.ends_at):
            return []
        raise Rejected("appointment.stands_already")
    if known.visit is not None:
        raise Rejected("appointment.visited_already")
    _refuse_unless_possible(command, known)
    return [
        Scheduled(
            order_id=command.order_id,
            provider=command.provider,
            worker=worker,
            item=known.item,
            township=known.township,
            village=known.village,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
            missed_at=command.starts_at + known.policy.visits.start_tolerance,
            open_hours=known.policy.visits.unended_after_hours,
            by=command.by,
            at=command.at,
        )
    ]


def _reschedule(command: Reschedule, state: Appointment, known: Known | None) -> list[Event]:
    """While nobody has begun; a missed one gets another time."""
    _refuse_unless_own(command.provider, state)
    if known is None or known.provider != command.provider:
        raise Rejected("appointment.order_not_taken")
    if state.status not in ("scheduled", "missed"):
        raise Rejected("appointment.not_open", status=state.status)
    if state.status == "scheduled" and _same(state, command.worker, command.starts_at, command.ends_at):
        return []
    _refuse_unless_possible(command, known)
    return [
        Rescheduled(
            worker=command.worker,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
            missed_at=command.starts_at + known.policy.visits.start_tolerance,
            reason_code=command.reason_code,
            by=command.by,
            at=command.at,
        )
    ]


def _same(state: Appointment, worker: UUID, starts_at: datetime, ends_at: datetime) -> bool:
    return (state.worker, state.starts_at, state.ends_at) == (worker, starts_at, ends_at)


def _refuse_unless_possible(command: Schedule | Reschedule, known: Known) -> None:
    if command.ends_at <= command.starts_at:
        raise Rejected("appointment.ends_before_it_begins")
    if command.ends_at - command.starts_at > LONGEST:
        raise Rejected("appointment.longer_than_a_day")
    if command.starts_at < command.at:
        raise Rejected("appointment.in_the_past")
    day = calendar.day_of(command.starts_at)
    if not known.window_from <= day <= known.window_to:
        window = {"window_from": known.window_from.isoformat(), "window_to": known.window_to.isoformat()}
        raise Rejected("appointment.outside_window", **window)
    if known.worker_provider != command.provider:
        raise Rejected("appointment.worker_unknown")
    if known.worker_left_on is not None and known.worker_left_on <= day:
        raise Rejected("appointment.worker_left", left_on=known.worker_left_on.isoformat())
    if known.worker_busy:
        raise Rejected("appointment.worker_busy")


def _refuse_unless_own(provider: UUID, state: Appointment) -> None:
    if state.starts_at is None or state.provider != provider:
        raise Rejected("appointment.unknown")


def _cancel(command: Cancel, state: Appointment) -> list[Event]:
    _refuse_unless_own(command.provider, state)
    if state.status == "cancelled":
        return []
    if state.status not in ("scheduled", "missed"):
        raise Rejected("appointment.not_open", status=state.status)
    return [Cancelled(reason_code=command.reason_code, at=command.at)]


def _withdraw(command: Withdraw, state: Appointment) -> list[Event]:
    """A visit that has begun goes on: what becomes of it is for the bureau to say."""
    needless = state.status in ("scheduled", "missed") and state.provider != command.taken_by
    return [Cancelled(reason_code=command.reason_code, at=command.at)] if needless else []


def _start(command: Start, state: Appointment) -> list[Event]:
    """Once; also after the appointment was taken for missed, for the signal may have come back late only."""
    _refuse_unless_own(command.provider, state)
    if state.started_at is not None or state.status == "ended":
        return []
    if state.status not in ("scheduled", "missed"):
        raise Rejected("appointment.not_open", status=state.status)
    behind = device.skew(command.device_now, command.at)
    started_at = command.started_at + behind
    if started_at > command.at:
        raise Rejected("appointment.in_the_future")
    return [
        Started(
            started_at=started_at,
            open_until=started_at + timedelta(hours=state.open_hours),
            metres_from_village=command.metres,
            skew_seconds=int(behind.total_seconds()),
            offline=command.offline,
            by=command.by,
            at=command.at,
        )
    ]


def _note_visit(command: NoteVisit, state: Appointment) -> list[Event]:
    """The try at the code that came with the report counts too."""
    if state.visit == command.visit:
        return []
    events: list[Event] = []
    if command.code == "right" and not state.code_right:
        events.append(CodeRight(order_id=command.order_id, at=command.at))
    if command.code == "wrong":
        events.append(CodeWrong(order_id=command.order_id, at=command.at))
    ended = Ended(
        order_id=command.order_id,
        visit=command.visit,
        provider=command.provider,
        worker=command.worker,
        at=command.at,
    )
    return [*events, ended]


def _try_code(command: TryCode, state: Appointment, known: Known | None) -> list[Event]:
    """So often only as the pack says, so that a code cannot be found by trying."""
    if known is None or known.provider != command.provider:
        raise Rejected("appointment.order_not_taken")
    tries = known.policy.visits.code_tries
    if tries is None:
        raise Rejected("code.not_asked_for")
    if state.code_right:
        return []
    if state.wrong_tries >= tries:
        raise Rejected("code.no_tries_left")
    if state.attempt in command.fits:
        return [CodeRight(order_id=command.order_id, at=command.at)]
    return [CodeWrong(order_id=command.order_id, at=command.at)]


def begun(started_at: datetime | None, told: datetime | None) -> datetime:
    """When a visit began that now ends: as it was noted then, else as the report says."""
    instant = started_at or told
    if instant is None:
        raise Rejected("visit.not_started")
    return instant
