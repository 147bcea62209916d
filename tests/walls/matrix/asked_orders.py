"""Requests to the orders service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.orders.domain.identity import check_character
from tests.walls.matrix.asked import Asked, at, many, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.founding import pack_of
from tests.walls.world.helping import FINDINGS


def _newcomer(spot: Traced, first: date = date(1935, 1, 1)) -> dict[str, Any]:
    born = first + timedelta(days=int(spot.township) % 1000)
    first_17 = f"{spot.county}{born:%Y%m%d}000"
    return {
        "name": "钱某", "id_number": first_17 + check_character(first_17), "born": born.isoformat(),
        "township": spot.township, "village": spot.village, "categories": ["destitute_dispersed"], "tier": "half",
        "generated": True,
    }  # fmt: skip


def _love_order(spot: Traced) -> dict[str, Any]:
    return {
        "need_id": spot["need_given"], "item": "rehabilitation", "charity_id": spot["charity"],
        "expires_at": "2024-12-15T12:00:00+08:00",
    }  # fmt: skip


def _single(spot: Traced) -> dict[str, Any]:
    return {
        "person_id": spot["person"], "item": spot.item, "township": spot.township, "village": spot.village,
        "window_from": "2024-12-03", "window_to": "2024-12-20",
    }  # fmt: skip


def _need(spot: Traced) -> dict[str, Any]:
    return {"person_id": spot["person"], "items": ["home_cleaning"], "channel": "village"}


def _survey(_spot: Traced) -> dict[str, Any]:
    return {"village_worker": "surveyor-1", "aide": "aide-1", "findings": FINDINGS}


ASKED: dict[str, Asked] = {
    "GET /v1/policies": Asked(row=lambda spot: f"{spot.county}/0001", query={"limit": "1000"}),
    "GET /v1/policies/{unit}/{number}": Asked(path=lambda spot: (spot.county, "0001")),
    "GET /v1/beneficiaries": rows("person"),
    "GET /v1/beneficiaries/{beneficiary_id}": at("person"),
    "GET /v1/beneficiaries/{beneficiary_id}/personal": at("person", purpose="核对身份"),
    "GET /v1/needs": rows("need"),
    "GET /v1/needs/{need_id}": at("need"),
    "GET /v1/plans": rows("plan"),
    "GET /v1/plans/{plan_id}": at("plan"),
    "GET /v1/orders": rows("order"),
    "GET /v1/orders/{order_id}": at("order"),
    "GET /v1/orders/{order_id}/recipient": at("order_taken", purpose="上门服务"),
    "POST /v1/policies": said(lambda spot: {"document": pack_of(spot.county)}),
    "POST /v1/beneficiaries": said(_newcomer),
    "POST /v1/beneficiaries/{beneficiary_id}/status": at(
        "applicant", body=lambda spot: {"tier": "full", "from_day": "2024-12-01"}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/hospital-stays": at(
        "applicant", body=lambda spot: {"admitted": "2024-11-29", "discharged": "2024-12-01"}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/death": at("mortal", body=lambda spot: {"day": "2024-12-01"}),
    "POST /v1/needs": said(_need),
    "POST /v1/needs/{need_id}/survey": at("need_registered", body=_survey),
    "POST /v1/needs/{need_id}/confirmation": replace(at("need_surveyed"), first="bureau"),
    "POST /v1/needs/{need_id}/assessment": at(
        "need_confirmed",
        body=lambda spot: {"items": [{"item": "housekeeping", "times_per_month": 1}], "mode": "purchase"},
    ),
    "POST /v1/needs/{need_id}/refusal": at("need_refused", body=lambda spot: {"reason": "不符合条件"}),
    "POST /v1/plans/{plan_id}/notice": at("plan_waiting", body=lambda spot: {"posted_on": "2024-12-02"}),
    "POST /v1/plans/{plan_id}/start": at("plan_waiting", body=lambda spot: {"from_day": "2024-12-03"}),
    "POST /v1/plans/{plan_id}/stop": at(
        "plan_leaving",
        body=lambda spot: {
            "last_day": "2024-12-10",
            "reason_code": "improved",
            "heard_on": "2024-12-02",
            "notified_on": "2024-12-02",
        },
    ),
    "POST /v1/orders": said(_single),
    "POST /v1/orders/{order_id}/verification": at("order_completed", body=lambda spot: {"result": "accepted"}),
    "POST /v1/love-orders": said(_love_order),
    "POST /v1/bulk/beneficiaries": many(lambda spot: _newcomer(spot, date(1931, 1, 1))),
    "POST /v1/bulk/needs": many(_need),
    "POST /v1/bulk/verifications": many(
        lambda spot: {"order_id": spot["order_completed"], "result": "accepted", "if_match": "*"}
    ),
}
