"""Requests to the orders service about cadres' visits, contacts and carers."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, at, many, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.places import MONTH


def _contact(spot: Traced) -> dict[str, Any]:
    return {"person_id": spot["person"], "way": "phone", "captured_at": "2024-12-03T08:00:00+08:00"}


def _terms(_spot: Traced) -> dict[str, Any]:
    return {
        "name": "冯某", "relation": "hired", "signed_on": "2024-12-03", "from_day": "2024-12-03",
        "valid_to": "2025-11-30", "duties": ["meals"],
    }  # fmt: skip


def _escort(_spot: Traced) -> dict[str, Any]:
    return {"name": "冯某", "relation": "hired", "from_day": "2024-12-03"}


ASKED: dict[str, Asked] = {
    "GET /v1/duties": rows("duty"),
    "GET /v1/duties/{duty_id}": at("duty"),
    "GET /v1/contacts/due": rows("duty_month", month=MONTH),
    "GET /v1/contacts/summary": Asked(row=lambda spot: spot.township, query={"month": MONTH}),
    "GET /v1/contacts": rows("contact"),
    "GET /v1/contacts/{contact_id}": at("contact"),
    "GET /v1/contacts/{contact_id}/notes": at("contact", purpose="了解走访情况"),
    "GET /v1/errands": rows("errand"),
    "GET /v1/errands/{errand_id}": at("errand"),
    "GET /v1/pairs": rows("pair"),
    "GET /v1/pairs/{pair_id}": at("pair"),
    "GET /v1/carers": rows("care_person"),
    "GET /v1/carers/{care_id}": at("care_person"),
    "GET /v1/carers/{care_id}/personal": at("care_mortal", purpose="督促整改"),
    "GET /v1/coverage/carers": rows("care_person"),
    "POST /v1/duties/{duty_id}/responsible": at("duty", body=lambda spot: {"responsible": "cadre-1"}),
    "POST /v1/contacts": said(_contact),
    "POST /v1/bulk/contacts": many(_contact),
    "POST /v1/errands/{errand_id}/settlement": at("errand", body=lambda spot: {"how": "provided"}),
    "POST /v1/pairs": said(lambda spot: {"person_id": spot["lone"], "helper": "party-2", "from_day": "2024-12-03"}),
    "POST /v1/pairs/{pair_id}/end": at(
        "pair", body=lambda spot: {"last_day": "2024-12-03", "reason_code": "helper_moved"}
    ),
    "POST /v1/carers": said(lambda spot: {"person_id": spot["lone"], **_terms(spot)}),
    "POST /v1/carers/{care_id}/findings": at("care_person", body=lambda spot: {"code": "hygiene", "text": "被褥未换"}),
    "POST /v1/carers/{care_id}/rectification": at(
        "care_person", body=lambda spot: {"due_on": "2024-12-20", "text": "限期更换被褥"}
    ),
    "POST /v1/carers/{care_id}/rectification-result": at(
        "care_applicant", body=lambda spot: {"result": "mended", "text": "已恢复送饭"}
    ),
    "POST /v1/carers/{care_id}/renewal": at(
        "care_applicant", body=lambda spot: {"signed_on": "2024-12-03", "valid_to": "2026-05-31"}
    ),
    "POST /v1/carers/{care_id}/end": at(
        "care_applicant", body=lambda spot: {"last_day": "2025-01-31", "reason_code": "carer_moved"}
    ),
    "POST /v1/carers/{care_id}/replacement": at("care_leaving", body=_terms),
    "POST /v1/beneficiaries/{beneficiary_id}/escort": at("lone", body=_escort),
}
