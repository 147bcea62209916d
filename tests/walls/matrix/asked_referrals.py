"""Requests to the charity service about lists of people."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, many, rows
from tests.walls.matrix.traced import Traced


def _decision(spot: Traced) -> dict[str, Any]:
    return {"need_id": spot["need_listed"], "result": "sent_back", "reason_code": "no_means"}


ASKED: dict[str, Asked] = {
    "GET /v1/referrals": rows("referral"),
    "GET /v1/referrals/{referral_id}": at("referral"),
    "GET /v1/referrals/{referral_id}/people/{need_id}/plan": at("referral", "need_planned", purpose="了解方案"),
    "POST /v1/referrals/{referral_id}/decisions": at("referral", body=_decision),
    "POST /v1/bulk/referral-decisions": many(
        lambda spot: {"referral_id": spot["referral"], **_decision(spot), "need_id": spot["need_listed_too"]}
    ),
}
