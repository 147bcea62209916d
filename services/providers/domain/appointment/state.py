"""An appointment's state: who comes when, where it stands, and the tries at the code of this attempt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.providers.domain.appointment.words import (
    Cancelled,
    CodeRight,
    CodeWrong,
    Ended,
    Event,
    LeftOpen,
    Missed,
    Reopened,
    Rescheduled,
    Scheduled,
    Started,
    Status,
)

STANDING = frozenset({"scheduled", "started", "missed", "left_open"})
"""Somebody is to come, or is there."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """``order_id`` is None before the first event. ``started_at`` is that of this attempt."""

    order_id: UUID | None = None
    provider: UUID | None = None
    worker: UUID | None = None
    item: str = ""
    township: str = ""
    village: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    missed_at: datetime | None = None
    open_hours: int = 0
    status: Status = "open"
    started_at: datetime | None = None
    open_until: datetime | None = None
    reason_code: str = ""
    visit: UUID | None = None
    attempt: int = 1
    wrong_tries: int = 0
    code_right: bool = False

    @property
    def stands(self) -> bool:
        """Whether somebody is to come or is there."""
        return self.status in STANDING


def evolve(state: Appointment, event: Event) -> Appointment:
    """What happened, one after another."""
    match event:
        case Scheduled():
            return _scheduled(state, event)
        case Rescheduled():
            return replace(
                state,
                worker=event.worker,
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                missed_at=event.missed_at,
                status="scheduled",
                reason_code=event.reason_code,
            )
        case Cancelled():
            return replace(state, status="cancelled", reason_code=event.reason_code)
        case Started():
            return replace(state, status="started", started_at=event.started_at, open_until=event.open_until)
        case Missed():
            return replace(state, status="missed")
        case LeftOpen():
            return replace(state, status="left_open")
        case Ended():
            return replace(
                state,
                order_id=event.order_id,
                provider=event.provider,
                worker=event.worker,
                status="ended",
                visit=event.visit,
            )
        case CodeRight():
            return replace(state, order_id=event.order_id, code_right=True)
        case CodeWrong():
            return replace(state, order_id=event.order_id, wrong_tries=state.wrong_tries + 1)
        case Reopened():
            return replace(
                state,
                status="open",
                visit=None,
                started_at=None,
                attempt=state.attempt + 1,
                wrong_tries=0,
                code_right=False,
            )


def _scheduled(state: Appointment, event: Scheduled) -> Appointment:
    return replace(
        state,
        order_id=event.order_id,
        provider=event.provider,
        worker=event.worker,
        item=event.item,
        township=event.township,
        village=event.village,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        missed_at=event.missed_at,
        open_hours=event.open_hours,
        status="scheduled",
        started_at=None,
        reason_code="",
    )
