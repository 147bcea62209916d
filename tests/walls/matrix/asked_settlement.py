"""Requests to the settlement service."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, of_statement, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.places import MONTH


def _grade(spot: Traced) -> dict[str, Any]:
    return {"month": MONTH, "payee": spot["provider"], "township": spot.township, "grade": "good"}


def _ruling(spot: Traced) -> dict[str, Any]:
    return {
        "month": MONTH, "payee": spot["provider"], "purchaser": spot.county, "township": spot.township,
        "person": spot["person"], "rule": "individual_service", "amount_fen": 1,
    }  # fmt: skip


_OF_MONTH = Asked(path=lambda spot: (MONTH,))

ASKED: dict[str, Asked] = {
    "GET /v1/months": rows("month"),
    "GET /v1/months/{month}": _OF_MONTH,
    "GET /v1/months/{month}/answer": _OF_MONTH,
    "GET /v1/statements": Asked(row=lambda spot: spot.statement, query={"limit": "1000"}),
    "GET /v1/statements/{statement_id}": of_statement(),
    "GET /v1/statements/{statement_id}/lines/{line}/why": of_statement("1"),
    "GET /v1/statements/{statement_id}/certificate": of_statement(),
    "GET /v1/funds": Asked(row=lambda spot: spot["fund"]),
    "GET /v1/grades": rows("grade"),
    "GET /v1/rulings": rows("ruling"),
    "GET /v1/facts": rows("person", source="orders"),
    "POST /v1/months/{month}/close": _OF_MONTH,
    "POST /v1/allocations": said(
        lambda spot: {"fund": "county_budget", "year": 2024, "amount_fen": 100, "document": "预〔2024〕追加"}
    ),
    "POST /v1/overrides": said(lambda spot: {"fund": "work_fund", "year": 2024, "document": "宁财〔2024〕2号"}),
    "POST /v1/grades": said(_grade),
    "POST /v1/rulings": said(_ruling),
    "POST /v1/statements/{statement_id}/dispute": of_statement(
        body=lambda spot: {"line": 1, "reason_code": "missing_visit"}
    ),
    "POST /v1/statements/{statement_id}/confirmation": of_statement(),
    "POST /v1/statements/{statement_id}/approval": of_statement(),
    "POST /v1/statements/{statement_id}/payment": of_statement(body=lambda spot: {"reference": "P-2024-11-1"}),
}
