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
OfClaim = claimant.Open | claimant.Plan | claimant.Close | claimant.Reopen | claimant.TurnDown


def of_love_orders(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Every end that lies ahead is put on the agenda; every claim that begins or ends is told to its claimant.

    A claim that its claimant may not make is refused there, and with it the whole request.
    """
    stream = recorded.originator_id
    match recorded.event:
        case love_order.Referred() as event:
            yield _due(stream, event.work.expires_at)
            yield _due(stream, event.publish_by)
        case love_order.Claimed() as event:
            yield _due(stream, event.until)
            yield _claimant(event.claimant, _open(stream, event, state, event.planned))
        case love_order.Queued() as event:
            yield _claimant(event.claimant, _open(stream, event, state, None))
        case love_order.Promoted() | love_order.ShareReceived() as event:
            yield _due(stream, event.until)
        case love_order.Confirmed() as event:
            yield _due(stream, event.until)
            if event.planned is not None:
                plan = claimant.Plan(claim_id=event.claim_id, window=_window(event.planned), at=event.at)
                yield _claimant(_of(state, event.claim_id), plan)
        case month.Delayed() as event:
            yield Due(at=event.again_at, reason=SEAL_MONTH, stream=stream, decider=month.CATEGORY)
        case _:
            yield from _of_the_end(recorded, state)


def _of_the_end(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """A claim that is over, or after all is not."""
    match recorded.event:
        case love_order.Released() as event:
            yield _claimant(event.claimant, _close(event))
        case love_order.Fulfilled() as event:
            close = claimant.Close(claim_id=event.claim_id, why="fulfilled", confirmed=True, at=event.at)
            yield _claimant(event.claimant, close)
        case love_order.Returned() as event:
            yield _due(recorded.originator_id, event.until)
            again = claimant.Reopen(claim_id=event.claim_id, order_id=recorded.originator_id, at=event.at)
            yield _claimant(_of(state, event.claim_id), again)
        case love_order.TurnedDown() as event:
            yield _claimant(event.claimant, claimant.TurnDown(claim_id=event.claim_id, at=event.at))


def _due(order_id: UUID, at: datetime) -> Due:
    return Due(at=at, reason=LAPSE, stream=order_id, decider=love_order.CATEGORY)


def _of(order: love_order.LoveOrder, claim_id: UUID) -> UUID:
    """Whose a claim is."""
    claim = order.claim(claim_id)
    assert claim is not None
    return claim.claimant


def _open(
    order_id: UUID,
    event: love_order.Claimed | love_order.Queued,
    order: love_order.LoveOrder,
    planned: love_order.Planned | None,
) -> claimant.Open:
    work = order.work
    assert work is not None
    asked = claimant.Asked(
        charity=work.charity,
        item=work.item,
        claimants=work.claimants,
        min_age=work.min_age,
        skills=tuple(work.skills),
        ends_at=work.expires_at,
    )
    window = _window(planned) if planned else None
    return claimant.Open(claim_id=event.claim_id, order_id=order_id, asked=asked, window=window, at=event.at)


def _window(planned: love_order.Planned) -> claimant.Window:
    return claimant.Window(starts_at=planned.starts_at, minutes=planned.minutes)


def _close(event: love_order.Released) -> claimant.Close:
    """What the charity ended, or did not deliver, says nothing about the claimant."""
    undelivered = event.detail_code == "not_delivered"
    by_the_charity = event.why == "withdrawn" and bool(event.by)
    return claimant.Close(
        claim_id=event.claim_id,
        why="closed" if undelivered or by_the_charity else event.why,
        confirmed=event.confirmed,
        detail_code=event.detail_code,
        at=event.at,
    )


def _claimant(stream: UUID, command: OfClaim) -> Step:
    return Step(decider=claimant.decider, stream=stream, command=command)


def lapse(_stream: UUID, state: love_order.LoveOrder, at: datetime) -> love_order.Lapse | None:
    """End what has run out, unless the order has ended before and nothing of it is to be mended."""
    stands = state.status in ("referred", "accepted", "published") or state.open
    return love_order.Lapse(at=at) if stands else None


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal | None:
    """Try the seal again, unless it is done."""
    return None if state.sealed else month.Seal(month=state.month, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {LAPSE: lapse, SEAL_MONTH: seal_month}
