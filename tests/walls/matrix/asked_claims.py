"""Requests to the charity service about claims, in depth."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.world.giving import offered

REASON = {"reason_code": "conduct", "reason": "经核实情况属实"}
LONG = "2025-12-31"


ASKED: dict[str, Asked] = {
    "GET /v1/charities/{charity_id}": at("charity"),
    "GET /v1/charities/{charity_id}/people": at("charity"),
    "GET /v1/charities/{charity_id}/writings": at("charity", purpose="核对"),
    "GET /v1/claimants/{claimant_id}/reliability": at("claimant"),
    "GET /v1/claimants/{claimant_id}/writings": at("claimant", purpose="核对"),
    "GET /v1/love-orders/{order_id}": at("love_given"),
    "GET /v1/love-orders/{order_id}/writings": at("love_given", purpose="核对"),
    "GET /v1/love-orders/{order_id}/claims/{claim_id}": at("love_given", "claim_given"),
    "GET /v1/offers": rows("offer"),
    "POST /v1/love-orders/{order_id}/acceptance": at("love_accepted"),
    "POST /v1/love-orders/{order_id}/decline": at("love_declined", body=lambda spot: REASON),
    "POST /v1/love-orders/{order_id}/waiting-list": at("love_published"),
    "POST /v1/love-orders/{order_id}/offer": at("love_published", body=lambda spot: {"offer_id": spot["offer"]}),
    "POST /v1/love-orders/{order_id}/claims/{claim_id}/no-show": at("love_missed", "claim_missed"),
    "POST /v1/love-orders/{order_id}/claims/{claim_id}/share": at(
        "love_money", "claim_money", body=lambda spot: {"receipt_number": "2024-1"}
    ),
    "POST /v1/claimants/{claimant_id}/skills": at("company", body=lambda spot: {"skill": "haircut"}),
    "POST /v1/claimants/{claimant_id}/suitability": at("company", body=lambda spot: {"fit": True, "valid_to": LONG}),
    "POST /v1/claimants/{claimant_id}/guardian-consent": at(
        "company", body=lambda spot: {"guardian_name": "监护人", "guardian_phone": "0319-5550000", "valid_to": LONG}
    ),
    "POST /v1/claimants/{claimant_id}/block": at("company", body=lambda spot: {**REASON, "until": LONG}),
    "POST /v1/claimants/{claimant_id}/unblock": at("company"),
    "POST /v1/offers": said(offered),
    "POST /v1/offers/{offer_id}/withdrawal": at("offer"),
    "POST /v1/charities/{charity_id}/amendment": at("charity_spare", body=lambda spot: {"name": "改名慈善会"}),
    "POST /v1/charities/{charity_id}/suspension": at("charity_spare", body=lambda spot: REASON),
    "POST /v1/charities/{charity_id}/reinstatement": at("charity_spare"),
    "POST /v1/charities/{charity_id}/removal": at("charity_spare", body=lambda spot: REASON),
    "POST /v1/charities/{charity_id}/people": at(
        "charity", body=lambda spot: {"subject": "zhang", "from_day": "2024-11-01"}
    ),
    "POST /v1/charities/{charity_id}/people-end": at("charity", body=lambda spot: {"subject": "zhang", "to_day": LONG}),
}
"""Of the charity's people last: where it has named some, nobody else acts for it."""
