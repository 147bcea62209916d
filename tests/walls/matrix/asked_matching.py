"""Requests to the providers service about matching, in depth."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced


def _times(spot: Traced) -> dict[str, Any]:
    return {"source": "实测", "times": [{"place": spot.village, "to": spot.township, "minutes": 12}]}


ASKED: dict[str, Asked] = {
    "POST /v1/travel-times": said(_times),
    "GET /v1/waiting": rows("order_waiting"),
    "GET /v1/uncovered": rows("order_uncovered"),
    "GET /v1/declines": plain(month="2024-12"),
    "GET /v1/matching-batches": rows("batch"),
    "GET /v1/matching-batches/{batch_id}": at("batch"),
    "GET /v1/matching-batches/{batch_id}/uncovered": at("batch"),
    "POST /v1/matching-batches": Asked(),
    "GET /v1/travel-times/{place}": Asked(path=lambda spot: (spot.village,)),
    "POST /v1/offers/{order_id}/worker": at("order_taken", body=lambda spot: {"worker_id": spot["worker"]}),
}
