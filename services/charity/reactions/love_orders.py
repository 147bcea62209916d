"""Holds and orders run out in time, a claimant's open claims are kept in step, a delayed seal is tried again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.charity.domain import claimant, love_order, month

LAPSE = "lapse"
SEAL_MONTH = "seal_month"


def of_love_orders(recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """Every end that lies ahead is put on the agenda; every claim that begins or ends is told to its claimant.

    A claim beyond the claimant's quota is refused there, and with it the whole request.
    """
    order_id = recorded.originator_id
    match recorded.event:
        case love_order.Referred() as event:
            yield _due(order_id, event.work.expires_at)
        case love_order.Claimed() as event:
            yield _due(order_id, event.until)
            yield _claimant(event.claimant, _open(order_id, event))
        case love_order.Queued() as event:
            yield _claimant(event.claimant, _open(order_id, event))
        case love_order.Promoted() | love_order.Confirmed() | love_order.Returned() as event:
            yield _due(order_id, event.until)
        case love_order.Released() as event:
            yield _claimant(event.claimant, claimant.Close(claim_id=event.claim_id, why=event.why, at=event.at))
        case love_order.Fulfilled() as event:
            yield _claimant(event.claimant, claimant.Close(claim_id=event.claim_id, why="fulfilled", at=event.at))
        case month.Delayed() as event:
            yield Due(at=event.again_at, reason=SEAL_MONTH, stream=order_id, decider=month.CATEGORY)


def _due(order_id: UUID, at: datetime) -> Due:
    return Due(at=at, reason=LAPSE, stream=order_id, decider=love_order.CATEGORY)


def _open(order_id: UUID, event: love_order.Claimed | love_order.Queued) -> claimant.Open:
    return claimant.Open(claim_id=event.claim_id, order_id=order_id, at=event.at)


def _claimant(stream: UUID, command: claimant.Open | claimant.Close) -> Step:
    return Step(decider=claimant.decider, stream=stream, command=command)


def lapse(_stream: UUID, state: love_order.LoveOrder, at: datetime) -> love_order.Lapse | None:
    """End what has run out, unless the order has ended before."""
    return love_order.Lapse(at=at) if state.status in ("referred", "published") else None


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal | None:
    """Try the seal again, unless it is done."""
    return None if state.sealed else month.Seal(month=state.month, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {LAPSE: lapse, SEAL_MONTH: seal_month}
