"""The REST edge of the orders service. Routers translate, hand over and answer; no rules."""

from __future__ import annotations

from fastapi import APIRouter

from services.orders.api import (
    beneficiaries,
    carers,
    caring,
    complaints,
    contacts,
    desk,
    duties,
    errands,
    exception_codes,
    forwardings,
    ledgers,
    love_orders,
    loving,
    mending,
    moves,
    needs,
    notices,
    objections,
    order_decisions,
    orders,
    people,
    personal,
    plan_changes,
    plan_help,
    plans,
    published,
    response_times,
    reviews,
    spot_checks,
    writings,
)

PARTS = (
    published,
    beneficiaries,
    moves,
    personal,
    needs,
    reviews,
    objections,
    response_times,
    forwardings,
    plans,
    notices,
    plan_changes,
    plan_help,
    orders,
    order_decisions,
    exception_codes,
    love_orders,
    mending,
    writings,
    duties,
    contacts,
    errands,
    carers,
    caring,
    *people.PARTS,
    *ledgers.PARTS,
    *loving.PARTS,
    *desk.PARTS,
    *spot_checks.PARTS,
    *complaints.PARTS,
)


def router() -> APIRouter:
    """All routes of the service."""
    whole = APIRouter()
    for part in PARTS:
        whole.routes.extend(part.routes.router().routes)
    return whole
