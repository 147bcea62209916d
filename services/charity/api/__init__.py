"""The REST edge of the charity service. Routers translate, hand over and answer; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.charity.api import claims, giving, love_orders, photos, referrals, registers

PARTS = (
    registers,
    love_orders,
    claims,
    photos,
    *giving.PARTS,
    *referrals.PARTS,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in PARTS:
        whole.routes.extend(part.routes.router().routes)
    return whole
