"""An appointment 预约派工: which worker comes to an order's person when, and the one-time code of the attempt.
    open ─ Schedule ─▶ scheduled ─ Start ─▶ started ─ (a visit is reported) ─▶ ended ─ Reopen ─▶ open
                │ Reschedule, Cancel │ Miss ─▶ missed     │ LeaveOpen ─▶ left_open

One stream an order, found by the order's id. A visit may be reported without an appointment: the whole report is the
road of whoever has no signal; then the appointment only notes that it ended.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from chassis.kernel import Decider, topics
from services.providers.domain.appointment.rules import begun, decide
from services.providers.domain.appointment.state import Appointment, evolve
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
    Status,
    TryCode,
    Withdraw,
)

CATEGORY = "providers.appointment"
NAMESPACE = uuid.UUID("6f0a7a52-8d53-5a2b-9c7e-1c1d5a0e2600")


def stream_of(order_id: UUID) -> UUID:
    """The stream of an order's appointment."""
    return uuid.uuid5(NAMESPACE, str(order_id))


decider: Decider[Command, Appointment, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Appointment(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY, Scheduled, Rescheduled, Cancelled, Started, Missed, LeftOpen, Ended, CodeRight, CodeWrong, Reopened
    ),
)

__all__ = [
    "CATEGORY",
    "Appointment",
    "Cancel",
    "Cancelled",
    "CodeRight",
    "CodeWrong",
    "Command",
    "Ended",
    "Event",
    "Known",
    "LeaveOpen",
    "LeftOpen",
    "Miss",
    "Missed",
    "NoteVisit",
    "Reopen",
    "Reopened",
    "Reschedule",
    "Rescheduled",
    "Schedule",
    "Scheduled",
    "Start",
    "Started",
    "Status",
    "TryCode",
    "Withdraw",
    "begun",
    "decider",
    "stream_of",
]
