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
    forwardings,
    ledgers,
    love_orders,
    mending,
    needs,
    notices,
    objections,
    orders,
    people,
    personal,
    plans,
    published,
    response_times,
    reviews,
)

PARTS = (
    published,
    beneficiaries,
    personal,
    needs,
    reviews,
    objections,
    response_times,
    forwardings,
    plans,
    notices,
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
