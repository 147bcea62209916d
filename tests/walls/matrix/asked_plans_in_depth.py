"""Requests to the orders service about plans in depth."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at
from tests.walls.matrix.traced import Traced
from tests.walls.world.planning import BEGINS, helped

DIGEST = "9f" * 32


def _changes(spot: Traced) -> dict[str, Any]:
    items = [{"change": "set", "item": spot.item, "times": 2}]
    return {"from_day": "2024-12-10", "items": items, "reason_code": "weaker"}


def _phase_out(_spot: Traced) -> dict[str, Any]:
    return {
        "months": 2, "way": "shrinking", "reason_code": "income", "heard_on": "2024-12-02", "notified_on": "2024-12-02",
    }  # fmt: skip


ASKED: dict[str, Asked] = {
    "GET /v1/plans/{plan_id}/writings": at("plan_kept", purpose="复核"),
    "GET /v1/orders/{order_id}/writings": at("order_aid", purpose="验收"),
    "GET /v1/plans/{plan_id}/service-plan": at("served_plan", item="rehabilitation", purpose="审核服务计划"),
    "POST /v1/plans/{plan_id}/agreement": at(
        "plan_kept",
        body=lambda spot: {"signed_by": "person", "signed_on": BEGINS, "document_sha256": DIGEST},
    ),
    "POST /v1/plans/{plan_id}/refresh": at(
        "plan_kept", body=lambda spot: {"looked_on": BEGINS, "result": "unchanged", "findings": "合适"}
    ),
    "POST /v1/plans/{plan_id}/changes": at("plan_kept", body=_changes),
    "POST /v1/plans/{plan_id}/suspension": at(
        "plan_kept",
        body=lambda spot: {"from_day": "2024-12-24", "to_day": "2024-12-26", "reason_code": "hospital"},
    ),
    "POST /v1/plans/{plan_id}/resumption": at("plan_kept", body=lambda spot: {"from_day": "2024-12-26"}),
    "POST /v1/plans/{plan_id}/arrangement": at("plan_kept", body=helped),
    "POST /v1/plans/{plan_id}/institution-refusal": at("plan_kept", body=lambda spot: {"item": "daily_nursing"}),
    "POST /v1/plans/{plan_id}/service-plan": at("served_plan", body=lambda spot: {"item": "errands", "text": "每周"}),
    "POST /v1/plans/{plan_id}/service-plan-decision": at(
        "served_plan", body=lambda spot: {"item": "rehabilitation", "result": "agreed"}
    ),
    "POST /v1/orders/{order_id}/record": at(
        "order_aid", body=lambda spot: {"day": BEGINS, "time": "08:00", "content": "陪同聊天"}
    ),
    "POST /v1/orders/{order_id}/new-search": at("order_unserved"),
    "POST /v1/orders/{order_id}/love-order": at(
        "order_ungiven",
        body=lambda spot: {"charity_id": spot["charity"], "expires_at": "2024-12-15T12:00:00+08:00"},
    ),
    "POST /v1/orders/{order_id}/cancellation": at("order_called_off", body=lambda spot: {"reason_code": "not_needed"}),
    "POST /v1/orders/{order_id}/window": at(
        "order_put_off",
        body=lambda spot: {"window_from": "2024-12-05", "window_to": "2024-12-18", "reason_code": "asked"},
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/move": at(
        "kept",
        body=lambda spot: {"township": spot.township, "village": f"{spot.township}202", "from_day": "2024-12-20"},
    ),
    "POST /v1/plans/{plan_id}/phase-out": at("plan_kept", body=_phase_out),
    "POST /v1/plans/{plan_id}/provider-end": at(
        "plan", body=lambda spot: {"from_day": "2024-12-15", "reason_code": "not_rectified"}
    ),
}
