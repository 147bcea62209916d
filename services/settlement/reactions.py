"""What the service does by itself: close when nothing is missing any more, keep the statements, take silence.

A close is never decided together with the last seal: it is due at once, in a transaction of its own, so that it reads
every fact that came with the seal from the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.settlement.domain import grade, month, statement

CLOSE_MONTH = "close_month"
TAKE_SILENCE = "take_silence"


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """See the module's text."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case month.CloseRequested() | month.CloseRetried() | month.SealNoted() if state.sealed and state.requested_at:
            yield _close(stream, event.at)
        case month.DrawnNoted() if state.sealed and state.requested_at:
            yield _close(stream, event.at)
        case month.CloseDelayed() if event.again_at is not None:
            yield _close(stream, event.again_at)
        case grade.Graded():
            yield _close(event.month_id, event.at)
        case month.Closed():
            for total in event.statements:
                command = statement.Finalise(
                    month=event.month, payee=total.payee, purchaser=total.purchaser, digest=total.digest, at=event.at
                )
                target = statement.stream_of(stream, total.payee, total.purchaser)
                yield Step(decider=statement.decider, stream=target, command=command)
        case statement.Finalised():
            yield Due(at=event.answer_until, reason=TAKE_SILENCE, stream=stream, decider=statement.CATEGORY)


def _close(stream: UUID, at: datetime) -> Due:
    return Due(at=at, reason=CLOSE_MONTH, stream=stream, decider=month.CATEGORY)


def close_month(_stream: UUID, state: month.Month, at: datetime) -> month.Close | None:
    """Close, where it was asked for and is not done."""
    return month.Close(at=at) if state.status == "requested" and state.sealed else None


def take_silence(_stream: UUID, _state: statement.Statement, at: datetime) -> statement.TakeSilence:
    """The payee's time is over."""
    return statement.TakeSilence(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {CLOSE_MONTH: close_month, TAKE_SILENCE: take_silence}
