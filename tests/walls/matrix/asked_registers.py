"""Requests to the providers service about registers, in depth.

Nothing here ends before the summer of 2025, so that what is asked of the same provider elsewhere goes on.
"""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced

_PROVIDER = "POST /v1/providers/{provider_id}"
_WORKER = f"{_PROVIDER}/workers/{{worker_id}}"


def _tender(spot: Traced) -> dict[str, Any]:
    return {
        "number": f"新招标 {spot.township}", "project": "上门服务", "purchaser": spot.township, "day": "2024-12-01",
        "items": ["errands"], "amount_fen": 3_000_000,
    }  # fmt: skip


def _award(spot: Traced) -> dict[str, Any]:
    return {"provider_id": spot["provider"], "amount_fen": 1_000_000, "day": "2024-11-01"}


def _certificate(spot: Traced) -> dict[str, Any]:
    return {"kind": "business_licence", "number": f"证{spot.township}", "valid_from": "2024-01-01"}


ASKED: dict[str, Asked] = {
    "GET /v1/market": plain(),
    "GET /v1/coverage/villages": plain(),
    "GET /v1/tenders": rows("tender"),
    "GET /v1/tenders/{tender_id}": at("tender"),
    "GET /v1/workers/{worker_id}": at("worker"),
    "POST /v1/tenders": said(_tender),
    "POST /v1/tenders/{tender_id}/award": at("tender", body=_award),
    f"{_PROVIDER}/change": at("provider", body=lambda spot: {"township": spot.township}),
    f"{_PROVIDER}/certificates": at("provider", body=_certificate),
    f"{_PROVIDER}/suspension": at(
        "provider", body=lambda spot: {"from_day": "2025-08-01", "to_day": "2025-08-02", "reason_code": "inspection"}
    ),
    f"{_PROVIDER}/resumption": at("provider", body=lambda spot: {"from_day": "2025-08-01"}),
    f"{_PROVIDER}/outlet-closure": at("provider", body=lambda spot: {"name": "网点", "day": "2025-07-01"}),
    f"{_PROVIDER}/amendment": at(
        "provider", body=lambda spot: {"number": spot["agreement"], "from_day": "2025-07-01", "monthly_capacity": 900}
    ),
    f"{_PROVIDER}/extension": at("provider", body=lambda spot: {"number": spot["agreement"], "valid_to": "2025-08-31"}),
    f"{_PROVIDER}/termination": at(
        "provider", body=lambda spot: {"number": spot["agreement"], "from_day": "2025-08-20", "reason_code": "mutual"}
    ),
    f"{_PROVIDER}/removal": at("provider", body=lambda spot: {"from_day": "2025-08-30", "reason_code": "own_request"}),
    f"{_WORKER}/assignment": at("provider", "worker", body=lambda spot: {"monthly_capacity": 60}),
    f"{_WORKER}/qualifications": at(
        "provider", "worker", body=lambda spot: {"code": "care_worker", "number": "7", "valid_from": "2024-01-01"}
    ),
    f"{_WORKER}/trainings": at(
        "provider", "worker", body=lambda spot: {"course": "care", "hours": 8, "day": "2024-12-01"}
    ),
    f"{_WORKER}/evaluations": at(
        "provider", "worker", body=lambda spot: {"day": "2024-12-02", "grade": "competent", "score": 90}
    ),
    f"{_WORKER}/absences": at(
        "provider", "worker", body=lambda spot: {"from_day": "2025-07-01", "to_day": "2025-07-05"}
    ),
    f"{_WORKER}/return": at("provider", "leaver", body=lambda spot: {"day": "2024-12-25"}),
}
