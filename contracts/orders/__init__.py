"""What the orders service tells: policies, orders and their fate, plans' months, notices, seals. No personal data."""

from __future__ import annotations

from contracts.orders.checks import (
    SpotCheckDrawn,
    SpotCheckListed,
    SpotCheckNumberAsked,
    SpotCheckYearClosed,
    VisitInspected,
)
from contracts.orders.complaints import ComplaintUpheld
from contracts.orders.desk import VerificationUndone
from contracts.orders.love import PeopleReferred, PurchaseConsidered, ReferredPerson
from contracts.orders.service_orders import (
    AidVerified,
    BundleMonth,
    LoveOrderFormed,
    MonthSealed,
    NoticePosted,
    OrderCancelled,
    OrderMatched,
    OrderOpened,
    OrderReturned,
    OrderTurnedDown,
    OrderVerified,
    PolicyAdopted,
    ReviewPending,
    VerifiedFact,
)

__all__ = [
    "AidVerified",
    "BundleMonth",
    "ComplaintUpheld",
    "LoveOrderFormed",
    "MonthSealed",
    "NoticePosted",
    "OrderCancelled",
    "OrderMatched",
    "OrderOpened",
    "OrderReturned",
    "OrderTurnedDown",
    "OrderVerified",
    "PeopleReferred",
    "PolicyAdopted",
    "PurchaseConsidered",
    "ReferredPerson",
    "ReviewPending",
    "SpotCheckDrawn",
    "SpotCheckListed",
    "SpotCheckNumberAsked",
    "SpotCheckYearClosed",
    "VerificationUndone",
    "VerifiedFact",
    "VisitInspected",
]
