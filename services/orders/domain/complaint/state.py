"""A ticket's state: what it is about, who handles it, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.complaint.words import (
    Answered,
    Closed,
    Event,
    InspectionAsked,
    Linked,
    Overdue,
    Received,
    Registered,
    Reopened,
    Stated,
    Summarised,
    Timed,
    Transferred,
    Urged,
    Withdrawn,
)
from services.orders.domain.deadline import Running, with_one, without

Stage = Literal["received", "registered", "transferred", "answered", "closed", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """``steps`` are the instants at which it came to each stage; ``township`` is where it is handled, empty: county."""

    received: Received
    stage: Stage = "received"
    registered: Registered | None = None
    transferred: Transferred | None = None
    summarised: Summarised | None = None
    stated: bool = False
    answered: Answered | None = None
    closed: Closed | None = None
    need_id: UUID | None = None
    inspected: tuple[UUID, ...] = ()
    urged: int = 0
    reopened: int = 0
    clocks: tuple[Running, ...] = ()
    steps: tuple[tuple[str, datetime], ...] = ()

    @property
    def office(self) -> str:
        """Who answers it."""
        return self.transferred.office if self.transferred else ""

    @property
    def township(self) -> str:
        """The township that handles it; the county where nobody has it yet or it is about that township's office."""
        return self.transferred.township if self.transferred and self.transferred.office == "township" else ""

    @property
    def over(self) -> bool:
        """Whether nothing follows any more."""
        return self.stage in ("closed", "withdrawn")


def evolve(state: Complaint | None, event: Event) -> Complaint:
    """The ticket after ``event``."""
    if isinstance(event, Received):
        return Complaint(received=event, steps=(("received", event.at),))
    assert state is not None
    match event:
        case Urged():
            return replace(state, urged=state.urged + 1)
        case Registered():
            return _come(replace(state, registered=event), "registered", event.at, "complaint_register")
        case Transferred():
            return _come(replace(state, transferred=event), "transferred", event.at, "complaint_transfer")
        case Summarised():
            return replace(state, summarised=event)
        case Stated():
            return replace(state, stated=True)
        case InspectionAsked():
            return replace(state, inspected=(*state.inspected, event.visit_id))
        case Linked():
            return replace(state, need_id=event.need_id)
        case Answered():
            return _come(replace(state, answered=event), "answered", event.at, "complaint_answer")
        case Closed():
            return _come(replace(state, closed=event), "closed", event.at, "complaint_close")
        case Reopened():
            again = replace(state, reopened=state.reopened + 1, closed=None)
            return _come(again, "transferred", event.at, "complaint_close")
        case Withdrawn():
            return replace(_come(state, "withdrawn", event.at), clocks=())
        case Timed():
            return replace(state, clocks=with_one(state.clocks, event.running))
        case Overdue():
            clocks = tuple(replace(one, level=event.level) if one.step == event.step else one for one in state.clocks)
            return replace(state, clocks=clocks)


def _come(state: Complaint, stage: Stage, at: datetime, *done: str) -> Complaint:
    return replace(state, stage=stage, clocks=without(state.clocks, *done), steps=(*state.steps, (stage, at)))
