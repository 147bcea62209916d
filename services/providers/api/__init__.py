"""The REST edge of the providers service: registers, keys, visits. Routers translate and hand over; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.providers.api import (
    agreements,
    appointments,
    codes,
    exceptions,
    grades,
    keys,
    late_reports,
    market,
    matchings,
    offers,
    photos,
    registers,
    standing,
    tenders,
    tokens,
    travel,
    visits,
    worker_days,
    workers,
    workforce,
    writings,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in (
        registers, standing, agreements, tenders, workers, workforce, market, keys, tokens, offers, matchings,
        travel, appointments, worker_days, codes, visits, late_reports,
        writings, *photos.PARTS, *exceptions.PARTS, *grades.PARTS,
    ):  # fmt: skip
        whole.routes.extend(part.routes.router().routes)
    return whole
