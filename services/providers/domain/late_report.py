"""A report that came too late 补报: kept, and a visit only when the township answers for it.
Filed ─ Confirm ─▶ Confirmed | Refuse ─▶ Refused
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.providers.domain import reach
from services.providers.domain.reach import Point
from services.providers.domain.visit.words import Report

CATEGORY = "providers.late_report"
Status = Literal["none", "filed", "confirmed", "refused"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The order: where it lies, and the village's point; ``provider`` has taken it."""

    provider: UUID | None
    township: str
    village: Point | None


@dataclass(frozen=True, kw_only=True)
class File:
    """The whole report, and why it comes only now."""

    report: Report
    reason: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """The township answers for it; what it becomes is decided together with it.

    ``order_id``, ``worker`` and ``photos`` are the report's own, for whoever guards what the visit will read.
    """

    visit: UUID
    order_id: UUID
    worker: UUID
    photos: tuple[str, ...]
    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """The township does not."""

    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Filed:
    """The report waits; its place is kept as a distance only."""

    report: Report
    township: str
    reason: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """It became a visit."""

    visit: UUID
    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refused:
    """It becomes none; the report stays readable."""

    reason: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LateReport:
    """The report and what was decided about it."""

    filed: Filed | None = None
    status: Status = "none"
    visit: UUID | None = None
    decided_by: str = ""


Command = File | Confirm | Refuse
Event = Filed | Confirmed | Refused


def decide(command: Command, late: LateReport, known: Known | None) -> list[Event]:
    """Who reported does not answer for it; decided once."""
    match command:
        case File() if late.filed is not None:
            return []
        case File():
            return [_file(command, known)]
    if late.filed is None:
        raise Rejected("late_report.unknown")
    if command.by == late.filed.report.by:
        raise Rejected("late_report.reporter_decides")
    match command:
        case Confirm() if late.status == "confirmed":
            return []
        case Refuse() if late.status == "refused":
            return []
    if late.status != "filed":
        raise Rejected("late_report.decided_already", status=late.status)
    match command:
        case Confirm():
            return [Confirmed(visit=command.visit, reason=command.reason, by=command.by, at=command.at)]
        case Refuse():
            return [Refused(reason=command.reason, by=command.by, at=command.at)]


def _file(command: File, known: Known | None) -> Filed:
    report, metres = command.report, None
    if known is None or known.provider != report.provider:
        raise Rejected("late_report.order_not_taken")
    if report.place is not None and known.village is not None:
        metres = reach.metres(report.place, known.village)
    kept = replace(report, place=None, metres_told=metres, told_at=command.at)
    return Filed(report=kept, township=known.township, reason=command.reason, at=command.at)


def evolve(late: LateReport, event: Event) -> LateReport:
    """What happened, one after another."""
    match event:
        case Filed():
            return LateReport(filed=event, status="filed")
        case Confirmed():
            return replace(late, status="confirmed", visit=event.visit, decided_by=event.by)
        case Refused():
            return replace(late, status="refused", decided_by=event.by)


def confirmed(late: Filed, by: str, at: datetime) -> Report:
    """The report as it is decided on once somebody answers for it."""
    return replace(late.report, confirmed_by=by, at=at)


decider: Decider[Command, LateReport, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=LateReport(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Filed, Confirmed, Refused),
)
