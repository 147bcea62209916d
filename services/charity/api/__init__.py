"""The REST edge of the charity service. Routers translate, hand over and answer; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.charity.api import (
    charities,
    claimant_files,
    claimants,
    claims,
    doings,
    giving,
    love_orders,
    offers,
    photos,
    referrals,
    writings,
)

PARTS = (
    charities,
    claimants,
    claimant_files,
    love_orders,
    claims,
    photos,
    doings,
    offers,
    writings,
    *giving.PARTS,
    *referrals.PARTS,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in PARTS:
        whole.routes.extend(part.routes.router().routes)
    return whole
