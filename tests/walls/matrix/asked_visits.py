"""Requests to the providers service about visits, in depth."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.matrix.traced import Traced


def _schedule(spot: Traced) -> dict[str, Any]:
    return {
        "order_id": spot["order_schedulable"], "worker_id": spot["worker"], "starts_at": "2024-12-12T09:00:00+08:00",
        "ends_at": "2024-12-12T09:50:00+08:00",
    }  # fmt: skip


def _moved(spot: Traced) -> dict[str, Any]:
    return {
        "starts_at": "2024-12-13T09:00:00+08:00", "ends_at": "2024-12-13T09:50:00+08:00", "reason_code": "weather",
    }  # fmt: skip


def _late(spot: Traced) -> dict[str, Any]:
    return {
        "order_id": spot["order_taken"], "worker_id": spot["worker"], "item": spot.item, "reason": "无信号",
        "started_at": "2024-12-03T08:00:00+08:00", "ended_at": "2024-12-03T08:40:00+08:00",
    }  # fmt: skip


def _supplement(spot: Traced) -> dict[str, Any]:
    return {
        "cause": "objective", "reason": "补交登记册照片",
        "evidence": [{"sha256": f"{int(spot.township):064x}", "kind": "register_page"}],
    }  # fmt: skip


ASKED: dict[str, Asked] = {
    "GET /v1/appointments": rows("appointment"),
    "GET /v1/appointments/{appointment_id}": at("appointment"),
    "GET /v1/workers/{worker_id}/day": at("worker", day="2024-12-10"),
    "GET /v1/taken/{order_id}/code": at("order_taken", purpose="告知本人"),
    "GET /v1/late-reports": rows("late_report"),
    "GET /v1/late-reports/{late_report_id}": at("late_report"),
    "GET /v1/late-reports/{late_report_id}/writings": at("late_report", purpose="核实"),
    "GET /v1/visits/{visit_id}/writings": at("visit_waiting", purpose="验收"),
    "POST /v1/appointments": said(_schedule),
    "POST /v1/appointments/{appointment_id}/cancellation": at(
        "appointment_needless", body=lambda spot: {"reason_code": "weather"}
    ),
    "POST /v1/appointments/{appointment_id}/rescheduling": at("appointment", body=_moved),
    "POST /v1/appointments/{appointment_id}/start": at("appointment", body=lambda spot: {}),
    "POST /v1/appointments/{appointment_id}/end": at("appointment", body=lambda spot: {}),
    "POST /v1/taken/{order_id}/code-tries": at("order_taken", body=lambda spot: {"code": "000000"}),
    "POST /v1/visits/{visit_id}/supplements": at("visit_waiting", body=_supplement),
    "POST /v1/late-reports": said(_late),
    "POST /v1/late-reports/{late_report_id}/confirmation": at("late_report", body=lambda spot: {"reason": "已核实"}),
    "POST /v1/late-reports/{late_report_id}/refusal": at("late_report_refused", body=lambda spot: {"reason": "不实"}),
}
