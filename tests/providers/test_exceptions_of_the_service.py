"""Exceptions as the running service has them: noticed, explained, resolved, excused; and told to who verifies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.edge import Edge
from tests.providers.county import a_county, a_taken_order, a_visit
from tests.providers.examples import NOW


async def _one(edge: Edge, code: str) -> dict[str, Any]:
    (row,) = (await edge.get(f"/v1/exceptions?code={code}"))["items"]
    whole: dict[str, Any] = await edge.get(f"/v1/exceptions/{row['id']}")
    return whole


async def _standing(edge: Edge) -> list[list[tuple[str, str, bool]]]:
    return [
        [(one["code"], one["colour"], one.get("platform", False)) for one in told["exceptions"]]
        for told in await edge.told("providers.visit_noticed.v1")
    ]


def _supplement() -> dict[str, Any]:
    evidence = [{"sha256": "b" * 64, "kind": "register_page"}]
    return {"cause": "mistake", "reason": "照片传错，现补登记册", "evidence": evidence}


async def test_amber_is_explained_and_acknowledged_and_the_original_stays(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    short = a_visit(await a_taken_order(edge, provider), worker, ended_at="2026-11-02T08:05:00+08:00")
    visit = await edge.done("/v1/visits", short, "provider", provider)
    case = await _one(edge, "too_short")
    assert (case["state"], case["colour"], case["due_on"]) == ("open", "amber", "2026-11-09")
    path = f"/v1/exceptions/{case['id']}"
    await edge.done(f"{path}/explanation", {"text": "老人要求提前结束"}, "provider", provider)
    decision = {"resolution": "acknowledged", "reason_code": "person_asked", "text": "电话核实"}
    assert (await edge.done(f"{path}/resolution", decision))["state"] == "acknowledged"
    written = (await edge.get(f"{path}/writings?purpose=核实", "provider", provider))["items"]
    assert [one["text"] for one in written] == ["老人要求提前结束", "电话核实"]
    history = (await edge.get(path))["history"]
    assert [one["event"] for one in history] == ["raised", "explained", "resolved"]
    assert (await _standing(edge))[-1] == []
    assert (await edge.get(f"/v1/visits/{visit['id']}"))["exceptions"] == []


async def test_red_is_mended_only_with_what_was_added_since(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    first, second = await a_taken_order(edge, provider), await a_taken_order(edge, provider)
    await edge.done("/v1/visits", a_visit(first, worker), "provider", provider)
    later = {"started_at": "2026-11-02T09:00:00+08:00", "ended_at": "2026-11-02T09:40:00+08:00"}
    visit = await edge.done("/v1/visits", a_visit(second, worker, **later), "provider", provider)
    (row,) = (await edge.get(f"/v1/exceptions?visit_id={visit['id']}"))["items"]
    path = f"/v1/exceptions/{row['id']}/resolution"
    mended = {"resolution": "mended", "reason_code": "papers_shown"}
    assert await edge.refused(path, {**mended, "resolution": "acknowledged"}) == (409, "exception.red_is_mended")
    assert await edge.refused(path, mended) == (409, "exception.nothing_mended")
    assert await edge.refused(path, {**mended, "reason_code": "whatever"}) == (422, "exception.reason_unknown")
    await edge.done(f"/v1/visits/{visit['id']}/supplements", _supplement(), "provider", provider)
    assert (await edge.done(path, mended))["state"] == "mended"
    assert (await edge.get(f"/v1/visits/{visit['id']}"))["exceptions"] == []
    assert (await _standing(edge))[-1] == []


async def test_what_an_outage_made_late_becomes_grey_by_itself(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order = await a_taken_order(edge, provider)
    edge.running.clock.move(NOW + timedelta(hours=40))
    visit = await edge.done("/v1/visits", a_visit(order, worker), "provider", provider)
    assert visit["exceptions"] == [{"code": "reported_late", "colour": "amber"}]
    outage = {
        "down": "reporting", "from_at": "2026-11-02T12:00:00+08:00", "to_at": "2026-11-03T20:00:00+08:00",
        "reason_code": "maintenance",
    }  # fmt: skip
    await edge.done("/v1/outages", outage)
    await edge.pass_time(NOW + timedelta(hours=41))
    assert (await edge.get(f"/v1/visits/{visit['id']}"))["exceptions"] == [{"code": "reported_late", "colour": "grey"}]
    assert (await _one(edge, "reported_late"))["state"] == "acknowledged"
    assert (await _standing(edge))[-1] == [("reported_late", "amber", True)]
    assert [row["done"] for row in (await edge.get("/v1/outages"))["items"]] == [True]


async def test_nobody_sees_the_exceptions_of_another_provider(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    short = a_visit(await a_taken_order(edge, provider), worker, ended_at="2026-11-02T08:05:00+08:00")
    await edge.done("/v1/visits", short, "provider", provider)
    case = await _one(edge, "too_short")
    other = UUID(int=7)
    assert (await edge.get("/v1/exceptions", "provider", other))["items"] == []
    explained = await edge.refused(f"/v1/exceptions/{case['id']}/explanation", {"text": "无"}, "provider", other)
    assert explained == (404, "not_found")


async def test_the_catalogue_tells_every_code_with_its_bounds(edge: Edge) -> None:
    rows = {row["code"]: row for row in (await edge.get("/v1/exception-codes"))["items"]}
    assert (rows["photo_reused"]["colour"], rows["photo_reused"]["least"]) == ("red", "amber")
    assert (rows["code_missing"]["colour"], rows["code_missing"]["most"]) == ("amber", "amber")
