"""Requests to the orders service about love orders, in depth."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.matrix.asked_ledgers import here

LATER = "2024-12-20T12:00:00+08:00"

ASKED: dict[str, Asked] = {
    "GET /v1/radar/duplicates": here(),
    "GET /v1/radar/omissions": here(),
    "GET /v1/referrals": rows("referral"),
    "GET /v1/referrals/{referral_id}": at("referral"),
    "GET /v1/referrals/{referral_id}/people/{need_id}/personal": at("referral", "need_listed", purpose="制定方案"),
    "POST /v1/referrals": said(lambda spot: {"charity_id": spot["charity"], "need_ids": [spot["need_unlisted"]]}),
    "POST /v1/orders/{order_id}/referral": at(
        "love_sent_back", body=lambda spot: {"charity_id": spot["charity"], "expires_at": LATER}
    ),
    "POST /v1/orders/{order_id}/purchase": at("love_unbought"),
}
