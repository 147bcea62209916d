"""A month is graded, findings are mended and visits are rated through the running service."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import ComplaintUpheld, PolicyAdopted
from tests.edge import Edge
from tests.providers.county import NEARBY, a_provider, a_visit, a_worker, opened
from tests.providers.examples import NOW, TOWNSHIP, VILLAGE
from tests.providers.grading import DOCUMENT

MONTH = "2026-11"
VERSION = "130528/0002"
FIRST = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first of December begins in Ningjin."""


def adopted() -> PolicyAdopted:
    """Ningjin's pack with its score sheet."""
    return PolicyAdopted(at=NOW, version=VERSION, sha256="0" * 64, document=DOCUMENT)


async def a_served_month(edge: Edge) -> tuple[UUID, UUID, list[UUID]]:
    """A provider with two orders of November: one served; the other not yet."""
    await edge.hear("orders", adopted())
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})
    provider = await a_provider(edge)
    worker = await a_worker(edge, provider)
    orders = [opened(policy=VERSION) for _ in range(2)]
    await edge.hear("orders", *orders)
    for order in orders:
        await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    return provider, worker, [order.order_id for order in orders]


async def a_report(edge: Edge, provider: UUID, worker: UUID, order: UUID) -> UUID:
    visit = a_visit(order, worker, photos=[uuid4().hex * 2], code="482915")
    return UUID((await edge.done("/v1/visits", visit, "provider", provider))["id"])


def an_entry(provider: UUID, measure: str, points: int) -> dict[str, Any]:
    return {
        "provider_id": str(provider), "township": TOWNSHIP, "measure": measure, "points": points, "samples": 5,
        "text": "入户查看五户，三户反映良好",
    }  # fmt: skip


async def test_a_month_is_drawn_by_itself_entered_graded_objected_to_and_judged_anew(edge: Edge) -> None:
    provider, worker, orders = await a_served_month(edge)
    await a_report(edge, provider, worker, orders[0])
    await edge.pass_time(FIRST)
    (drawn,) = await edge.told("providers.townships_drawn.v1")
    assert (drawn["month"], drawn["townships"]) == (MONTH, [TOWNSHIP])
    published = await edge.get(f"/v1/grade-rounds/{MONTH}", "provider", provider)
    assert (published["drawn"], published["candidates"], published["due_on"]) == ([TOWNSHIP], [TOWNSHIP], "2026-12-10")
    (due,) = (await edge.get("/v1/month-grades", "provider", provider))["items"]
    assert (due["status"], due["grade"], due["overdue"]) == ("due", "", False)

    entries, grades = f"/v1/grade-rounds/{MONTH}/entries", f"/v1/grade-rounds/{MONTH}/grades"
    about = {"provider_id": str(provider), "township": TOWNSHIP}
    assert await edge.refused(grades, about, "bureau:zhao") == (409, "month_grade.entry_missing")
    for measure, points in (("pictures", 10), ("home_visits", 15)):
        await edge.done(entries, an_entry(provider, measure, points), "bureau:qian")
    assert await edge.refused(grades, about, "bureau:qian") == (403, "month_grade.assessed_by_signer")
    issued = await edge.done(grades, about, "bureau:zhao")
    figures = {one["code"]: (one["got"], one["out_of"]) for one in issued["figures"]}
    assert figures["completeness"] == (1, 2)
    assert issued["grade"] == (await edge.told("providers.month_graded.v1"))[0]["grade"]

    path = f"/v1/month-grades/{issued['id']}"
    await edge.done(f"{path}/objection", {"text": "第二单老人住院，非我方原因"}, "provider", provider)
    await edge.done(entries, an_entry(provider, "neighbours", 10), "inspector")
    complaint = ComplaintUpheld(at=NOW, ticket_id=uuid4(), provider=provider, month=MONTH, outcome="upheld")
    await edge.hear("orders", complaint, complaint)
    again = await edge.done(f"{path}/rejudgement", {"text": "经复核属实"}, "bureau:sun")
    assert again["status"] == "rejudged"
    assert [one["got"] for one in again["figures"] if one["code"] == "complaints"] == [75]
    assert [one["score"] for one in await edge.told("providers.month_graded.v1")] == [issued["score"], again["score"]]
    written = await edge.get(f"{path}/writings?purpose=review")
    assert "第二单老人住院，非我方原因" in [one["text"] for one in written["items"]]


