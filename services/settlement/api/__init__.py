"""The REST edge of settlement: months, statements, funds, grades and rulings, facts for auditors. No rules here."""

from __future__ import annotations

from fastapi import APIRouter

from services.settlement.api import answers, audit, decisions, funds, months, signing, statements


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in (months, statements, answers, signing, funds, decisions, audit):
        whole.routes.extend(part.routes.router().routes)
    return whole
