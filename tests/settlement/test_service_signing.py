"""From final to paid, as the service runs: answers, money, notices, two signatures, one payment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from chassis.rebuild import rebuild_views
from contracts import orders
from services.settlement.service import service
from tests.conftest import Servers
from tests.edge import Edge
from tests.settlement import examples
from tests.settlement.examples import PROVIDER
from tests.settlement.test_service_close import ALLOCATION, MONTH, closed, served, statement

AFTER_SILENCE = datetime(2024, 12, 6, 16, 0, tzinfo=UTC)
"""The end of the sixth of December in Ningjin: five whole days after the close."""


@pytest.fixture
async def final(edge: Edge) -> dict[str, Any]:
    """A final statement of 300 yuan, funded, its person noticed."""
    await served(edge)
    await edge.hear("orders", examples.notice())
    await edge.done("/v1/allocations", ALLOCATION, role="finance")
    await closed(edge)
    return await statement(edge)


async def confirmed(edge: Edge, final: dict[str, Any]) -> str:
    """Its address, after the provider's word."""
    address = f"/v1/statements/{final['id']}"
    await edge.done(f"{address}/confirmation", role="provider", owner=PROVIDER)
    return address


async def test_two_officers_sign_and_finance_pays(edge: Edge, final: dict[str, Any]) -> None:
    address = await confirmed(edge, final)
    first = await edge.done(f"{address}/approval", role="bureau")
    assert (first["status"], first["may_sign"]) == ("confirmed", ["finance"])
    second = await edge.done(f"{address}/approval", role="finance")
    assert (second["status"], second["may_sign"]) == ("approved", [])
    await edge.done(f"{address}/payment", {"reference": "P-1"}, role="finance")
    paid = await edge.get(address)
    assert (paid["status"], paid["paid"]["amount_fen"], paid["paid"]["reference"]) == ("paid", 30000, "P-1")
    assert [one["body"] for one in paid["approvals"]] == ["county", "finance"]


async def test_it_waits_for_the_payee_or_for_silence(edge: Edge, final: dict[str, Any]) -> None:
    address = f"/v1/statements/{final['id']}"
    assert final["answer_until"] == "2024-12-06T16:00:00Z"
    assert await edge.refused(f"{address}/approval") == (409, "statement.not_answered")
    await edge.pass_time(AFTER_SILENCE - timedelta(seconds=1))
    assert (await edge.get(address))["status"] == "final"
    await edge.pass_time(AFTER_SILENCE)
    whole = await edge.get(address)
    assert (whole["status"], whole["confirmed"]["how"]) == ("confirmed", "silence")


async def test_a_dispute_stops_nothing_and_is_not_silence(edge: Edge, final: dict[str, Any]) -> None:
    address = f"/v1/statements/{final['id']}"
    body = {"line": 1, "reason_code": "missing_visit"}
    await edge.done(f"{address}/dispute", body, role="provider", owner=PROVIDER)
    await edge.pass_time(AFTER_SILENCE)
    assert (await edge.get(address))["status"] == "disputed"
    assert (await edge.done(f"{address}/approval"))["may_sign"] == ["finance"]


async def test_only_the_payee_answers(edge: Edge, final: dict[str, Any]) -> None:
    address = f"/v1/statements/{final['id']}/confirmation"
    assert await edge.refused(address, role="provider", owner=examples.CLAIMANT) == (404, "not_found")


async def test_it_is_not_approved_without_money_and_is_the_moment_the_money_comes(edge: Edge) -> None:
    await served(edge)
    await edge.hear("orders", examples.notice())
    await closed(edge)
    final = await statement(edge)
    address = await confirmed(edge, final)
    assert final["unfunded_fen"] == 30000
    assert await edge.refused(f"{address}/approval") == (409, "statement.unfunded")
    await edge.done("/v1/allocations", ALLOCATION, role="finance")
    funded = await edge.get(address)
    assert (funded["unfunded_fen"], [one["fund"] for one in funded["draws"]]) == (0, ["county_budget"])
    assert (await edge.done(f"{address}/approval"))["may_sign"] == ["finance"]
    funds = await edge.get("/v1/funds")
    assert [(one["fund"], one["allocated_fen"], one["drawn_fen"]) for one in funds["items"]] == [
        ("county_budget", 10_000_000, 30000)
    ]


