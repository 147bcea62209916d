"""The REST edge of the providers service: registers, keys, visits. Routers translate and hand over; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.providers.api import keys, offers, registers, tokens, visits, workers


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in (registers, workers, keys, tokens, offers, visits):
        whole.routes.extend(part.routes.router().routes)
    return whole
