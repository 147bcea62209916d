"""Requests to the providers service."""

from __future__ import annotations

from typing import Any

from careloop.demo.marks import credit_code
from tests.walls.matrix.asked import Asked, at, many, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.founding import POINT


def _provider(spot: Traced) -> dict[str, Any]:
    number = 100 + int(spot.township) % 1000
    return {"name": "新来的机构", "credit_code": credit_code("91", number), "township": spot.township, "point": POINT}


def _agreement(spot: Traced) -> dict[str, Any]:
    return {
        "number": f"补充协议 {spot.township}", "items": ["errands"], "townships": [spot.township],
        "valid_from": "2024-12-01", "valid_to": "2025-06-30", "monthly_capacity": 10, "tender": "招标 2024-12",
    }  # fmt: skip


def _visit(spot: Traced, order: str = "order_visitable") -> dict[str, Any]:
    return {
        "order_id": spot[order], "worker_id": spot["worker"], "item": spot.item,
        "started_at": "2024-12-03T08:00:00+08:00", "ended_at": "2024-12-03T08:40:00+08:00",
    }  # fmt: skip


ASKED: dict[str, Asked] = {
    "GET /v1/providers": rows("provider"),
    "GET /v1/providers/{provider_id}": at("provider"),
    "GET /v1/workers": rows("worker"),
    "GET /v1/workers/{worker_id}/personal": at("worker", purpose="排班"),
    "GET /v1/offers": rows("order_offered"),
    "GET /v1/taken": rows("order_taken"),
    "GET /v1/matchings/{order_id}": at("order"),
    "GET /v1/visits": rows("visit"),
    "GET /v1/visits/{visit_id}": at("visit"),
    "GET /v1/keys": rows("key"),
    "GET /v1/keys/{key_id}": at("key"),
    "POST /v1/tokens": said(lambda spot: {"grant_type": "client_credentials", "key": spot.secret}),
    "POST /v1/providers": said(_provider),
    "POST /v1/providers/{provider_id}/agreements": at("provider", body=_agreement),
    "POST /v1/providers/{provider_id}/outlets": at("provider", body=lambda spot: {"name": "网点", "point": POINT}),
    "POST /v1/places": said(lambda spot: {"places": [{"code": spot.township, "point": POINT}]}),
    "POST /v1/providers/{provider_id}/workers": at(
        "provider", body=lambda spot: {"name": "李新来", "township": spot.township}
    ),
    "POST /v1/providers/{provider_id}/workers/{worker_id}/departure": at(
        "provider", "leaver", body=lambda spot: {"day": "2024-12-20"}
    ),
    "POST /v1/providers/{provider_id}/keys": at(
        "provider", body=lambda spot: {"label": "新系统", "scopes": ["orders.read"], "expires_on": "2025-06-30"}
    ),
    "POST /v1/providers/{provider_id}/keys/{key_id}/rotation": at(
        "provider", "key_rotated", body=lambda spot: {"overlap_hours": 24}
    ),
    "POST /v1/providers/{provider_id}/keys/{key_id}/revocation": at("provider", "key_revoked"),
    "POST /v1/offers/{order_id}/acceptance": at("order_acceptable"),
    "POST /v1/offers/{order_id}/refusal": at("order_refusable", body=lambda spot: {"reason_code": "no_worker"}),
    "POST /v1/visits": said(_visit),
    "POST /v1/bulk/acceptances": many(lambda spot: {"order_id": spot["order_acceptable"]}),
    "POST /v1/bulk/visits": many(lambda spot: _visit(spot, "order_visitable_too")),
}
