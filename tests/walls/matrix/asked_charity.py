"""Requests to the charity service."""

from __future__ import annotations

from typing import Any

from careloop.demo.marks import credit_code
from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.matrix.traced import Traced


def _fulfilment(spot: Traced) -> dict[str, Any]:
    return {"day": "2024-12-03", "time": "08:30", "claim_id": spot["claim_fulfilled"]}


ASKED: dict[str, Asked] = {
    "GET /v1/charities": rows("charity"),
    "GET /v1/claimants/{claimant_id}": at("claimant"),
    "GET /v1/claimants/{claimant_id}/personal": at("claimant", purpose="联系认领人"),
    "GET /v1/love-orders": rows("love_referred"),
    "GET /v1/hall": rows("love_published"),
    "GET /v1/claims": rows("claim_given"),
    "GET /v1/love-orders/{order_id}/claims": at("love_given"),
    "POST /v1/charities": said(lambda spot: {"name": "新来的慈善会", "credit_code": credit_code("53", 900)}),
    "POST /v1/claimants": said(lambda spot: {"kind": "person", "name": "新来的人", "phone": "0319-5550000"}),
    "POST /v1/love-orders/{order_id}/publication": at("love_referred", body=lambda spot: {"wording": "陪老人说话"}),
    "POST /v1/love-orders/{order_id}/claims": at("love_published"),
    "POST /v1/love-orders/{order_id}/claims/{claim_id}/confirmation": at("love_claimed", "claim_claimed"),
    "POST /v1/love-orders/{order_id}/claims/{claim_id}/withdrawal": at("love_withdrawn", "claim_withdrawn"),
    "POST /v1/love-orders/{order_id}/fulfilment": at("love_fulfilled", body=_fulfilment),
}
