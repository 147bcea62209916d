"""The REST edge of the orders service. Routers translate, hand over and answer; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.orders.api import (
    beneficiaries,
    carers,
    caring,
    contacts,
    duties,
    errands,
    ledgers,
    love_orders,
    mending,
    needs,
    orders,
    people,
    personal,
    plans,
    published,
)

PARTS = (
    published,
    beneficiaries,
    personal,
    needs,
    plans,
    orders,
    love_orders,
    mending,
    duties,
    contacts,
    errands,
    carers,
    caring,
    *people.PARTS,
    *ledgers.PARTS,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in PARTS:
        whole.routes.extend(part.routes.router().routes)
    return whole
