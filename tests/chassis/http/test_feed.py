"""The pull feed: the public log in order, told at once to those who wait."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID, uuid4

from tests.chassis.http.conftest import Edge, Start


async def events(edge: Edge, query: str = "", **more: Any) -> dict[str, Any]:
    answer = await edge.get(f"/v1/events?{query}", **more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_feed_gives_the_public_log_as_cloud_events(edge: Edge) -> None:
    made = await edge.post("/v1/counters", {"amount": 3})
    page = await events(edge)
    row = await edge.running.database.fetchrow("select * from public_log where county = $1", edge.county)
    head = await edge.running.database.fetchrow("select epoch from head where county = $1", edge.county)
    assert row is not None
    assert head is not None
    item = page["items"][0]
    assert item.pop("time").endswith("Z")
    assert item == {
        "specversion": "1.0",
        "id": str(row["event_id"]),
        "source": f"/careloop/toy/{edge.county}",
        "type": "toy.added.v1",
        "subject": made.json()["id"],
        "datacontenttype": "application/json",
        "careloopposition": 1,
        "careloopprevious": 0,
        "careloopepoch": str(head["epoch"]),
        "careloophash": row["hash"].hex(),
        "data": json.loads(row["body"]),
    }
    assert (page["next"], page["head"], UUID(page["epoch"])) == (1, 1, head["epoch"])


async def test_the_data_are_the_very_bytes_of_the_log(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3})
    answer = await edge.get("/v1/events")
    body = await edge.running.database.fetchval("select body from public_log where county = $1", edge.county)
    assert body in answer.content


async def test_the_feed_is_read_on_from_where_it_ended(edge: Edge) -> None:
    for amount in (1, 2, 3):
        await edge.post("/v1/counters", {"amount": amount})
    first = await events(edge, "limit=2")
    rest = await events(edge, f"limit=2&after={first['next']}")
    amounts = [item["data"]["amount"] for item in first["items"] + rest["items"]]
    assert amounts == [1, 2, 3]
    assert (first["head"], rest["next"]) == (3, 3)


async def test_a_county_nobody_wrote_in_has_an_empty_feed(edge: Edge) -> None:
    assert await events(edge) == {"items": [], "next": 0, "head": 0, "epoch": None, "filtered": False}


async def test_who_waits_is_told_as_soon_as_something_happens(edge: Edge) -> None:
    waiting = asyncio.create_task(events(edge, "wait=20"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await edge.post("/v1/counters", {"amount": 3})
    page = await asyncio.wait_for(waiting, 10)
    assert len(page["items"]) == 1


async def test_a_commit_of_another_process_is_seen_while_waiting(edge: Edge, start: Start) -> None:
    async with start() as other:
        waiting = asyncio.create_task(events(edge, "wait=20"))
        await asyncio.sleep(0.05)
        await other.post("/v1/counters", {"amount": 3}, claims={"county": edge.county})
        page = await asyncio.wait_for(waiting, 10)
    assert len(page["items"]) == 1


async def test_waiting_ends_with_an_empty_page(edge: Edge) -> None:
    assert (await events(edge, "wait=0.05"))["items"] == []


async def test_a_wait_and_a_position_are_not_negative(edge: Edge) -> None:
    for query in ("wait=-1", "wait=nan", "after=-1"):
        answer = await edge.get(f"/v1/events?{query}")
        assert answer.json()["code"] == "query.invalid", query


async def test_only_so_many_may_wait(start: Start) -> None:
    async with start(feed_waiters_max=1) as edge:
        waiting = asyncio.create_task(events(edge, "wait=20"))
        await asyncio.sleep(0.05)
        answer = await edge.get("/v1/events?wait=20")
        assert (answer.status_code, answer.json()["code"]) == (503, "feed.too_many_waiting")
        await edge.post("/v1/counters", {"amount": 3})
        await waiting


async def test_heads_tell_a_service_where_every_county_ends(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3})
    answer = await edge.get("/v1/heads", role="service", claims={"county": ""})
    mine = [head for head in answer.json()["items"] if head["county"] == edge.county]
    assert [head["position"] for head in mine] == [1]


async def test_heads_tell_an_auditor_of_the_own_county(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3})
    await edge.post("/v1/counters", {"amount": 3}, claims={"county": uuid4().hex[:12]})
    answer = await edge.get("/v1/heads", role="auditor")
    assert [head["county"] for head in answer.json()["items"]] == [edge.county]


async def test_heads_come_in_pages(edge: Edge) -> None:
    for county in (f"{edge.county[:10]}a", f"{edge.county[:10]}b"):
        await edge.post("/v1/counters", {"amount": 3}, claims={"county": county})
    first = (await edge.get("/v1/heads?limit=1", role="service", claims={"county": ""})).json()
    rest = (await edge.get(f"/v1/heads?after={first['next']}", role="service", claims={"county": ""})).json()
    assert len(first["items"]) == 1
    assert first["items"][0]["county"] < rest["items"][0]["county"]
