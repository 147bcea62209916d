"""A ticket of a hot-line, window or page: a complaint, a question, a call for help, a clue.

    Received ─ Registered ─ Transferred ─ Answered ─▶ Closed        any of them ─▶ Withdrawn
                                ▲            └ Reopened (once) ┘

Each step has a clock of its own. It may be anonymous; who complains is sealed under the ticket's own key and never
shown to who is complained of, who is heard on a neutral summary (paper 001, part 6 (1): 2212349; paper 002, item 19:
12345; paper 004, part 2 (2) item 5; Social Assistance Law, art. 60 and 68).
"""

from __future__ import annotations

import uuid
from uuid import UUID

from chassis.kernel import Decider, topics
from services.orders.domain.complaint.rules import Known, decide
from services.orders.domain.complaint.state import Complaint, Stage, evolve
from services.orders.domain.complaint.words import (
    About,
    Answer,
    Answered,
    Channel,
    CheckClocks,
    Close,
    Closed,
    Command,
    Complainant,
    Event,
    Inspect,
    InspectionAsked,
    Kind,
    Link,
    Linked,
    Office,
    Outcome,
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
    Whom,
    Withdraw,
    Withdrawn,
)

CATEGORY = "orders.complaint"
NAMESPACE = uuid.UUID("5d1d6a3e-8f0c-5b72-9f8e-2c7d34a1c001")
EVENTS: tuple[type[Event], ...] = (
    Received, Urged, Registered, Transferred, Summarised, Stated, InspectionAsked, Linked, Answered, Closed, Reopened,
    Withdrawn, Timed, Overdue,
)  # fmt: skip


def stream_of(county: str, channel: str, reference: str) -> UUID:
    """The ticket of another line's number: the same number is the same ticket."""
    return uuid.uuid5(NAMESPACE, f"{county}/{channel}/{reference}")


decider: Decider[Command, Complaint | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)

__all__ = [
    "CATEGORY",
    "About",
    "Answer",
    "Answered",
    "Channel",
    "CheckClocks",
    "Close",
    "Closed",
    "Command",
    "Complainant",
    "Complaint",
    "Inspect",
    "InspectionAsked",
    "Kind",
    "Known",
    "Link",
    "Linked",
    "Office",
    "Outcome",
    "Overdue",
    "Receive",
    "Received",
    "Register",
    "Registered",
    "Reopen",
    "Reopened",
    "Stage",
    "State",
    "Stated",
    "Summarise",
    "Summarised",
    "Timed",
    "Transfer",
    "Transferred",
    "Urged",
    "Whom",
    "Withdraw",
    "Withdrawn",
    "decide",
    "decider",
    "evolve",
    "stream_of",
]
