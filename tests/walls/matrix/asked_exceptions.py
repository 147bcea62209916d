"""Requests to the providers service about exceptions and outages, and for the catalogues."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked, at, plain, rows, said

OF_ORDERS: dict[str, Asked] = {"GET /v1/exception-codes": plain()}
ASKED: dict[str, Asked] = {
    "GET /v1/exception-codes": plain(),
    "GET /v1/exceptions": rows("exception"),
    "GET /v1/exceptions/{exception_id}": at("exception"),
    "GET /v1/exceptions/{exception_id}/writings": at("exception", purpose="核实"),
    "GET /v1/outages": plain(),
    "POST /v1/exceptions/{exception_id}/explanation": at("exception", body=lambda spot: {"text": "对象要求提前结束"}),
    "POST /v1/exceptions/{exception_id}/resolution": at(
        "exception", body=lambda spot: {"resolution": "acknowledged", "reason_code": "person_asked"}
    ),
    "POST /v1/outages": said(
        lambda spot: {
            "down": "reporting", "from_at": "2024-12-01T08:00:00+08:00", "to_at": "2024-12-01T09:00:00+08:00",
            "reason_code": "maintenance",
        }
    ),
}  # fmt: skip
