"""What follows from complaints and hot-line tickets: a step whose time is over is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import complaint

COMPLAINT_CLOCK = "complaint_clock"


def of_complaints(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """The next level of a clock."""
    match recorded.event:
        case complaint.Timed(running=running):
            step = running.step
        case complaint.Overdue(step=late):
            step = late
        case _:
            return
    stream = recorded.originator_id
    for one in state.clocks:
        if one.step == step and one.wakes_at is not None:
            yield Due(at=one.wakes_at, reason=COMPLAINT_CLOCK, stream=stream, decider=complaint.CATEGORY)


def check_clocks(_stream: UUID, _state: complaint.Complaint, at: datetime) -> complaint.CheckClocks:
    """The ticket knows which of its steps are late."""
    return complaint.CheckClocks(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {COMPLAINT_CLOCK: check_clocks}
