"""Registers, policies and months of the running service."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from contracts.orders import PolicyAdopted
from contracts.settlement import MonthCloseRequested
from tests.edge import Edge
from tests.providers.county import (
    AGREEMENT,
    NEARBY,
    TOWN,
    a_county,
    a_taken_order,
    a_visit,
    opened,
)
from tests.providers.examples import CODE, NOW, PACK, POLICY, TOWNSHIP


async def test_a_workers_name_is_read_with_a_purpose_by_its_own_provider(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    path = f"/v1/workers/{worker}/personal?purpose=shift"
    assert (await edge.get(path, "provider", provider))["name"] == "王小梅"
    query = "select purpose from vault_reads where county = $1 and person = $2"
    noted = await edge.running.database.fetchval(query, edge.county, worker)
    assert noted == "shift"
    stranger = await edge.client.get(path, headers=edge.headers("provider", uuid4()))
    assert stranger.json()["code"] == "not_found"


async def test_an_agreement_waits_for_a_policy(edge: Edge) -> None:
    body = {"name": "安宁家政", "credit_code": CODE, "township": TOWNSHIP, "point": TOWN}
    provider = (await edge.done("/v1/providers", body))["id"]
    refused = await edge.refused(f"/v1/providers/{provider}/agreements", AGREEMENT)
    assert refused == (409, "policy.none_in_force")


async def test_a_provider_shows_its_agreements_and_outlets(edge: Edge) -> None:
    provider, _ = await a_county(edge)
    await edge.done(f"/v1/providers/{provider}/outlets", {"name": "河渠服务点", "point": NEARBY}, "provider", provider)
    shown = await edge.get(f"/v1/providers/{provider}", "provider", provider)
    assert [agreement["number"] for agreement in shown["agreements"]] == ["2026-01"]
    assert [outlet["name"] for outlet in shown["outlets"]] == ["安宁家政", "河渠服务点"]
    assert [row["id"] for row in (await edge.get("/v1/providers"))["items"]] == [str(provider)]


async def test_a_month_is_sealed_with_its_visits(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    await edge.done("/v1/visits", a_visit(await a_taken_order(edge, provider), worker), "provider", provider)
    await edge.hear("settlement", MonthCloseRequested(at=NOW, month="2026-11"))
    (sealed,) = await edge.told("providers.month_sealed.v1")
    assert (sealed["month"], sealed["visits"], sealed["fact"]) == ("2026-11", 1, {"kind": "seal", "month": "2026-11"})


async def test_a_month_is_sealed_when_nothing_is_parked_any_more(edge: Edge) -> None:
    await edge.running.database.execute(
        "insert into parked values ($1, 'orders', 1, $2, 't', $2, '', now(), 'broken', 3, now())", edge.county, uuid4()
    )
    await edge.hear("settlement", MonthCloseRequested(at=NOW, month="2026-10"))
    assert await edge.told("providers.month_sealed.v1") == []
    await edge.pass_time(NOW + timedelta(seconds=30))
    assert await edge.told("providers.month_sealed.v1") == []
    await edge.running.database.execute("delete from parked where county = $1", edge.county)
    await edge.pass_time(NOW + timedelta(minutes=3))
    assert [told["month"] for told in await edge.told("providers.month_sealed.v1")] == ["2026-10"]


async def test_a_later_policy_changes_the_reach(edge: Edge) -> None:
    await a_county(edge)
    narrow = PACK.replace("130528/0001", "130528/0002").replace("reach_within_minutes = 30", "reach_within_minutes = 5")
    second = replace(POLICY, version="130528/0002")
    await edge.hear("orders", PolicyAdopted(at=NOW, version=second.version, sha256="0" * 64, document=narrow))
    await edge.hear("orders", opened(policy=second.version))
    (nobody,) = await edge.told("providers.provider_not_found.v1")
    assert nobody["reasons"][0]["reason_code"] == "out_of_reach"
