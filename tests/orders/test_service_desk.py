"""The verification desk as the service runs: queue, judgements taken back, appeals, causes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts import providers
from contracts.facts import RulingFact
from contracts.settlement import RulingMade
from tests.edge import Edge
from tests.orders.examples import PROVIDER, at, day
from tests.orders.journeys import found, orders, running_plan, visited

SERVED = at("2024-10-03", "11:00")


async def _served(county: Edge, **changes: Any) -> tuple[dict[str, Any], str]:
    """An order that was served on 3 October, and its visit."""
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    visit = visited(first, PROVIDER, "2024-10-03", **changes)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")), visit)
    await county.pass_time(at("2024-10-04", "09:00"))
    return first, str(visit.visit_id)


async def _queue(county: Edge, by: str = "bureau:verifier") -> list[dict[str, Any]]:
    role, _, subject = by.partition(":")
    return list((await county.get("/v1/verification-queue", role=by if subject else role))["items"])


async def test_the_queue_says_what_waits_why_and_whether_the_caller_may_judge(county: Edge):
    red = (providers.VisitException(code="photo_reused", colour="red"),)
    order, visit = await _served(county, exceptions=red)
    [row] = await _queue(county)
    [waiting] = row["completions"]
    assert (row["id"], row["urgency"], row["version"]) == (order["id"], "red", 3)
    assert (waiting["visit_id"], waiting["minutes"], waiting["exceptions"]) == (
        visit, 60, [{"code": "photo_reused", "colour": "red"}],
    )  # fmt: skip
    assert (waiting["may_verify"], waiting["barred"]) == (True, "")
    [seen] = await _queue(county, "township")
    assert seen["completions"][0]["barred"] == "not_your_body"
    await county.done(f"/v1/orders/{order['id']}/verification", {"result": "accepted"}, "bureau:verifier")
    assert await _queue(county) == []


async def test_an_acceptance_is_undone_voids_its_fact_and_is_judged_anew(county: Edge):
    order, visit = await _served(county)
    path = f"/v1/orders/{order['id']}"
    await county.done(f"{path}/verification", {"result": "accepted"}, "bureau:verifier")
    body = {"visit_id": visit, "cause": "violation", "reason_code": "false_record", "text": "老人说当天无人上门"}
    assert await county.refused(f"{path}/verification-undo", body, "bureau:verifier") == (
        403, "order.undone_by_who_judged",
    )  # fmt: skip
    assert (await county.done(f"{path}/verification-undo", body, "bureau:second"))["state"] == "completed"
    feed = (await county.get("/v1/events?after=0&limit=1000"))["items"]
    [event] = [one for one in feed if one["type"] == "orders.order_verified.v1"]
    [undone] = await county.told("orders.verification_undone.v1")
    assert (undone["fact"]["fact"], undone["fact"]["month"], undone["cause"]) == (event["id"], "2024-10", "violation")
    assert "老人" not in str(undone)
    [row] = await _queue(county)
    assert row["urgency"] == "undone"
    await county.pass_time(at("2025-01-01"))
    assert len(await county.told("orders.order_verified.v1")) == 1
    rejected = {"result": "rejected", "note_code": "not_done"}
    assert (await county.done(f"{path}/verification", rejected, "bureau:third"))["state"] == "turned_down"
    causes = (await county.get("/v1/causes?month=2024-10&by=county"))["items"]
    assert [(one["cause"], one["kind"], one["corrections"], one["of"]) for one in causes] == [
        ("violation", "judgement_undone", 1, 1)
    ]
    [text] = (await county.get(f"{path}/writings?purpose=review"))["items"]
    assert text["text"] == "老人说当天无人上门"


async def test_an_upheld_appeal_accepts_with_its_cause(county: Edge):
    order, visit = await _served(county)
    path = f"/v1/orders/{order['id']}"
    rejected = {"result": "rejected", "note_code": "not_done"}
    await county.done(f"{path}/verification", rejected, "bureau:verifier")
    body = {"visit_id": visit, "grounds": "当天到岗，有照片为证", "evidence": ["ab" * 32]}
    lodged = await county.done(f"{path}/appeals", body, "provider", owner=PROVIDER)
    [row] = await _queue(county)
    assert (row["urgency"], row["completions"][0]["appeal"]) == ("appeal", lodged["id"])
    answer = {"result": "upheld", "reason_code": "photo_shows_it", "text": "照片核实"}
    assert await county.refused(f"/v1/appeals/{lodged['id']}/answer", answer, "bureau:verifier") == (
        403, "forbidden.conflict",
    )  # fmt: skip
    assert (await county.done(f"/v1/appeals/{lodged['id']}/answer", answer, "bureau:second"))["state"] == "upheld"
    [verified] = await county.told("orders.order_verified.v1")
    assert verified["fact"]["cause"] == "mistake"
    [row] = (await county.get("/v1/corrections"))["items"]
    assert (row["kind"], row["cause"]) == ("appeal_upheld", "mistake")
    exempt = {"reason_code": "good_faith", "text": "照片上传迟延"}
    done = await county.done(f"/v1/corrections/{row['id']}/exemption", exempt, "bureau:third")
    assert done["exempted"]
    own = await county.get(f"/v1/appeals/{lodged['id']}/writings?purpose=own", role="provider", owner=PROVIDER)
    assert [one["text"] for one in own["items"]] == ["当天到岗，有照片为证", "照片核实"]


async def test_an_appeal_that_nobody_answers_becomes_overdue(county: Edge):
    order, visit = await _served(county)
    path = f"/v1/orders/{order['id']}"
    await county.done(f"{path}/verification", {"result": "rejected", "note_code": "not_done"}, "bureau:verifier")
    body = {"visit_id": visit, "grounds": "有照片"}
    await county.done(f"{path}/appeals", body, "provider", owner=PROVIDER)
    assert (await county.get("/v1/appeals?overdue=true"))["items"] == []
    await county.pass_time(SERVED + timedelta(days=60))
    [late] = (await county.get("/v1/appeals?overdue=true"))["items"]
    assert late["state"] == "lodged"


async def test_what_was_mended_and_what_settlement_ruled_are_counted_with_what_was_taken_back(county: Edge):
    order, visit = await _served(county)
    returned = {"result": "returned", "note_code": "photo"}
    await county.done(f"/v1/orders/{order['id']}/verification", returned, "bureau:verifier")
    mended = visited(order, PROVIDER, "2024-10-03", visit_id=UUID(visit), at=at("2024-10-05"), cause="objective")
    await county.hear("providers", mended)
    ruled = {
        "month": "2024-10",
        "payee": str(PROVIDER),
        "rule": "love_order",
        "amount_fen": -100,
        "day": day("2024-10-31"),
    }
    fact = RulingFact(**ruled, township=f"{county.county}100", purchaser=county.county, cause="mistake")
    silent = RulingFact(month="2024-10", fact=str(uuid4()))
    await county.hear("settlement", *(RulingMade(at=at("2024-11-08"), fact=one) for one in (fact, silent)))
    causes = (await county.get("/v1/causes?month=2024-10&by=county"))["items"]
    assert [(one["cause"], one["kind"], one["corrections"], one["of"]) for one in causes] == [
        ("mistake", "settlement_ruling", 1, 2), ("objective", "visit_mended", 1, 2),
    ]  # fmt: skip
    [mine] = (await county.get("/v1/corrections?kind=settlement_ruling"))["items"]
    assert (mine["provider"], mine["township"], mine["cause"]) == (str(PROVIDER), f"{county.county}100", "mistake")
