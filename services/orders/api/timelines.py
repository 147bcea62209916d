"""The timeline of an order 订单全程: each step with its role, whom it concerned, and the clocks that run.

What the roads do before somebody takes an order (offers, refusals, publication) stands in their own services; here is
what they told: taken by whom and when, given back, nobody found and for which reasons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call
from chassis.http.writings import EVENTS
from services.orders.domain import order
from services.orders.domain.order.clocks import Name, State, clocks


class Happened(Body):
    """One step: what, when, which role caused it; ``minutes`` since the first step. ``provider`` is whom it concerns,
    ``day`` the day of service, ``codes`` its reasons and exceptions."""

    event: str
    at: datetime
    role: str
    minutes: int
    provider: UUID | None
    day: date | None
    codes: list[str]


class ClockAnswer(Body):
    """A clock: until when, done when, and whether that is in time."""

    name: Name
    due_at: datetime
    done_at: datetime | None
    state: State


async def timeline(call: Call[None], stream: UUID) -> dict[str, Any]:
    """The timeline and the clocks of an order; a provider is not told of another's part in it."""
    rows = await call.fetch(EVENTS, call.county, stream)
    events: list[order.Event] = [call.running.codec.decode(row["topic"], row["state"]) for row in rows]
    first = rows[0]["recorded_at"] if rows else call.at
    told = [_happened(row, event, first, call.caller.owner) for row, event in zip(rows, events, strict=True)]
    running = [ClockAnswer(**vars(clock)) for clock in clocks(events, call.at)]
    return {"timeline": told, "clocks": running}


def _happened(row: Mapping[str, Any], event: order.Event, first: datetime, owner: str) -> Happened:
    provider: UUID | None = getattr(event, "provider", None)
    anothers = bool(owner) and provider is not None and str(provider) != owner
    nobodys = bool(owner) and isinstance(event, order.NobodyFound)
    return Happened(
        event=row["topic"].rpartition(".")[2],
        at=row["recorded_at"],
        role=json.loads(row["metadata"])["role"],
        minutes=int((row["recorded_at"] - first).total_seconds()) // 60,
        provider=None if anothers else provider,
        day=None if anothers else getattr(event, "day", None),
        codes=[] if anothers or nobodys else sorted(_codes(event)),
    )


def _codes(event: order.Event) -> Iterable[str]:
    """Reasons and exceptions, by code."""
    for name in ("reason_code", "remark_code"):
        if code := getattr(event, name, ""):
            yield code
    yield from getattr(event, "reason_codes", ())
    yield from getattr(event, "exceptions", ())
