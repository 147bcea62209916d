"""Requests to the orders service about people, households, files and imports."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, plain, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.registering import entry, ledger

DIGEST = "9f" * 32


def _household(spot: Traced) -> dict[str, Any]:
    return {"registered_region": "620422", "township": spot.township, "village": spot.village}


ASKED: dict[str, Asked] = {
    "GET /v1/beneficiaries/{beneficiary_id}/file": at("person"),
    "GET /v1/beneficiaries/{beneficiary_id}/guardian": at("person", purpose="核对监护人"),
    "GET /v1/beneficiaries/{beneficiary_id}/self-care": at("person", purpose="复核评估"),
    "GET /v1/households": rows("household"),
    "GET /v1/households/{household_id}": at("household"),
    "GET /v1/households/{household_id}/file": at("household"),
    "GET /v1/households/{household_id}/personal": at("household", purpose="上门核查"),
    "GET /v1/prospects": rows("prospect"),
    "GET /v1/prospects/{prospect_id}": at("prospect"),
    "GET /v1/prospects/{prospect_id}/personal": at("prospect", purpose="逐一核查"),
    "GET /v1/imports": rows("import"),
    "GET /v1/imports/{import_id}": at("import"),
    "GET /v1/screening": plain(),
    "POST /v1/beneficiaries/{beneficiary_id}/certificates": at(
        "applicant", body=lambda spot: {"kind": "severe_disability", "valid_from": "2024-11-01", "sha256": DIGEST}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/self-care": at(
        "applicant",
        body=lambda spot: {"unmet": ["bathing"], "assessed_on": "2024-12-02", "assessors": ["surveyor-1", "aide-1"]},
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/guardian": at(
        "applicant", body=lambda spot: {"name": "孙某", "relation": "niece", "from_day": "2024-12-01"}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/guardian-check": at(
        "person", body=lambda spot: {"result": "able", "checked_on": "2024-12-02", "reasons": "有能力照料"}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/guardian-end": at(
        "leaving", body=lambda spot: {"last_day": "2024-12-02", "reason_code": "moved_away"}
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/materials": at(
        "applicant",
        body=lambda spot: {"kind": "identity_card", "way": "filed", "on": "2024-12-02", "sha256": DIGEST},
    ),
    "POST /v1/beneficiaries/{beneficiary_id}/categories": at("applicant"),
    "POST /v1/households": said(_household),
    "POST /v1/households/{household_id}/members": at(
        "household",
        body=lambda spot: {"person_id": spot["applicant"], "relation": "child", "from_day": "2024-12-01"},
    ),
    "POST /v1/households/{household_id}/departures": at(
        "household",
        body=lambda spot: {"person_id": spot["leaving"], "last_day": "2024-12-02", "reason_code": "moved_away"},
    ),
    "POST /v1/households/{household_id}/classes": at(
        "household", body=lambda spot: {"category": "dibao", "grade": "C", "from_day": "2024-12-01"}
    ),
    "POST /v1/households/{household_id}/class-ends": at(
        "household",
        body=lambda spot: {"category": "dibao_marginal", "last_day": "2024-12-02", "reason_code": "income"},
    ),
    "POST /v1/households/{household_id}/rechecks": at(
        "household", body=lambda spot: {"category": "destitute", "checked_on": "2024-12-02"}
    ),
    "POST /v1/prospects": said(lambda spot: entry(spot.spot, "50")),
    "POST /v1/prospects/{prospect_id}/finding": at(
        "prospect_gone", body=lambda spot: {"result": "gone", "reason_code": "moved_away"}
    ),
    "POST /v1/imports": said(lambda spot: ledger(spot.spot, "60")),
}
