"""One request is one trace, through the services that hear what it told, as a collector sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from chassis.auth import issue
from chassis.config import Settings
from services.declared import PORTS
from tests.chassis.telemetry.collector import Collector, Span, collecting
from tests.journeys.client import Client
from tests.journeys.county import ITEM, County, pack_of, shanghai
from tests.journeys.ground import whole_system

CODE = "990711"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
BEGINS = date(2024, 11, 1)


@dataclass
class Traced:
    """A county that is played with traces on."""

    settings: Settings
    county: County
    collector: Collector

    async def post(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        """A command to the orders service, with the headers given."""
        token = issue(self.settings, "bureau-1", "bureau", CODE)
        told = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4()), **headers}
        async with httpx2.AsyncClient(trust_env=False) as client:
            address = self.settings.address("orders", PORTS["orders"])
            return await client.post(f"{address}{path}", json=body, headers=told)

    async def spans(self, trace: str, *names: str) -> list[Span]:
        """The spans of a trace, once all of ``names`` have arrived."""
        async with asyncio.timeout(20):
            while not set(names) <= {span.name for span in self.collector.of(trace)}:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return self.collector.of(trace)


@pytest.fixture(scope="module")
async def traced() -> AsyncIterator[Traced]:
    with collecting() as collector:
        async with whole_system(shanghai(BEGINS, 9), traces_url=collector.url) as (settings, connection):
            client = Client(settings, CODE)
            yield Traced(settings, County(client, connection, "2024-11"), collector)
            await client.close()


@pytest.fixture(scope="module")
async def adopted(traced: Traced) -> str:
    """A policy was published within a trace that somebody else had begun; what the answer says of it."""
    answer = await traced.post("/v1/policies", {"document": pack_of(CODE)}, traceparent=PARENT)
    assert answer.status_code == 201, answer.text
    await traced.county.rest()
    return answer.headers["traceparent"]


async def test_a_caller_s_trace_goes_on_through_the_bus_and_all_who_hear(traced: Traced, adopted: str) -> None:
    hear = [f"{name} hear orders.policy_adopted.v1" for name in ("providers", "charity", "settlement")]
    spans = await traced.spans(TRACE, "policies_publish_policy", *hear)
    by_name = {span.name: span for span in spans}
    request = by_name["policies_publish_policy"]
    assert (request.service, request.parent) == ("orders", PARENT.split("-")[2])
    assert adopted == f"00-{TRACE}-{request.id}-01"
    assert {by_name[name].parent for name in hear} == {request.id}
    assert {by_name[name].service for name in hear} == {"providers", "charity", "settlement"}


async def test_one_order_s_post_the_bus_and_the_consumer_share_a_trace(traced: Traced, adopted: str) -> None:
    body = {
        "person_id": await traced.county.help(1), "item": ITEM, "units": 1, "township": traced.county.township,
        "village": traced.county.village, "window_from": "2024-11-02", "window_to": "2024-11-09",
    }  # fmt: skip
    answer = await traced.post("/v1/orders", body)
    assert answer.status_code == 201, answer.text
    trace = answer.headers["traceparent"].split("-")[1]
    spans = await traced.spans(trace, "orders_open_order", "providers hear orders.order_opened.v1")
    names = {(span.service, span.name) for span in spans}
    assert {("orders", "orders batch"), ("providers", "providers batch")} <= names
    [root] = [span for span in spans if not span.parent]
    assert root.name == "orders_open_order"
    assert root.attributes == {
        "careloop.service": "orders", "careloop.county": CODE, "http.response.status_code": 201,
    }  # fmt: skip


async def test_a_span_tells_the_code_of_a_refusal_and_nothing_that_was_sent(traced: Traced) -> None:
    answer = await traced.post("/v1/orders", {"person_id": "13052819400101001X", "phone": "13800138000"})
    assert answer.status_code == 422
    trace = answer.headers["traceparent"].split("-")[1]
    [span] = await traced.spans(trace, "orders_open_order")
    assert (span.attributes["careloop.code"], span.failed) == ("body.invalid", False)
    assert b"13052819400101001X" not in traced.collector.raw
    assert b"13800138000" not in traced.collector.raw


async def test_a_caller_may_ask_not_to_be_recorded(traced: Traced) -> None:
    unrecorded, recorded = uuid4().hex, uuid4().hex
    for trace, flags in ((unrecorded, "00"), (recorded, "01")):
        answer = await traced.post("/v1/orders", {}, traceparent=f"00-{trace}-00f067aa0ba902b7-{flags}")
        assert answer.headers["traceparent"].split("-")[1] == trace
    await traced.spans(recorded, "orders_open_order")
    assert traced.collector.of(unrecorded) == []


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "00",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"ff-{TRACE}-00f067aa0ba902b7-01",
        f"{PARENT}-more",
        PARENT.upper(),
    ],
)
async def test_a_malformed_trace_is_not_taken_up(traced: Traced, malformed: str) -> None:
    answer = await traced.post("/v1/orders", {}, traceparent=malformed)
    assert answer.headers["traceparent"].split("-")[1] not in (TRACE, "0" * 32)


async def test_the_polling_between_services_makes_no_traces(traced: Traced, adopted: str) -> None:
    await traced.spans(TRACE, "policies_publish_policy")
    assert not [span for span in traced.collector.spans if span.name.startswith(("feed_", "health_"))]


async def test_the_feed_tells_the_trace_of_an_event(traced: Traced, adopted: str) -> None:
    token = issue(traced.settings, "providers", "service", CODE)
    async with httpx2.AsyncClient(trust_env=False) as client:
        address = traced.settings.address("orders", PORTS["orders"])
        answer = await client.get(f"{address}/v1/events", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["items"][0]["traceparent"] == adopted
