"""The REST edge of the providers service: registers, keys, visits. Routers translate and hand over; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.providers.api import (
    appointments,
    codes,
    keys,
    late_reports,
    offers,
    registers,
    tokens,
    visits,
    worker_days,
    workers,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in (registers, workers, keys, tokens, offers, appointments, worker_days, codes, visits, late_reports):
        whole.routes.extend(part.routes.router().routes)
    return whole
