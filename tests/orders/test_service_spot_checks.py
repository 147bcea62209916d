"""Spot checks as the service runs: from closed list to verdict, published and drawn again by the stand-alone script."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.orders.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.orders.conftest import _number
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import found, orders, running_plan, visited
from tests.orders.test_service_contacts import deep_pack
from tests.orders.test_spot_year import verifier

NUMBER, THEIRS = "5a" * 32, "c3" * 32


@pytest.fixture
async def county(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county with the second version of Ningjin's rules, whose bureau closes the lists, on 20 September 2024."""
    async with running_edge(service, servers.settings(), tmp_path, at("2024-09-20")) as edge:
        edge.county = str(next(_number))
        await begun(edge, deep_pack(edge.county).replace("monthly_on_day = 5\n", ""))
        yield edge


async def begun(county: Edge, pack: str) -> None:
    """The county's policy and its two inspectors."""
    await county.done("/v1/policies", {"document": pack})
    for name in ("inspector-wang", "inspector-liu"):
        await county.done("/v1/inspectors", {"subject": name, "valid_from": "2024-01-01"})


async def served(county: Edge, days: tuple[str, ...]) -> None:
    """A person served on each of these days."""
    await running_plan(county)
    await county.pass_time(at("2024-10-01"))
    for one, on in zip(await orders(county), days, strict=False):
        await county.hear("providers", found(one, PROVIDER, at(on)), visited(one, PROVIDER, on))


async def drawn(county: Edge, year: int = 2024) -> dict[str, Any]:
    """A batch of which both sides have told their number; a number that is none is not told."""
    listed = await county.done(f"/v1/spot-checks/{year}/batches")
    path = f"/v1/spot-check-batches/{listed['id']}"
    for role, owner, number in (("bureau", "", NUMBER), ("provider", PROVIDER, THEIRS)):
        bound = {"commitment": sha256(bytes.fromhex(number)).hexdigest()}
        await county.done(f"{path}/commitments", bound, role, owner)
    await county.done(f"{path}/numbers", {"number": NUMBER})
    answer: dict[str, Any] = await county.done(f"{path}/numbers", {"number": THEIRS}, "provider", PROVIDER)
    return answer


async def inspect(county: Edge, **changes: Any) -> list[dict[str, Any]]:
    """Every open inspection reported by who was drawn."""
    subjects = {row["id"]: row["subject"] for row in (await county.get("/v1/inspectors"))["items"]}
    rows = (await county.get("/v1/inspections?state=open", role="inspector"))["items"]
    for row in rows:
        body = {"result": "accepted", "methods": ["home_visit"], **changes}
        role = f"inspector:{subjects[row['inspector']]}"
        await county.done(f"/v1/inspections/{row['id']}/result", body, role)
    return list(rows)


async def test_is_listed_committed_drawn_inspected_and_drawn_again_by_anybody(county: Edge, tmp_path: Path):
    await served(county, ("2024-10-02", "2024-10-09", "2024-10-16", "2024-10-23"))
    await county.pass_time(at("2024-10-24"))
    batch = await drawn(county)
    assert (batch["state"], batch["visits"], batch["drawn"]) == ("drawn", 4, 2)
    await inspect(county, text="家中整洁，老人说来过")
    told = await county.get(f"/v1/spot-check-batches/{batch['id']}/published", role="claimant", owner=UUID(int=5))
    assert {row["result"] for row in told["results"]} == {"accepted"}
    file = tmp_path / "batch.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert verifier().main([file]) == 0
    told["visits"][0]["day"] = "2024-10-03"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert verifier().main([file]) == 1
    public = await county.told("orders.spot_check_listed.v1") + await county.told("orders.spot_check_drawn.v1")
    assert {row["digest"] for row in public} == {batch["digest"]}
    assert len(await county.told("orders.visit_inspected.v1")) == 2


async def test_what_was_drawn_is_not_accepted_by_itself_and_by_nobody_else(county: Edge):
    await served(county, ("2024-10-08", "2024-10-09"))
    await county.pass_time(at("2024-10-10"))
    await drawn(county)
    [open_] = (await county.get("/v1/inspections?state=open"))["items"]
    path = f"/v1/orders/{open_['order_id']}/verification"
    assert await county.refused(path, {"result": "returned", "note_code": "photo"}) == (
        409, "order.drawn_for_inspection"
    )  # fmt: skip
    await county.pass_time(at("2024-12-01"))
    [row] = [one for one in await orders(county, person=(await _person(county))) if one["id"] == open_["order_id"]]
    assert row["state"] == "completed"
    await inspect(county)
    [verified] = [one for one in await county.told("orders.order_verified.v1") if one["how"] == "inspected"]
    assert verified["visit_id"] == open_["id"]


async def _person(county: Edge) -> str:
    return str((await orders(county))[0]["person"])


