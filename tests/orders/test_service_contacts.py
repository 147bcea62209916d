"""Duties, contacts, errands, pairs and carers as the service runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.orders.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.orders.conftest import _number, pack_of
from tests.orders.contact_examples import PACK
from tests.orders.examples import at
from tests.orders.journeys import registered, running_plan

TERMS = {
    "name": "李某邻", "phone": "13900000000", "relation": "neighbour", "signed_on": "2024-09-20",
    "from_day": "2024-09-20", "valid_to": "2025-09-19", "duties": ["meals"],
}  # fmt: skip


@pytest.fixture
async def county(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county with the second version of Ningjin's rules, on 20 September 2024."""
    async with running_edge(service, servers.settings(), tmp_path, at("2024-09-20")) as edge:
        edge.county = str(next(_number))
        await edge.done("/v1/policies", {"document": deep_pack(edge.county)})
        yield edge


def deep_pack(county: str) -> str:
    """Version 0002 as another county's."""
    return PACK.read_text(encoding="utf-8").replace("130528", county)


async def visit(county: Edge, person: str, captured_at: str, **changes: Any) -> dict[str, Any]:
    """A visit recorded by the village worker."""
    body = {"person_id": person, "way": "home", "captured_at": captured_at, **changes}
    answer: dict[str, Any] = await county.done("/v1/contacts", body, role="village")
    return answer


