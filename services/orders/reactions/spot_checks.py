"""What follows from spot checks: deadlines, the month's list, an inspection for each visit that was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.policies import Adopted
from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import order, spot_check
from services.orders.domain.days import business_day
from services.orders.domain.spot_check import batch, calendar, inspection

CALENDAR, TURN = "spot_calendar", "spot_turn"


def of_spot_checks(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """An adopted policy wakes the calendar; lists turn at their deadlines; what was drawn is inspected."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case Adopted():
            county = state.version.partition("/")[0]
            yield Due(at=event.at, reason=CALENDAR, stream=calendar.stream_of(county), decider=calendar.CATEGORY)
        case calendar.Gone():
            yield Due(at=event.again_at, reason=CALENDAR, stream=stream, decider=calendar.CATEGORY)
            for year, number in event.lists:
                close = spot_check.CloseList(
                    county=event.county, year=year, number=number, at=event.at, by_itself=True
                )  # fmt: skip
                listed = spot_check.stream_of(event.county, year, number)
                yield Step(decider=batch.decider, stream=listed, command=close)
        case spot_check.ListClosed() | spot_check.Reopened():
            yield Due(at=event.commit_until, reason=TURN, stream=stream, decider=batch.CATEGORY)
        case spot_check.CommitmentsClosed():
            yield Due(at=event.reveal_until, reason=TURN, stream=stream, decider=batch.CATEGORY)
        case spot_check.Picked():
            yield from _assigned(stream, event, state)
        case inspection.Assigned():
            inspect = order.Inspect(visit_id=stream, draw=event.batch, at=event.at)
            yield Step(decider=order.decider, stream=event.order, command=inspect)
        case inspection.Ordered():
            inspect = order.Inspect(visit_id=stream, draw=stream, at=event.at)
            yield Step(decider=order.decider, stream=event.order, command=inspect)


def _assigned(stream: UUID, event: spot_check.Picked, state: spot_check.Batch) -> Iterable[Step]:
    assert state.closed is not None
    lines = {line.visit: line for line in state.lines}
    due_on = business_day(event.at) + timedelta(days=state.closed.inspect_within_days)
    for pick in event.picks:
        line = lines[pick.visit]
        assign = inspection.Assign(
            batch=stream,
            year=state.closed.year,
            order=line.order,
            township=line.township,
            provider=line.provider,
            item=line.item,
            day=line.day,
            stratum=pick.stratum,
            why=pick.why,
            inspector=pick.inspector,
            due_on=due_on,
            at=event.at,
        )
        yield Step(decider=inspection.decider, stream=pick.visit, command=assign)


def turn(_stream: UUID, _state: spot_check.Batch, at: datetime) -> spot_check.Turn:
    """The batch knows which deadline has passed."""
    return spot_check.Turn(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {
    CALENDAR: lambda _stream, _state, at: calendar.Go(at=at),
    TURN: turn,
}
