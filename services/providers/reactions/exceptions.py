"""What follows from exceptions: each has a stream of its own from the moment it is noticed; what an officer settles the
visit is rid of; visits learn of an outage in pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.domain import exception, outage, visit

LOOK_AT_VISITS = "look_at_visits_of_outage"


def of_exceptions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """A visit's exceptions, their resolution, an outage's visits."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case visit.Inspected() | visit.Returned():
            return
        case exception.Resolved() if event.resolution != "upheld":
            settle = visit.Settle(code=state.raised.code, how=event.resolution, at=event.at)
            yield Step(decider=visit.decider, stream=state.raised.visit, command=settle)
        case outage.Recorded():
            yield Due(at=event.at, reason=LOOK_AT_VISITS, stream=stream, decider=outage.CATEGORY)
        case outage.LookedAt():
            yield from _learn(stream, state, event)
    if isinstance(state, visit.Visit):
        yield from _of_a_visit(stream, state, event.at)


def _of_a_visit(stream: UUID, state: visit.Visit, at: datetime) -> Iterable[Step]:
    """What stands is raised, what stood and does not is lifted; repeated, both are nothing."""
    standing = {one.code: one.colour for one in state.exceptions}
    first = state.first
    for code in state.seen:
        command: exception.Command = exception.Lift(at=at)
        if code in standing:
            command = exception.Raise(
                visit=stream,
                order_id=first.order_id,
                provider=first.provider,
                worker=first.worker,
                person=first.person,
                region=first.region,
                item=first.item,
                day=state.day,
                code=code,
                colour=standing[code],
                policy=first.policy,
                at=at,
            )
        yield Step(decider=exception.decider, stream=exception.stream_of(stream, code), command=command)


def _learn(stream: UUID, state: outage.Outage, event: outage.LookedAt) -> Iterable[Due | Step]:
    """Each visit decides by itself whether it is excused; the next page is an entry of its own."""
    for one in event.visits:
        excuse = visit.Excuse(order_id=one.order_id, started_at=one.started_at, told_at=one.told_at, at=event.at)
        yield Step(decider=visit.decider, stream=one.visit, command=excuse)
    if event.more:
        at = state.recorded.at + timedelta(microseconds=state.pages)
        yield Due(at=at, reason=LOOK_AT_VISITS, stream=stream, decider=outage.CATEGORY)


def look_at_visits(_stream: UUID, state: outage.Outage | None, at: datetime) -> outage.Look | None:
    """The next page, until there is none."""
    return None if state is None or state.done else outage.Look(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {LOOK_AT_VISITS: look_at_visits}