async def due(county: Edge, **filters: str) -> list[dict[str, Any]]:
    """Months of people."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    items: list[dict[str, Any]] = (await county.get(f"/v1/contacts/due?{query}"))["items"]
    return items


async def test_everybody_under_the_duty_is_due_each_month_until_contacted(county: Edge):
    seen, called, missed = [await registered(county, number) for number in (1, 2, 3)]
    await county.pass_time(at("2024-10-28"))
    reminded = {row["person"]: row["reminded"] for row in await due(county, month="2024-10")}
    assert reminded == {seen: True, called: True, missed: True}
    await visit(county, seen, "2024-10-28T09:00:00+08:00")
    await visit(county, called, "2024-10-28T09:30:00+08:00", way="phone")
    await visit(county, missed, "2024-10-28T09:40:00+08:00", reached=False)
    await county.pass_time(at("2024-11-01"))
    assert {row["person"]: row["state"] for row in await due(county, month="2024-10")} == {
        seen: "done", called: "done", missed: "overdue"
    }  # fmt: skip
    summary = await county.get("/v1/contacts/summary?month=2024-10", role="township")
    [township] = summary["townships"]
    assert (township["done"], township["overdue"]) == (2, 1)
    assert {row["state"] for row in await due(county, month="2024-11")} == {"due"}


async def test_who_died_is_due_no_more(county: Edge):
    person = await registered(county)
    await county.pass_time(at("2024-10-10"))
    await county.done(f"/v1/beneficiaries/{person}/death", {"day": "2024-10-08"}, role="township")
    await county.pass_time(at("2024-12-02"))
    assert [(row["month"], row["state"]) for row in await due(county, person=person)] == [("2024-10", "lapsed")]
    [duty] = (await county.get(f"/v1/duties?person={person}"))["items"]
    assert (duty["covered"], duty["since"]) == (False, None)


async def test_who_moved_away_is_due_no_more(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-10"))
    await county.done(f"/v1/plans/{plan}/stop", {"last_day": "2024-10-20", "reason_code": "moved_away"})
    assert [row["state"] for row in await due(county, person=person)] == ["due"]
    await county.pass_time(at("2024-12-02"))
    assert [(row["month"], row["state"]) for row in await due(county, person=person)] == [("2024-10", "lapsed")]


async def test_people_registered_before_the_duty_was_adopted_are_found(servers: Servers, tmp_path: Path):
    async with running_edge(service, servers.settings(), tmp_path, at("2024-09-20")) as edge:
        edge.county = str(next(_number))
        await edge.done("/v1/policies", {"document": pack_of(edge.county)})
        person = await registered(edge)
        await edge.pass_time(at("2024-10-01"))
        assert await due(edge, person=person) == []
        await edge.done("/v1/policies", {"document": deep_pack(edge.county)})
        await edge.pass_time(at("2024-10-02"))
        assert [(row["month"], row["state"]) for row in await due(edge, person=person)] == [("2024-10", "due")]


async def test_a_responsible_person_is_named_and_who_has_none_is_listed(county: Edge):
    first, second = await registered(county, 1), await registered(county, 2)
    rows = (await county.get("/v1/duties?assigned=false&covered=true"))["items"]
    assert {row["person"] for row in rows} == {first, second}
    [duty] = [row["id"] for row in rows if row["person"] == first]
    await county.done(f"/v1/duties/{duty}/responsible", {"responsible": "cadre-1"}, role="township")
    assert await county.refused(f"/v1/duties/{duty}/responsible", {"responsible": "x"}, role="village") == (
        403, "forbidden.role"
    )  # fmt: skip
    [lacking] = (await county.get("/v1/duties?assigned=false"))["items"]
    assert lacking["person"] == second
    await county.pass_time(at("2024-10-01"))
    assert [row["person"] for row in await due(county, month="2024-10", responsible="cadre-1")] == [first]


async def test_a_conversation_registers_an_urgent_need_in_the_same_act(county: Edge):
    person = await registered(county)
    found = await visit(
        county,
        person,
        "2024-09-20T09:00:00+08:00",
        checklist={"food": "not_ok", "housing": "ok"},
        need={"items": ["meal_help"], "urgent": True},
    )
    assert found["trouble"] == ["food"]
    need = await county.get(f"/v1/needs/{found['need_id']}")
    assert (need["person"], need["channel"], need["urgent"]) == (person, "conversation", True)
    [row] = (await county.get("/v1/contacts?trouble=true"))["items"]
    assert row["need"] == found["need_id"]


async def test_a_contact_with_a_wrong_need_is_not_recorded_either(county: Edge):
    person = await registered(county)
    body = {
        "person_id": person, "way": "home", "captured_at": "2024-09-20T09:00:00+08:00", "need": {"items": ["butler"]},
    }  # fmt: skip
    assert await county.refused("/v1/contacts", body, role="village") == (422, "policy.item_unknown")
    assert (await county.get("/v1/contacts"))["items"] == []


async def test_notes_are_sealed_and_opened_for_a_purpose(county: Edge):
    person = await registered(county)
    contact = await visit(county, person, "2024-09-20T09:00:00+08:00", notes="邻居王二说她夜里咳嗽")
    path = f"/v1/contacts/{contact['id']}/notes?purpose=follow+up"
    assert (await county.get(path, role="township"))["notes"] == "邻居王二说她夜里咳嗽"
    stored = await county.running.database.fetch(
        "select state as text from events where county = $1 union all select body from inbox where county = $1",
        county.county,
    )
    assert "王二".encode() not in b"".join(row["text"] for row in stored)
    query = "select purpose from vault_reads where county = $1 and person = $2"
    [read] = await county.running.database.fetch(query, county.county, UUID(person))
    assert read["purpose"] == "follow up"


async def test_goods_are_kept_in_a_ledger_and_missing_ones_go_up(county: Edge):
    person = await registered(county)
    goods = [
        {"goods": "rice", "quantity": 10, "bought": True, "amount_fen": 6200},
        {"goods": "wheelchair", "bought": False},
    ]
    contact = await visit(county, person, "2024-09-20T09:00:00+08:00", goods=goods)
    ledger = {row["goods"]: row for row in (await county.get(f"/v1/errands?contact={contact['id']}"))["items"]}
    assert (ledger["rice"]["state"], ledger["rice"]["amount_fen"]) == ("bought", 6200)
    assert (ledger["wheelchair"]["level"], ledger["wheelchair"]["settle_by"]) == ("township", "2024-09-27")
    await county.pass_time(at("2024-09-28"))
    [open_] = (await county.get("/v1/errands?level=county"))["items"]
    await county.done(f"/v1/errands/{open_['id']}/settlement", {"how": "provided"})
    assert (await county.get("/v1/errands?state=missing"))["items"] == []


async def test_a_pair_without_contact_lapses_and_comes_back(county: Edge):
    person = await registered(county)
    body = {"person_id": person, "helper": "party-7", "from_day": "2024-09-20"}
    await county.done("/v1/pairs", body, role="township")
    await county.pass_time(at("2024-10-22"))
    [pair] = (await county.get("/v1/pairs?state=lapsed"))["items"]
    assert (pair["helper"], pair["last_on"]) == ("party-7", "2024-09-20")
    await visit(county, person, "2024-10-22T08:00:00+08:00", visitor="party-7")
    [pair] = (await county.get(f"/v1/pairs?person={person}"))["items"]
    assert (pair["state"], pair["lapses_on"]) == ("running", "2024-11-23")


async def test_a_failing_carer_mends_or_is_replaced(county: Edge):
    person = await registered(county)
    lacking = (await county.get("/v1/coverage/carers", role="township"))["items"]
    assert [(row["running"], row["escorted"]) for row in lacking] == [(False, False)]
    care = (await county.done("/v1/carers", {"person_id": person, **TERMS}, role="township"))["id"]
    escort = {"name": "李某邻", "relation": "neighbour", "from_day": "2024-09-20"}
    await county.done(f"/v1/beneficiaries/{person}/escort", escort, role="township")
    assert (await county.get("/v1/coverage/carers"))["items"] == []
    path = f"/v1/carers/{care}"
    another = {**TERMS, "name": "孙某", "signed_on": "2024-10-12", "from_day": "2024-10-12"}
    assert await county.refused(f"{path}/replacement", another) == (409, "care.rectify_first")
    await county.done(f"{path}/findings", {"code": "meals_missed", "text": "三日未送饭"}, role="village")
    order = {"due_on": "2024-10-10", "text": "十日前恢复送饭"}
    assert await county.refused(f"{path}/rectification", order, role="township") == (403, "care.not_yours_to_decide")
    await county.done(f"{path}/rectification", order)
    await county.pass_time(at("2024-10-12"))
    assert (await county.get(path))["state"] == "failed"
    replaced = await county.done(f"{path}/replacement", another, role="township")
    assert (replaced["state"], replaced["running"]) == ("running", True)
    personal = await county.get(f"{path}/personal?purpose=check", role="township")
    assert (personal["carer_name"], personal["escort_name"], personal["findings"]) == ("孙某", "李某邻", {})
    await county.pass_time(at("2025-09-20"))
    [lacking] = (await county.get("/v1/coverage/carers"))["items"]
    assert (lacking["person"], lacking["running"], lacking["escorted"]) == (person, False, True)


async def test_two_agreements_at_once_leave_one(county: Edge):
    person = await registered(county)
    await county.done("/v1/carers", {"person_id": person, **TERMS})
    assert await county.refused("/v1/carers", {"person_id": person, **TERMS, "name": "别人"}) == (
        409, "care.agreement_runs"
    )  # fmt: skip


async def test_findings_and_carers_names_are_sealed(county: Edge):
    person = await registered(county)
    care = (await county.done("/v1/carers", {"person_id": person, **TERMS}))["id"]
    await county.done(f"/v1/carers/{care}/findings", {"code": "hygiene", "text": "被褥潮湿无人更换"})
    await county.done(f"/v1/carers/{care}/rectification", {"due_on": "2024-09-30", "text": "限期更换被褥"})
    stored = await county.running.database.fetch(
        "select state as text from events where county = $1 union all"
        " select convert_to(boxes::text, 'UTF8') from carers where county = $1",
        county.county,
    )
    written = b"".join(row["text"] for row in stored)
    for clear in ("李某邻", "被褥", "13900000000"):
        assert clear.encode() not in written
    opened = await county.get(f"/v1/carers/{care}/personal?purpose=review")
    assert list(opened["findings"].values()) == ["被褥潮湿无人更换"]
    assert opened["rectification"] == "限期更换被褥"
