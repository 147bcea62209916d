"""Requests to the orders service about the verification desk."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked, at, rows

ASKED: dict[str, Asked] = {
    "GET /v1/verification-queue": rows("order_undone"),
    "GET /v1/appeals": rows("appeal_order_rejected"),
    "GET /v1/appeals/{appeal_id}": at("appeal_order_rejected"),
    "GET /v1/appeals/{appeal_id}/writings": at("appeal_order_rejected", purpose="复核"),
    "GET /v1/corrections": rows("correction"),
    "GET /v1/corrections/{correction_id}": at("correction"),
    "GET /v1/corrections/{correction_id}/writings": at("correction", purpose="复核"),
    "GET /v1/causes": Asked(query={"month": "2024-12"}),
    "POST /v1/orders/{order_id}/appeals": at(
        "order_rejected", body=lambda spot: {"visit_id": spot["visit_order_rejected"], "grounds": "有照片为证"}
    ),
    "POST /v1/appeals/{appeal_id}/withdrawal": at("appeal_order_undone"),
    "POST /v1/appeals/{appeal_id}/answer": at(
        "appeal_order_rejected",
        body=lambda spot: {"result": "dismissed", "reason_code": "not_shown", "text": "照片不能证明"},
    ),
    "POST /v1/orders/{order_id}/verification-undo": at(
        "order_undone",
        body=lambda spot: {
            "visit_id": spot["visit_order_undone"], "cause": "objective", "reason_code": "no_data_matching",
        },
    ),
    "POST /v1/corrections/{correction_id}/cause": at(
        "correction", body=lambda spot: {"cause": "objective", "reason_code": "no_data_matching"}
    ),
    "POST /v1/corrections/{correction_id}/exemption": at(
        "correction", body=lambda spot: {"reason_code": "good_faith", "text": "符合容错情形"}
    ),
}  # fmt: skip
