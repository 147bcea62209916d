"""Requests to the orders service about spot checks."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.matrix.traced import Traced

DAYS = {"valid_from": "2024-01-01"}


def _year(_spot: Traced) -> tuple[str, ...]:
    return ("2024",)


def _extra(spot: Traced) -> dict[str, Any]:
    return {"order_id": spot["order"], "visit_id": spot["visit"], "reason_code": "complaint"}


def _commitment(spot: Traced) -> dict[str, Any]:
    return {"commitment": sha256(bytes.fromhex(spot.number)).hexdigest()}


def _found(_spot: Traced) -> dict[str, Any]:
    return {"result": "accepted", "methods": ["phone"], "text": "电话核实，确有其事"}


ASKED: dict[str, Asked] = {
    "GET /v1/inspectors": rows("inspector"),
    "GET /v1/inspectors/{inspector_id}": at("inspector"),
    "GET /v1/spot-check-batches": rows("spot_batch"),
    "GET /v1/spot-check-batches/{batch_id}": at("spot_batch"),
    "GET /v1/spot-check-batches/{batch_id}/published": at("spot_batch"),
    "GET /v1/spot-checks/{year}": Asked(path=_year),
    "GET /v1/spot-checks/{year}/strata": Asked(path=_year),
    "GET /v1/inspections": rows("visit"),
    "GET /v1/inspections/{visit_id}": at("visit"),
    "GET /v1/inspections/{visit_id}/findings": at("visit", purpose="复核检查结果"),
    "POST /v1/inspectors": said(lambda spot: {"subject": f"checker-too-{spot.spot.name}", **DAYS}),
    "POST /v1/inspectors/{inspector_id}/changes": at("inspector", body=lambda spot: DAYS),
    "POST /v1/inspectors/{inspector_id}/end": at("inspector_leaving", body=lambda spot: {"reason_code": "moved"}),
    "POST /v1/spot-checks/{year}/batches": Asked(path=_year),
    "POST /v1/spot-check-batches/{batch_id}/commitments": at("spot_batch", body=_commitment),
    "POST /v1/spot-check-batches/{batch_id}/numbers": at("spot_batch", body=lambda spot: {"number": spot.number}),
    "POST /v1/inspections": said(_extra),
    "POST /v1/inspections/{visit_id}/inspector": at(
        "visit", body=lambda spot: {"inspector_id": spot["inspector"], "reason_code": "ill"}
    ),
    "POST /v1/inspections/{visit_id}/result": at("visit", body=_found),
    "POST /v1/spot-checks/{year}/close": Asked(path=lambda spot: ("2023",)),
}
