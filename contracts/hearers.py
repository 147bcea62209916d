"""Who hears what: for each service the public types it acts on. Providers' systems and provinces read the feed."""

from __future__ import annotations

from contracts import charity, orders, providers, settlement
from contracts.events import Event

_HEARS: dict[str, tuple[type[Event], ...]] = {
    "orders": (
        providers.ProviderFound,
        providers.ProviderNotFound,
        providers.ProviderReleased,
        providers.VisitCompleted,
        providers.VisitNoticed,
        charity.LoveOrderClaimed,
        charity.LoveOrderReleased,
        charity.LoveOrderFulfilled,
        charity.LoveOrderLapsed,
        charity.LoveOrderAccepted,
        charity.LoveOrderPublished,
        charity.LoveOrderDeclined,
        charity.ClaimConfirmed,
        charity.ContentDecided,
        charity.PersonSentBack,
        settlement.MonthCloseRequested,
        settlement.PurchaseBorne,
        settlement.RulingMade,
    ),
    "providers": (
        orders.PolicyAdopted,
        orders.OrderOpened,
        orders.OrderMatched,
        orders.OrderCancelled,
        orders.OrderReturned,
        orders.ComplaintUpheld,
        orders.VisitInspected,
        settlement.MonthCloseRequested,
    ),
    "charity": (
        orders.PolicyAdopted,
        orders.PeopleReferred,
        orders.LoveOrderFormed,
        orders.OrderMatched,
        orders.OrderCancelled,
        orders.OrderReturned,
        orders.OrderVerified,
        orders.OrderTurnedDown,
        orders.VerificationUndone,
        settlement.MonthCloseRequested,
    ),
    "settlement": (
        orders.PolicyAdopted,
        orders.PurchaseConsidered,
        orders.OrderCancelled,
        orders.OrderTurnedDown,
        orders.OrderVerified,
        orders.AidVerified,
        orders.VerificationUndone,
        orders.BundleMonth,
        orders.NoticePosted,
        orders.ReviewPending,
        orders.MonthSealed,
        providers.MonthSealed,
        providers.TownshipsDrawn,
        providers.MonthGraded,
        charity.MonthSealed,
    ),
}

HEARS: dict[str, tuple[str, ...]] = {service: tuple(kind.TYPE for kind in kinds) for service, kinds in _HEARS.items()}
"""Service -> the types it acts on; all others it passes by."""


def hearers(type_name: str) -> tuple[str, ...]:
    """The services that act on a type."""
    return tuple(service for service, types in HEARS.items() if type_name in types)
