"""Requests to the orders service about complaints."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced


def _told(spot: Traced) -> dict[str, Any]:
    return {
        "channel": "window", "kind": "complaint", "township": spot.township, "text": "窗口来访",
        "about": {"whom": "service"},
    }  # fmt: skip


def _text(_spot: Traced) -> dict[str, Any]:
    return {"text": "情况属实，已处理"}


ASKED: dict[str, Asked] = {
    "GET /v1/complaints": rows("complaint_handed"),
    "GET /v1/complaints/about-us": rows("complaint_heard"),
    "GET /v1/complaints/{complaint_id}": at("complaint_handed"),
    "GET /v1/complaints/{complaint_id}/slip": at("complaint_handed"),
    "GET /v1/complaints/{complaint_id}/writings": at("complaint_handed", purpose="核实"),
    "GET /v1/complaints/{complaint_id}/summary": at("complaint_heard", purpose="陈述"),
    "GET /v1/complaint-replies": plain(month="2024-12"),
    "POST /v1/complaint-progress": said(lambda spot: {"county": spot.spot.county, **spot.spot.slip}),
    "POST /v1/complaints": said(_told),
    "POST /v1/complaints/{complaint_id}/registration": at("complaint_new"),
    "POST /v1/complaints/{complaint_id}/transfer": at("complaint_numbered", body=lambda spot: {"office": "bureau"}),
    "POST /v1/complaints/{complaint_id}/summary": at("complaint_handed", body=_text),
    "POST /v1/complaints/{complaint_id}/statement": at("complaint_heard", body=_text),
    "POST /v1/complaints/{complaint_id}/inspection": at(
        "complaint_handed", body=lambda spot: {"order_id": spot["order"], "visit_id": spot["visit"]}
    ),
    "POST /v1/complaints/{complaint_id}/need": at("complaint_asking", body=lambda spot: {"need_id": spot["need_open"]}),
    "POST /v1/complaints/{complaint_id}/answer": at(
        "complaint_handed", body=lambda spot: {"outcome": "upheld", "text": "已责令整改"}
    ),
    "POST /v1/complaints/{complaint_id}/closure": at("complaint_closing", body=lambda spot: {"satisfied": True}),
    "POST /v1/complaints/{complaint_id}/reopening": at("complaint_answered", body=_text),
    "POST /v1/complaints/{complaint_id}/withdrawal": at("complaint_unwanted"),
}
