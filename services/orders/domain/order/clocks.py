"""The clocks of an order: until when each step was to be done, and whether it was.

    taken      by the last day of the window somebody must have taken it
    served     by the last day of the window somebody must have been there
    verified   when nobody judges a completion it is accepted by itself then (S3); a love order has no such instant

An order that was returned or fell back is measured by its latest window and its latest completion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.orders.domain.days import ONE_DAY, begins, business_day
from services.orders.domain.order.doubted import Cleared, Doubted
from services.orders.domain.order.judged import Accepted, Returned, TurnedDown
from services.orders.domain.order.loving_words import LoveFormed, ReferredElsewhere
from services.orders.domain.order.words import Cancelled, Completed, Event, FellBack, Matched, Opened

Name = Literal["taken", "served", "verified"]
State = Literal["running", "in_time", "late", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A step's instant of being due, and of being done; ``state`` is what that means at the instant it is asked."""

    name: Name
    due_at: datetime
    done_at: datetime | None
    state: State


def clocks(events: Sequence[Event], now: datetime) -> tuple[Clock, ...]:
    """The clocks that have begun, of everything that happened to the order, in order."""
    window_to: date | None = None
    taken = cancelled = judged = None
    done: Completed | None = None
    accepts_at: datetime | None = None
    for event in events:
        match event:
            case Opened() | FellBack():
                window_to = event.window_to
            case LoveFormed() | ReferredElsewhere():
                window_to = business_day(event.expires_at)
            case Matched():
                taken = taken or event.at
            case Completed():
                done, judged, accepts_at = event, None, event.accepts_at
            case Doubted():
                accepts_at = None
            case Cleared():
                accepts_at = event.accepts_at
            case Accepted() | TurnedDown() | Returned():
                judged = event.at
            case Cancelled():
                cancelled = event.at
    if window_to is None:
        return ()
    closes = begins(window_to + ONE_DAY)
    served = min(begins(done.day + ONE_DAY), done.at) if done else None
    told = [
        _clock("taken", closes, taken, cancelled, now),
        _clock("served", closes, served, cancelled, now),
    ]
    if done is not None and accepts_at is not None:
        told.append(_clock("verified", accepts_at, judged, None, now))
    return tuple(told)


def _clock(name: Name, due: datetime, done: datetime | None, stopped: datetime | None, now: datetime) -> Clock:
    """Done at the due instant is in time."""
    if done is not None:
        state: State = "in_time" if done <= due else "late"
    elif stopped is not None:
        state = "stopped"
    else:
        state = "running" if now <= due else "late"
    return Clock(name=name, due_at=due, done_at=done, state=state)
