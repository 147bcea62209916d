"""Requests to the orders service about needs in depth: taken in, disputed, watched, timed, posted, forwarded."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced


def _forwarding(spot: Traced) -> dict[str, Any]:
    return {"person_id": spot["person"], "department": "health", "matter_code": "surgery", "note": "需协调手术"}


def _review(_spot: Traced) -> dict[str, Any]:
    return {"held_on": "2024-12-02", "present": 9, "in_favour": 6, "minutes": "到会九人，六人同意"}


def _case(_spot: Traced) -> dict[str, Any]:
    return {
        "held_on": "2024-12-02", "departments": ["health", "education"], "outcome_code": "help", "minutes": "一事一议",
    }  # fmt: skip


ASKED: dict[str, Asked] = {
    "GET /v1/needs/overdue": rows("need_late"),
    "GET /v1/response-times": plain(from_day="2024-10-01", to_day="2024-12-31"),
    "GET /v1/instruments": plain(),
    "GET /v1/needs/{need_id}/refusal": at("need_turned_down", purpose="送达"),
    "GET /v1/needs/{need_id}/scores": at("need", purpose="复核"),
    "GET /v1/needs/{need_id}/writings": at("need_disputed", purpose="复核"),
    "GET /v1/villages/{village}/notice": Asked(path=lambda spot: (spot.village,)),
    "GET /v1/forwardings": rows("forwarding"),
    "GET /v1/forwardings/{forwarding_id}": at("forwarding"),
    "GET /v1/forwardings/{forwarding_id}/notes": at("forwarding", purpose="跟进"),
    "POST /v1/needs/{need_id}/classification": at(
        "need_open", body=lambda spot: {"difficulty": "care", "urgency": "fast_lane"}
    ),
    "POST /v1/needs/{need_id}/missing-documents": at("need_open", body=lambda spot: {"documents": ["proxy_letter"]}),
    "POST /v1/needs/{need_id}/documents": at(
        "need_asked", body=lambda spot: {"document": "proxy_letter", "how": "brought"}
    ),
    "POST /v1/needs/{need_id}/dispute": at("need_open", body=lambda spot: {"reason": "有人提出异议"}),
    "POST /v1/needs/{need_id}/democratic-review": at("need_disputed", body=_review),
    "POST /v1/needs/{need_id}/case-decision": at("need_open", body=_case),
    "POST /v1/needs/{need_id}/watch": at(
        "need_unready", body=lambda spot: {"reason": "暂不符合", "look_again_on": "2025-03-03"}
    ),
    "POST /v1/needs/{need_id}/withdrawal": at("need_unwanted", body=lambda spot: {"reason_code": "helped_by_family"}),
    "POST /v1/needs/{need_id}/refusal-notice": at(
        "need_turned_down", body=lambda spot: {"handed_on": "2024-12-03", "way": "in_person"}
    ),
    "POST /v1/forwardings": said(_forwarding),
    "POST /v1/forwardings/{forwarding_id}/receipt": at("forwarding", body=lambda spot: {"reference": "WJ-118"}),
    "POST /v1/forwardings/{forwarding_id}/answer": at("forwarding_received", body=lambda spot: {"result": "taken"}),
    "POST /v1/forwardings/{forwarding_id}/closure": at(
        "forwarding_received", body=lambda spot: {"outcome_code": "helped"}
    ),
}
