"""Requests to the orders service about ledgers and queries."""

from __future__ import annotations

from dataclasses import replace

from tests.walls.matrix.asked import Asked, at, rows

MONTH = "2024-11"


def here(**query: str) -> Asked:
    """About the township of the spot."""
    return Asked(query=query, about=lambda spot: {"township": spot.township})


ASKED: dict[str, Asked] = {
    "GET /v1/ledgers/people": rows("person", month=MONTH),
    "GET /v1/ledgers/people/named": replace(
        rows("person", month=MONTH, purpose="核对村台账"), about=lambda spot: {"village": spot.village}
    ),
    "GET /v1/ledgers/sums": here(month=MONTH, by="village"),
    "GET /v1/beneficiaries/{beneficiary_id}/history": at("person"),
    "GET /v1/beneficiaries/{beneficiary_id}/services": at("person", from_day="2024-11-01", to_day="2024-12-31"),
    "GET /v1/status": Asked(about=lambda spot: {"service_number": spot["service_number"]}),
    "GET /v1/coverage": rows("person", day="2024-12-03"),
    "GET /v1/entrants": rows("person", month="2024-10"),
    "GET /v1/overdue": here(),
    "GET /v1/forecast": here(month="2024-12", months="2"),
    "GET /v1/data-quality": here(month=MONTH),
}
