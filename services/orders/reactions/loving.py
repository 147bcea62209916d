"""What follows from love orders in depth: the bureau's days end, a charity's decision becomes a love order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import order, referral
from services.orders.domain.days import ONE_DAY, begins

BUY_UNCLAIMED = "buy_unclaimed"
REFERRAL_OVERDUE = "referral_overdue"


def of_loving(recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """What nobody claimed is bought when the bureau's days are over; a list is overdue behind its last day."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case order.Unclaimed(buys_at=buys_at) if buys_at is not None:
            yield Due(at=buys_at, reason=BUY_UNCLAIMED, stream=stream, decider=order.CATEGORY)
        case referral.Referred():
            over = begins(event.decide_by + ONE_DAY)
            yield Due(at=over, reason=REFERRAL_OVERDUE, stream=stream, decider=referral.CATEGORY)
        case referral.Decided():
            yield _formed(stream, event)


def _formed(referral_id: UUID, event: referral.Decided) -> Step:
    """In the name of the charity's decision, as a gift: the bureau agreed no price."""
    command = order.FormLove(
        need_id=event.need_id,
        item=event.item,
        units=event.units,
        charity_id=event.charity_id,
        places=event.places,
        expires_at=event.expires_at,
        price_fen=0,
        rule="",
        role="",
        referral_id=referral_id,
        at=event.at,
    )
    return Step(decider=order.decider, stream=referral.love_stream(event.need_id, event.item), command=command)


def buy_unclaimed(_stream: UUID, state: order.Order, at: datetime) -> order.Buy | None:
    """Unless the bureau has decided before."""
    return order.Buy(role="", at=at) if state.desk == "unclaimed" else None


def referral_overdue(_stream: UUID, _state: referral.Referral, at: datetime) -> referral.Expire:
    """The list knows whether anybody waits."""
    return referral.Expire(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {BUY_UNCLAIMED: buy_unclaimed, REFERRAL_OVERDUE: referral_overdue}
