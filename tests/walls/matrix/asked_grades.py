"""Requests to the providers service about monthly grades, findings and satisfaction."""

from __future__ import annotations

from typing import Any

from tests.walls.matrix.asked import Asked, Body, at, plain, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.places import MONTH

TEXT = "考核所见"


def _of_the_month(body: Body | None = None) -> Asked:
    return Asked(path=lambda spot: (MONTH,), body=body)


def _about(spot: Traced) -> dict[str, Any]:
    return {"provider_id": spot["provider"], "township": spot.township}


def _entry(spot: Traced) -> dict[str, Any]:
    return {**_about(spot), "measure": "neighbours", "points": 9, "samples": 5, "text": TEXT}


def _duty(spot: Traced) -> dict[str, Any]:
    return {
        "month": MONTH, "township": spot.township, "duty": "guardians", "samples": 10, "met": 9, "text": TEXT,
    }  # fmt: skip


def _finding(spot: Traced) -> dict[str, Any]:
    return {**_about(spot), "code": "late_visits", "source": "unscheduled", "text": TEXT}


def _rating(spot: Traced) -> dict[str, Any]:
    return {"visit_id": spot["visit"], "way": "phone", "ticket": "17", "stars": 4, "rated_by": "self"}


def _page(spot: Traced) -> dict[str, Any]:
    return {"county": "130528", "visit_id": spot["visit"], "code": "00000000", "stars": 4, "rated_by": "self"}


_FAILED = {"result": "failed", "consequence": "again", "days": 5, "text": TEXT}

ASKED: dict[str, Asked] = {
    "GET /v1/grade-rounds": plain(),
    "GET /v1/grade-rounds/{month}": _of_the_month(),
    "GET /v1/month-grades": rows("graded"),
    "GET /v1/month-grades/{grade_id}": at("graded"),
    "GET /v1/month-grades/{grade_id}/writings": at("graded", purpose="复核"),
    "GET /v1/duties": rows("duty_seen"),
    "GET /v1/findings": rows("finding"),
    "GET /v1/published-findings": rows("finding"),
    "GET /v1/findings/{finding_id}": at("finding"),
    "GET /v1/findings/{finding_id}/writings": at("finding", purpose="复查"),
    "GET /v1/visits/{visit_id}/rating-code": at("visit", purpose="告知本人"),
    "GET /v1/satisfaction": plain(month=MONTH),
    "POST /v1/grade-rounds": said(lambda spot: {"month": MONTH}),
    "POST /v1/grade-rounds/{month}/grades": _of_the_month(_about),
    "POST /v1/month-grades/{grade_id}/objection": at("graded", body=lambda spot: {"text": TEXT}),
    "POST /v1/grade-rounds/{month}/entries": _of_the_month(_entry),
    "POST /v1/month-grades/{grade_id}/rejudgement": at("graded", body=lambda spot: {"text": TEXT}),
    "POST /v1/duties": said(_duty),
    "POST /v1/findings": said(_finding),
    "POST /v1/findings/{finding_id}/answer": at("finding", body=lambda spot: {"text": TEXT}),
    "POST /v1/findings/{finding_id}/reinspection": at("finding", body=lambda spot: _FAILED),
    "POST /v1/ratings": said(_rating),
    "POST /v1/rating-page": said(_page),
}