async def test_the_next_close_keeps_the_draws_that_were_shown_between(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    await edge.done("/v1/allocations", ALLOCATION, role="finance")
    shown = (await statement(edge))["draws"]
    edge.running.clock.move(datetime(2025, 1, 2, tzinfo=UTC))
    await closed(edge, "2024-12")
    kept = (await edge.get("/v1/months/2024-12/answer"))["draws"]
    assert [(one["month"], one["fund"], one["fen"]) for one in kept] == [(MONTH, "county_budget", 30000)]
    assert (await statement(edge))["draws"] == shown


async def test_it_is_not_approved_while_a_person_has_no_notice(edge: Edge) -> None:
    await served(edge)
    await edge.done("/v1/allocations", ALLOCATION, role="finance")
    await closed(edge)
    address = await confirmed(edge, await statement(edge))
    response = await edge.post(f"{address}/approval")
    assert (response.json()["code"], response.json()["facts"]) == ("statement.without_notice", {"people": 1})


async def test_it_is_not_approved_while_urgent_help_of_a_person_is_not_reviewed(
    edge: Edge, final: dict[str, Any]
) -> None:
    address = await confirmed(edge, final)
    pending = orders.ReviewPending(
        at=examples.NOW, person=examples.PERSON, plan_id=examples.PLAN, need_id=examples.PLAN, village="130528101201"
    )
    await edge.hear("orders", pending)
    response = await edge.post(f"{address}/approval")
    assert (response.json()["code"], response.json()["facts"]) == ("statement.without_notice", {"people": 1})
    await edge.hear("orders", examples.notice())
    await edge.done(f"{address}/approval", role="bureau")


async def test_only_the_named_role_exceeds_a_soft_cap(edge: Edge) -> None:
    await edge.hear("orders", examples.adopted(), examples.adopted(examples.SOFT))
    body = {"fund": "work_fund", "year": 2024, "document": "宁财〔2024〕2号"}
    assert await edge.refused("/v1/overrides", body, role="bureau") == (403, "override.not_your_role")
    assert (await edge.done("/v1/overrides", body, role="finance"))["overrides"] == 1
    [told] = await edge.told("settlement.cap_overridden.v1")
    assert told["fact"]["role"] == "finance"


async def test_a_waived_grade_is_told_as_such(edge: Edge) -> None:
    await edge.hear("orders", examples.adopted())
    body = {"month": MONTH, "payee": str(PROVIDER), "township": examples.TOWNSHIP}
    assert (await edge.refused("/v1/grades", body)) == (422, "body.invalid")
    await edge.done("/v1/grades", {**body, "waived": True})
    [fact] = (await edge.get("/v1/facts?source=settlement"))["items"][1:]
    assert fact["waived"] is True


async def test_views_rebuilt_from_the_log_are_the_same(edge: Edge, servers: Servers, final: dict[str, Any]) -> None:
    address = await confirmed(edge, final)
    await edge.done("/v1/rulings", {"month": MONTH, "fact": await _a_fact(edge), "cause": "mistake"})
    before = {view.table: await rows(edge, view.table) for view in service.views}
    owner = await asyncpg.connect(servers.database_url)
    await rebuild_views(owner, service, edge.county)
    await owner.close()
    assert {view.table: await rows(edge, view.table) for view in service.views} == before
    assert (await edge.get(address))["status"] == "confirmed"


async def _a_fact(edge: Edge) -> str:
    [fact] = [one for one in (await edge.get("/v1/facts?source=orders"))["items"] if one["kind"] == "service"]
    return str(fact["id"])


async def rows(edge: Edge, table: str) -> list[str]:
    """All rows of the county's view, as text."""
    query = f"select t::text from {table} t where county = $1 order by 1"
    return [row[0] for row in await edge.running.database.fetch(query, edge.county)]
