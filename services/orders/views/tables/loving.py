"""Read models of love orders in depth: the love side of an order's row, and lists of people referred to charities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import order, referral

LOVE_COLUMNS = {
    "charity": "uuid", "places": "integer", "pieces_left": "integer", "pieces_accepted": "integer",
    "referral_id": "uuid", "confirmed": "jsonb", "desk_since": "date", "published_on": "date",
}  # fmt: skip


def love_side(state: order.Order) -> Mapping[str, Any]:
    """The columns of ``orders`` about giving; ``confirmed`` are the claims whose claimant may know the person now."""
    on_desk = state.desk and not state.cancelled_on
    return {
        "charity": state.charity,
        "places": state.places,
        "pieces_left": state.left,
        "pieces_accepted": state.accepted_pieces,
        "referral_id": state.referral_id,
        "confirmed": json.dumps(_confirmed(state)) if state.confirmed else "[]",
        "desk_since": state.desk_since if on_desk else None,
        "published_on": state.published_on,
    }


def _confirmed(state: order.Order) -> list[dict[str, Any]]:
    """Until the completion is reported; again, without an end, while it is to be mended."""
    told = []
    for claimant, until in state.confirmed:
        visit = next((one for one in state.own_visits if one.provider == claimant), None)
        if state.cancelled_on or claimant not in state.servers or (visit and visit.verdict != "returned"):
            continue
        told.append({"claimant": str(claimant), "until": None if visit else until.isoformat()})
    return told


def _referral(stream: UUID, state: referral.Referral) -> Mapping[str, Any]:
    referred = state.referred
    return {
        "id": stream,
        "charity": referred.charity_id,
        "state": state.stage,
        "referred_at": referred.at,
        "decide_by": referred.decide_by,
        "people": len(referred.people),
        "undecided": len(state.undecided),
        "entries": json.dumps(
            [
                {
                    "need_id": str(one.need_id),
                    "person": str(one.person),
                    "standing": state.standings[one.need_id],
                    "reason_code": state.reasons.get(one.need_id, ""),
                }
                for one in referred.people
            ]
        ),
        "open_needs": json.dumps([str(need) for need in state.undecided] if state.stage == "waiting" else []),
    }


TABLES: tuple[View, ...] = (
    View(
        table="referrals",
        category=referral.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "state": "text", "referred_at": "timestamptz", "decide_by": "date",
            "people": "integer", "undecided": "integer", "entries": "jsonb", "open_needs": "jsonb",
        },
        row=_referral,
    ),
)  # fmt: skip
