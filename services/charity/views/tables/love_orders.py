"""Read models of charities, claimants, love orders and the month's seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.charity.domain import charity, claimant, love_order, month


def _charity(stream: UUID, state: charity.Registered) -> Mapping[str, Any]:
    return {"id": stream, "name": state.name, "credit_code": state.credit_code}


def _claimant(stream: UUID, state: claimant.Claimant) -> Mapping[str, Any] | None:
    if state.registered is None:
        return None
    return {
        "id": stream,
        "kind": state.registered.kind,
        "name_box": state.registered.name.box,
        "phone_box": state.registered.phone.box,
        "open_claims": len(state.open_claims),
        "fulfilled": state.fulfilled,
    }


def _love_order(stream: UUID, state: love_order.LoveOrder) -> Mapping[str, Any] | None:
    work = state.work
    if work is None:
        return None
    return {
        "id": stream,
        "charity": work.charity,
        "item": work.item,
        "units": work.units,
        "township": work.township,
        "village": work.village,
        "places": work.places,
        "price_fen": work.price_fen,
        "expires_at": work.expires_at,
        "policy": work.policy,
        "status": state.status,
        "publish_by": state.publish_by,
        "published_at": state.published_at,
        "wording": state.wording,
        "places_left": state.left,
        "held": len(state.open),
        "waiting": len(state.waiting),
        "fulfilled": state.fulfilled,
        "claims": json.dumps([_claim(claim) for claim in state.claims]),
    }


def _claim(claim: love_order.Place) -> dict[str, Any]:
    return {
        "claim_id": str(claim.claim_id),
        "claimant": str(claim.claimant),
        "standing": claim.standing,
        "claimed_at": claim.claimed_at.isoformat(),
        "until": claim.until.isoformat() if claim.until else None,
    }


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {"id": stream, "month": state.month, "sealed": state.sealed, "again_at": state.again_at}


TABLES = (
    View(
        table="charities",
        category=charity.CATEGORY,
        columns={"id": "uuid", "name": "text", "credit_code": "text"},
        row=_charity,
    ),
    View(
        table="claimants",
        category=claimant.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "name_box": "text", "phone_box": "text", "open_claims": "integer",
            "fulfilled": "integer",
        },
        row=_claimant,
    ),
    View(
        table="love_orders",
        category=love_order.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "item": "text", "units": "integer", "township": "text", "village": "text",
            "places": "integer", "price_fen": "bigint", "expires_at": "timestamptz", "policy": "text",
            "status": "text", "publish_by": "timestamptz", "published_at": "timestamptz", "wording": "text",
            "places_left": "integer", "held": "integer", "waiting": "integer", "fulfilled": "integer",
            "claims": "jsonb",
        },
        row=_love_order,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={"id": "uuid", "month": "text", "sealed": "boolean", "again_at": "timestamptz"},
        row=_month,
    ),
)  # fmt: skip
