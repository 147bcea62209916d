"""A visit 上门服务: who, for which order, what, from when to when, with proof.
    Report ─▶ Completed ─ Return ─▶ Returned ─ Supplement ─▶ Completed anew
                        ─ Supplement, NoteClash, ConfirmCode, CloseGap ─▶ stands, with what was added

A report is taken whenever it can be true; what looks odd becomes an exception with a code and a colour. Only what a
person did can be red; a missing code, place or signal is amber and never costs pay (mission, step 7). The exact place
is compared with the village's point and not kept: it would tell where a person lives. In which order reports arrive
changes nothing but how late they are: of two that clash both are marked.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.providers.domain.visit import codes, device, facts, platform, resolving, roads
from services.providers.domain.visit.known import Known
from services.providers.domain.visit.papers import Papers
from services.providers.domain.visit.platform import Outage
from services.providers.domain.visit.resolving import (
    ExceptionExcused,
    ExceptionSettled,
    Excuse,
    Inspected,
    NoteInspected,
    Settle,
)
from services.providers.domain.visit.roads import Nearby
from services.providers.domain.visit.rules import decide
from services.providers.domain.visit.state import Before, Visit, evolve
from services.providers.domain.visit.words import (
    Cause,
    Clash,
    CloseGap,
    CodeConfirmed,
    Command,
    Completed,
    ConfirmCode,
    Event,
    ExceptionAdded,
    GapClosed,
    Good,
    Mode,
    NoteClash,
    Noticed,
    Photo,
    Picture,
    Report,
    Return,
    Returned,
    Supplement,
    Supplemented,
)

CATEGORY = "providers.visit"

decider: Decider[Command, Visit | None, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY,
        Completed,
        Supplemented,
        Returned,
        ExceptionAdded,
        CodeConfirmed,
        ExceptionSettled,
        ExceptionExcused,
        Inspected,
        GapClosed,
    ),
)

__all__ = [
    "CATEGORY",
    "Before",
    "Cause",
    "Clash",
    "CloseGap",
    "CodeConfirmed",
    "Command",
    "Completed",
    "ConfirmCode",
    "Event",
    "ExceptionAdded",
    "ExceptionExcused",
    "ExceptionSettled",
    "Excuse",
    "GapClosed",
    "Good",
    "Inspected",
    "Known",
    "Mode",
    "Nearby",
    "NoteClash",
    "NoteInspected",
    "Noticed",
    "Outage",
    "Papers",
    "Photo",
    "Picture",
    "Report",
    "Return",
    "Returned",
    "Settle",
    "Supplement",
    "Supplemented",
    "Visit",
    "codes",
    "decider",
    "device",
    "facts",
    "platform",
    "resolving",
    "roads",
]
