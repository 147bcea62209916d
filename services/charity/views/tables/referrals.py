"""The read model of lists referred: without names, and with the words of plans sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.charity.domain import referral


def _referral(stream: UUID, state: referral.Referral) -> Mapping[str, Any] | None:
    received = state.received
    if received is None:
        return None
    return {
        "id": stream,
        "charity": received.charity_id,
        "state": "waiting" if state.undecided else "decided",
        "received_at": received.at,
        "decide_by": received.decide_by,
        "people": len(received.people),
        "undecided": state.undecided,
        "entries": json.dumps([_entry(one, state) for one in received.people]),
    }


def _entry(one: referral.Listed, state: referral.Referral) -> dict[str, Any]:
    content = state.contents.get(one.need_id)
    return {
        "need_id": str(one.need_id),
        "person": str(one.person),
        "township": one.township,
        "village": one.village,
        "items": [{"item": item, "units": units} for item, units in one.items],
        "standing": state.standing(one.need_id),
        "reason_code": state.sent_back.get(one.need_id, ""),
        "item": content.item if content else None,
        "plan": content.plan.box if content and content.plan else None,
    }


TABLES: tuple[View, ...] = (
    View(
        table="referrals",
        category=referral.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "state": "text", "received_at": "timestamptz", "decide_by": "date",
            "people": "integer", "undecided": "integer", "entries": "jsonb",
        },
        row=_referral,
    ),
)  # fmt: skip
