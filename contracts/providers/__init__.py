"""What the providers service tells: who takes an order and why, visits with their exceptions, seals."""

from __future__ import annotations

from contracts.providers.grades import MonthGraded, TownshipsDrawn
from contracts.providers.serving import (
    AgreementEnded,
    Colour,
    Considered,
    MonthSealed,
    ProviderFound,
    ProviderNotFound,
    ProviderReleased,
    VisitCompleted,
    VisitException,
    VisitMissed,
    VisitNoticed,
)

__all__ = [
    "AgreementEnded",
    "Colour",
    "Considered",
    "MonthGraded",
    "MonthSealed",
    "ProviderFound",
    "ProviderNotFound",
    "ProviderReleased",
    "TownshipsDrawn",
    "VisitCompleted",
    "VisitException",
    "VisitMissed",
    "VisitNoticed",
]
