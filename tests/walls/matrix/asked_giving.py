"""Requests to the charity service about donations and certificates."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced


def _fund(spot: Traced) -> dict[str, Any]:
    return {"kind": "village_fund", "id": spot["pot_fund"]}


ASKED: dict[str, Asked] = {
    "GET /v1/fundraising": rows("charity"),
    "GET /v1/appeals": rows("pot_appeal"),
    "GET /v1/village-funds": rows("pot_fund"),
    "GET /v1/pots/{pot_id}": at("pot_fund"),
    "GET /v1/donors": Asked(about=lambda spot: {"pot": spot["pot_fund"]}),
    "GET /v1/pledges": rows("pledge_open"),
    "GET /v1/donations": rows("donation_kept"),
    "GET /v1/donations/{donation_id}": at("donation_kept"),
    "GET /v1/donations/{donation_id}/receipt": at("donation_kept", purpose="核对票据"),
    "GET /v1/love-orders/{order_id}/support": at("love_given"),
    "GET /v1/claimants/{claimant_id}/gifts": at("claimant"),
    "GET /v1/claimants/{claimant_id}/service-record": at("claimant"),
    "GET /v1/certificates/{number}": at("certificate_given"),
    "GET /v1/certificates/{number}/document": at("certificate_given", purpose="求职"),
    "GET /v1/certificates/{number}/qr": at("certificate_given"),
    "GET /v1/certificate-keys": plain(county="130528"),
    "GET /v1/honours": plain(year="2024"),
    "POST /v1/charities/{charity_id}/fundraising": at(
        "charity", body=lambda spot: {"number": "募捐9", "valid_from": "2024-01-01", "valid_to": "2025-12-31"}
    ),
    "POST /v1/appeals": said(lambda spot: {"title": "新倡议", "first": "2024-12-01", "last": "2024-12-31"}),
    "POST /v1/village-funds": said(lambda spot: {"title": "新基金", "village": "130528100201"}),
    "POST /v1/pledges": said(lambda spot: {"to": _fund(spot), "amount": 100}),
    "POST /v1/pledges/{pledge_id}/withdrawal": at("pledge_taken"),
    "POST /v1/pledges/{pledge_id}/leftover": at("pledge_bound", body=lambda spot: {"to": spot["pot_fund"]}),
    "POST /v1/donations": said(lambda spot: {"to": _fund(spot), "amount": 100, "day": "2024-12-02"}),
    "POST /v1/donations/{donation_id}/voiding": at(
        "donation_void", body=lambda spot: {"cause": "mistake", "reason_code": "entered_twice"}
    ),
    "POST /v1/pots/{pot_id}/allotments": at(
        "pot_fund", body=lambda spot: {"order_id": spot["love_published"], "amount": 100}
    ),
    "POST /v1/pots/{pot_id}/closing": at("pot_closed"),
    "POST /v1/claimants/{claimant_id}/certificates": at(
        "claimant",
        body=lambda spot: {"charity_id": spot["charity"], "first": "2024-11-01", "last": "2024-11-30"},
    ),
    "POST /v1/claimants/{claimant_id}/honour": at("claimant", body=lambda spot: {"shown": "masked"}),
    "POST /v1/certificates/verification": said(lambda spot: {"document": "{}"}),
}