async def test_what_was_accepted_and_is_found_not_done_is_corrected_with_its_cause(county: Edge):
    await served(county, ("2024-10-02",))
    await county.pass_time(at("2024-10-20"))
    assert [row["how"] for row in await county.told("orders.order_verified.v1")] == ["unsampled"]
    await drawn(county)
    [open_] = (await county.get("/v1/inspections?state=open"))["items"]
    body = {"result": "rejected", "methods": ["phone"], "finding_codes": ["not_done"], "text": "李某说没人来过"}
    path = f"/v1/inspections/{open_['id']}/result"
    subjects = {row["id"]: row["subject"] for row in (await county.get("/v1/inspectors"))["items"]}
    mine = f"inspector:{subjects[open_['inspector']]}"
    assert await county.refused(path, body, mine) == (422, "inspection.rejected_needs_a_reason")
    whole = {**body, "reason_code": "not_done", "cause": "violation"}
    assert await county.refused(path, whole, "inspector:another") == (403, "inspection.not_yours")
    await county.done(path, whole, mine)
    [undone] = await county.told("orders.verification_undone.v1")
    assert (undone["cause"], undone["was"]) == ("violation", "accepted")
    assert len(await county.told("orders.order_turned_down.v1")) == 1
    read = f"/v1/inspections/{open_['id']}/findings?purpose=appeal"
    assert (await county.get(read))["text"] == "李某说没人来过"
    stored = await county.running.database.fetch("select state from events where county = $1", county.county)
    assert "李某".encode() not in b"".join(row["state"] for row in stored)


async def test_late_visits_join_and_the_year_closes_once_the_rule_is_kept(county: Edge):
    await served(county, ("2024-10-02", "2024-10-09", "2024-10-16"))
    await county.pass_time(at("2025-01-03"))
    first = await drawn(county)
    assert await county.refused("/v1/spot-checks/2024/batches") == (409, "spot_check.nothing_to_list")
    assert await county.refused("/v1/spot-checks/2024/close") == (409, "spot_check.inspections_open")
    await inspect(county)
    late = (await orders(county))[3]
    await county.hear("providers", found(late, PROVIDER, at("2024-10-23")), visited(late, PROVIDER, "2024-10-23"))
    assert await county.refused("/v1/spot-checks/2024/close") == (409, "spot_check.not_listed")
    before = await county.get(f"/v1/spot-check-batches/{first['id']}/published")
    second = await drawn(county)
    assert (second["number"], second["visits"]) == (2, 1)
    assert await county.get(f"/v1/spot-check-batches/{first['id']}/published") == before
    await inspect(county)
    counter = await county.get("/v1/spot-checks/2024", role="finance")
    assert (counter["judged"], counter["listed"], counter["owed"]) == (4, 4, 0)
    assert counter["share"] >= 3000
    closed = await county.done("/v1/spot-checks/2024/close")
    assert (closed["population"], len(closed["digests"])) == (4, 2)
    later = (await orders(county))[4]
    await county.hear("providers", found(later, PROVIDER, at("2024-10-30")), visited(later, PROVIDER, "2024-10-30"))
    assert await county.refused("/v1/spot-checks/2024/batches") == (409, "spot_check.year_closed")
    next_year = await county.done("/v1/spot-checks/2025/batches")
    assert next_year["visits"] == 1


async def test_the_calendar_lists_by_itself_and_who_withholds_is_recorded(county: Edge):
    county.county = str(next(_number))
    await begun(county, deep_pack(county.county))
    await served(county, ("2024-10-02", "2024-10-09"))
    await county.pass_time(at("2024-11-05"))
    [batch] = (await county.get("/v1/spot-check-batches?state=committing"))["items"]
    assert (batch["visits"], len(await county.told("orders.spot_check_number_asked.v1"))) == (2, 1)
    path = f"/v1/spot-check-batches/{batch['id']}"
    for role, owner, number in (("bureau", "", NUMBER), ("provider", PROVIDER, THEIRS)):
        bound = {"commitment": sha256(bytes.fromhex(number)).hexdigest()}
        await county.done(f"{path}/commitments", bound, role, owner)
    await county.done(f"{path}/numbers", {"number": NUMBER})
    stranger = UUID(int=9)
    assert await county.refused(f"{path}/numbers", {"number": NUMBER}, "provider", stranger) == (
        409, "spot_check.not_committed"
    )  # fmt: skip
    await county.pass_time(at("2024-11-08"))
    done = await county.get(path)
    assert (done["state"], done["withheld"]) == ("drawn", [str(PROVIDER)])
    assert (await county.get("/v1/spot-checks/2024"))["withheld"] == [{"party": str(PROVIDER), "times": 1}]
    [overdue] = (await county.get("/v1/inspections?state=open"))["items"]
    assert overdue["due_on"] == "2024-11-23"


async def test_an_inspection_beside_the_draw_is_counted_apart(county: Edge):
    await served(county, ("2024-10-02",))
    await county.pass_time(at("2024-10-03"))
    [order] = [one for one in await orders(county) if one["visit_id"]]
    body = {"order_id": order["id"], "visit_id": order["visit_id"], "reason_code": "complaint"}
    extra = await county.done("/v1/inspections", body)
    assert extra["inspector"] is not None
    await inspect(county)
    counter = await county.get("/v1/spot-checks/2024")
    assert (counter["extra"], counter["checked"], counter["listed"]) == (1, 0, 0)
    unknown = {**body, "visit_id": str(UUID(int=3))}
    assert await county.refused("/v1/inspections", unknown) == (404, "inspection.visit_unknown")
