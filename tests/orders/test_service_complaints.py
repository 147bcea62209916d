"""The hot-line's tickets as the service runs: who sees what; whom they are about never learns who complains."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.edge import Edge
from tests.orders.examples import at
from tests.orders.journeys import registered
from tests.orders.people import fresh

CALLER, PHONE, WORDS = "孙告状", "13911112222", "上门只有十分钟，我是他隔壁的孙告状"


@pytest.fixture
async def county(in_depth: Edge) -> Edge:
    """A county under the policy in depth, on 10 October 2024."""
    return await fresh(in_depth)


async def told(county: Edge, **changes: Any) -> str:
    """The id of a ticket about a provider, by somebody who says who it is."""
    body = {
        "channel": "county_line", "kind": "complaint", "text": WORDS, "name": CALLER, "phone": PHONE,
        "township": f"{county.county}100", "about": {"whom": "provider", "owner": str(uuid4())}, **changes,
    }  # fmt: skip
    return str((await county.done("/v1/complaints", body, role="hotline"))["id"])


async def handed(county: Edge, ticket: str, **to: Any) -> None:
    """Numbered and handed on, to the bureau where nothing else is said."""
    await county.done(f"/v1/complaints/{ticket}/registration", role="hotline")
    await county.done(f"/v1/complaints/{ticket}/transfer", to or {"office": "bureau"}, role="hotline")


async def test_numbers_of_a_year_have_no_gap(county: Edge):
    tickets = [await told(county) for _ in range(3)]
    numbers = [
        (await county.done(f"/v1/complaints/{ticket}/registration", role="hotline"))["number"]
        for ticket in (*tickets, tickets[0])
    ]
    assert numbers == ["2024-00001", "2024-00002", "2024-00003", "2024-00001"]


async def test_twelve_three_four_five_told_twice_is_one_ticket(county: Edge):
    first = await told(county, channel="city_line", reference="12345-77")
    assert await told(county, channel="city_line", reference="12345-77") == first
    assert (await county.get(f"/v1/complaints/{first}", "bureau"))["urged"] == 1


async def test_whom_it_is_about_sees_a_neutral_summary_and_nothing_else(county: Edge):
    owner = str(uuid4())
    ticket = await told(county, about={"whom": "provider", "owner": owner})
    await handed(county, ticket)
    seen = []
    for path in ("", "/writings?purpose=x", "/slip"):
        answer = await county.client.get(f"/v1/complaints/{ticket}{path}", headers=county.headers("provider:p", owner))
        assert answer.status_code == 403
        seen.append(answer.text)
    assert (await county.get("/v1/complaints/about-us", "provider:p", owner))["items"] == []
    statement = {"text": "当日车辆故障"}
    assert (await county.refused(f"/v1/complaints/{ticket}/statement", statement, "provider:p", owner))[0] == 404
    await county.done(f"/v1/complaints/{ticket}/summary", {"text": "某日上门时长不足，请说明"})
    rows = await county.get("/v1/complaints/about-us", "provider:p", owner)
    summary = await county.get(f"/v1/complaints/{ticket}/summary?purpose=陈述", "provider:p", owner)
    assert summary == {"text": "某日上门时长不足，请说明"}
    await county.done(f"/v1/complaints/{ticket}/statement", statement, "provider:p", owner)
    await county.done(f"/v1/complaints/{ticket}/answer", {"outcome": "upheld", "text": "已责令整改"})
    feed = await county.client.get("/v1/events?limit=100", headers=county.headers("provider:p", owner))
    assert "complaint" not in feed.text
    county_feed = (await county.get("/v1/events?limit=100"))["items"]
    upheld = [one["data"] for one in county_feed if one["type"] == "orders.complaint_upheld.v1"]
    assert [(one["provider"], one["month"], one["outcome"]) for one in upheld] == [(owner, "2024-10", "upheld")]
    whole = json.dumps([seen, rows, summary], ensure_ascii=False) + feed.text
    assert not any(secret in whole for secret in (CALLER, PHONE, "隔壁", "hotline"))
    another = await county.client.get(
        f"/v1/complaints/{ticket}/summary?purpose=x", headers=county.headers("provider:q", uuid4())
    )
    assert another.status_code == 404


async def test_an_officer_it_is_about_neither_sees_nor_handles_it(county: Edge):
    ticket = await told(county, about={"whom": "officer", "subject": "bureau"})
    await handed(county, ticket)
    assert [row["id"] for row in (await county.get("/v1/complaints", "bureau"))["items"]] == []
    answer = {"outcome": "not_upheld", "text": "没有这回事"}
    assert (await county.refused(f"/v1/complaints/{ticket}/answer", answer))[0] == 403
    assert (await county.get("/v1/complaints", "bureau:other"))["items"][0]["id"] == ticket
    await county.done(f"/v1/complaints/{ticket}/answer", {"outcome": "upheld", "text": "已处理"}, "bureau:other")


async def test_who_complains_is_read_by_the_handler_and_noted(county: Edge):
    ticket = await told(county)
    await handed(county, ticket)
    read = await county.get(f"/v1/complaints/{ticket}/writings?purpose=核实")
    assert (read["name"], read["phone"], read["items"][0]["text"]) == (CALLER, PHONE, WORDS)
    answer = await county.client.get(f"/v1/complaints/{ticket}/writings", headers=county.headers("bureau", ""))
    assert answer.status_code == 400


async def test_an_anonymous_caller_follows_the_ticket_with_the_slip(county: Edge):
    ticket = await told(county, name=None, phone=None)
    await handed(county, ticket)
    slip = await county.get(f"/v1/complaints/{ticket}/slip", "hotline")
    await county.done(f"/v1/complaints/{ticket}/answer", {"outcome": "upheld", "text": "已责令整改"})
    look = {"county": county.county, "number": slip["number"], "secret": slip["secret"]}
    answer = await county.client.post("/v1/complaint-progress", json=look)
    assert (answer.status_code, answer.json()["state"], answer.json()["answer"]) == (200, "answered", "已责令整改")
    wrong = await county.client.post("/v1/complaint-progress", json=look | {"secret": "AAAA-BBBB-CCCC-DDDD"})
    unknown = await county.client.post("/v1/complaint-progress", json=look | {"number": "2024-00099"})
    told_apart = [{**one.json(), "instance": ""} for one in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 404
    assert {**told_apart[0], "request_id": ""} == {**told_apart[1], "request_id": ""}


async def test_a_ticket_nobody_registers_is_late_and_counted(county: Edge):
    ticket = await told(county, kind="help_request")
    await county.pass_time(at("2024-10-11", "01:00"))
    late = (await county.get("/v1/complaints?overdue=true", "hotline"))["items"]
    assert [(row["id"], row["overdue_step"]) for row in late] == [(ticket, "complaint_register")]
    replies = (await county.get("/v1/complaint-replies?month=2024-10"))["items"]
    assert [(row["channel"], row["tickets"], row["answered"], row["late"]) for row in replies] == [
        ("county_line", 1, 0, 1)
    ]


async def test_a_call_for_help_becomes_a_need(county: Edge):
    person = await registered(county)
    need = (await county.done(
        "/v1/needs", {"person_id": person, "items": ["home_cleaning"], "channel": "hotline"}, role="village"
    ))["id"]  # fmt: skip
    ticket = await told(county, kind="help_request", about={"whom": "other"})
    await handed(county, ticket, office="township", township=f"{county.county}100")
    await county.done(f"/v1/complaints/{ticket}/need", {"need_id": need}, role="township")
    assert (await county.get(f"/v1/complaints/{ticket}", "township"))["need_id"] == need
