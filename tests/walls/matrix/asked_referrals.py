"""Requests to the charity service about lists of people."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, many, plain
from tests.walls.matrix.traced import Traced


def _decision(spot: Traced) -> dict[str, Any]:
    return {"need_id": spot["need_given"], "result": "sent_back", "reason_code": "no_means"}


ASKED: dict[str, Asked] = {
    "GET /v1/referrals": plain(),
    "GET /v1/referrals/{referral_id}": at("need_given"),
    "GET /v1/referrals/{referral_id}/people/{need_id}/plan": at("need_given", "need_given", purpose="了解方案"),
    "POST /v1/referrals/{referral_id}/decisions": at("need_given", body=_decision),
    "POST /v1/bulk/referral-decisions": many(lambda spot: {"referral_id": spot["need_given"], **_decision(spot)}),
}