async def test_what_nobody_grades_is_overdue_and_the_next_round_begins_all_the_same(edge: Edge) -> None:
    provider, worker, orders = await a_served_month(edge)
    await a_report(edge, provider, worker, orders[0])
    await edge.pass_time(FIRST)
    await edge.pass_time(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    (overdue,) = (await edge.get("/v1/month-grades?overdue=true", "city"))["items"]
    assert (overdue["month"], overdue["status"], overdue["grade"]) == (MONTH, "due", "")
    rounds = (await edge.get("/v1/grade-rounds"))["items"]
    assert [one["month"] for one in rounds] == ["2026-12", MONTH]
    assert len(await edge.told("providers.townships_drawn.v1")) == 1
    assert await edge.told("providers.month_graded.v1") == []


async def test_a_finding_is_answered_and_looked_at_by_another_and_published_without_its_text(edge: Edge) -> None:
    await edge.hear("orders", adopted())
    provider = await a_provider(edge)
    told = {
        "code": "false_service", "source": "unscheduled", "township": TOWNSHIP, "provider_id": str(provider),
        "month": MONTH, "text": "张家庄李大爷称十一月未见人来",
    }  # fmt: skip
    one = await edge.done("/v1/findings", told, "inspector:wu")
    path = f"/v1/findings/{one['id']}"
    assert one["due_on"] == "2026-11-17"
    await edge.pass_time(NOW + timedelta(days=20))
    (late,) = (await edge.get("/v1/findings?overdue=true", "city"))["items"]
    assert late["id"] == one["id"]
    await edge.done(f"{path}/answer", {"text": "已向老人道歉并补做"}, "provider", provider)
    failed = {"result": "failed", "consequence": "again", "days": 5, "text": "仍未补做"}
    assert await edge.refused(f"{path}/reinspection", failed, "inspector:wu") == (403, "finding.opener_reinspects")
    assert (await edge.done(f"{path}/reinspection", failed, "bureau:sun"))["attempt"] == 2
    await edge.done(f"{path}/answer", {"text": "已补做"}, "provider", provider)
    assert (await edge.done(f"{path}/reinspection", {"result": "passed", "text": "属实"}, "bureau:sun"))[
        "status"
    ] == "closed"
    (shown,) = (await edge.get("/v1/published-findings", "claimant", uuid4()))["items"]
    assert (shown["code"], shown["status"], shown["opened_on"]) == ("false_service", "closed", "2026-11-02")
    events = await edge.running.database.fetch("select state from events where county = $1", edge.county)
    assert "张家庄".encode() not in b"".join(row["state"] for row in events)


async def test_ratings_come_by_phone_code_and_page_and_are_shown_only_as_counts(edge: Edge) -> None:
    provider, worker, orders = await a_served_month(edge)
    visit = await a_report(edge, provider, worker, orders[0])
    assert (await edge.post("/v1/ratings", {}, "provider", provider)).status_code == 403
    by_phone = {"visit_id": str(visit), "way": "phone", "ticket": "2212349-8", "stars": 4, "rated_by": "household"}
    await edge.done("/v1/ratings", by_phone, "hotline")
    few = await edge.get(f"/v1/satisfaction?month={MONTH}", "provider", provider)
    assert few == {
        "month": MONTH,
        "least": 5,
        "items": [
            {"provider": str(provider), "township": TOWNSHIP, "ratings": None, "average": None, "by_guardians": None}
        ],
    }
    code = (await edge.get(f"/v1/visits/{visit}/rating-code?purpose=told", "hotline"))["code"]
    page = {"county": edge.county, "visit_id": str(visit), "code": code, "stars": 1, "rated_by": "self"}
    wrong = {**page, "code": f"{(int(code) + 1) % 10**8:08}", "stars": 2}
    answers = []
    for body in (wrong, {**page, "visit_id": str(uuid4())}, page):
        response = await edge.client.post("/v1/rating-page", json=body)
        answers.append((response.status_code, response.content))
    assert set(answers) == {(202, b'{"received":true}')}
    (kept,) = await edge.running.database.fetch("select stars, way from ratings where county = $1", edge.county)
    assert (kept["stars"], kept["way"]) == (1, "page")


async def test_a_county_without_a_score_sheet_is_told_so(edge: Edge) -> None:
    document = DOCUMENT[: DOCUMENT.index("[providers.grading]")] + DOCUMENT[DOCUMENT.index("# Registers in depth") :]
    await edge.hear("orders", PolicyAdopted(at=NOW, version=VERSION, sha256="0" * 64, document=document))
    await edge.pass_time(FIRST)
    assert await edge.refused("/v1/grade-rounds", {"month": MONTH}) == (409, "grade_round.none_here")
    assert (await edge.get("/v1/grade-rounds"))["items"] == []
    agenda = await edge.running.database.fetch("select reason from agenda where county = $1", edge.county)
    assert "begin_grade_round" not in json.dumps([row["reason"] for row in agenda])
