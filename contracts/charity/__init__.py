"""What the charity service tells: love orders on the hall, claims, fulfilments, seals. Claimants by id only."""

from __future__ import annotations

from contracts.charity.claims import ClaimConfirmed, LoveOrderAccepted, LoveOrderDeclined
from contracts.charity.giving import PledgeBound
from contracts.charity.love_orders import (
    LoveOrderClaimed,
    LoveOrderFulfilled,
    LoveOrderLapsed,
    LoveOrderPublished,
    LoveOrderReleased,
    MonthSealed,
)
from contracts.charity.referrals import ContentDecided, PersonSentBack

__all__ = [
    "ClaimConfirmed",
    "ContentDecided",
    "LoveOrderAccepted",
    "LoveOrderClaimed",
    "LoveOrderDeclined",
    "LoveOrderFulfilled",
    "LoveOrderLapsed",
    "LoveOrderPublished",
    "LoveOrderReleased",
    "MonthSealed",
    "PersonSentBack",
    "PledgeBound",
]
