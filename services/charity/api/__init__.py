"""The REST edge of the charity service: registers, the hall, claims. Routers translate and hand over; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.charity.api import claims, love_orders, registers


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in (registers, love_orders, claims):
        whole.routes.extend(part.routes.router().routes)
    return whole
