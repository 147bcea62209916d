"""Traces are off unless asked for, and a collector that fails is nobody's trouble."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest

from chassis import tracing
from chassis.config import Settings
from chassis.service import Ask, Step
from tests.chassis import toy
from tests.chassis.consumer.ears import Ear, hears_through, start
from tests.chassis.http.conftest import Edge
from tests.chassis.pair import AT, Side, published, until
from tests.chassis.telemetry.collector import collecting

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@asynccontextmanager
async def exporting(url: str, **changes: Any) -> AsyncIterator[None]:
    settings = Settings.model_validate({"traces_url": url, **changes})
    async with tracing.exporting(settings, ["toy", "other"]):
        yield


async def test_off_nothing_is_made_carried_or_answered(edge: Edge) -> None:
    answer = await edge.post("/v1/counters", {"amount": 1}, headers={"traceparent": PARENT})
    assert "traceparent" not in answer.headers
    kept = await edge.running.database.fetch("select trace from public_log where county = $1", edge.county)
    assert [row["trace"] for row in kept] == [""]


async def test_off_a_message_on_the_bus_has_no_trace(source: Side, county: str) -> None:
    assert source.relay
    await source.add(county, 1)
    await source.relay.start()
    await until(source.relay.settled)
    [message] = await published(source, county)
    assert tracing.HEADER not in message


@pytest.mark.parametrize("answers", [500, 404])
async def test_a_collector_that_refuses_is_nobody_s_trouble(edge: Edge, answers: int) -> None:
    with collecting(answers) as collector:
        async with exporting(collector.url):
            answer = await edge.post("/v1/counters", {"amount": 1}, headers={"traceparent": PARENT})
        assert answer.status_code == 201
        assert collector.asked > 0
        assert collector.spans == []


async def test_a_collector_that_is_not_there_is_nobody_s_trouble(edge: Edge) -> None:
    async with exporting("http://127.0.0.1:9/v1/traces"):
        answer = await edge.post("/v1/counters", {"amount": 1})
    assert answer.status_code == 201


async def test_the_batch_of_one_command_is_part_of_its_trace(edge: Edge) -> None:
    with collecting() as collector:
        async with exporting(collector.url):
            await edge.post("/v1/counters", {"amount": 1}, headers={"traceparent": PARENT})
    names = {span.name: span for span in collector.of(PARENT.split("-")[1])}
    batch = names["toy batch"]
    assert batch.parent == names["counters_begin"].id
    assert (batch.attributes["careloop.county"], batch.attributes["careloop.commands"]) == (edge.county, 1)


async def tell(source: Side, county: str, *traces: str) -> None:
    """One event in each of the traces, in one batch or several."""
    steps = [Step(decider=toy.counter, stream=uuid4(), command=toy.Add(amount=1, at=AT)) for _ in traces]
    asks = (
        Ask(county=county, steps=(step,), key=str(uuid4()), trace=trace)
        for step, trace in zip(steps, traces, strict=True)
    )
    await asyncio.gather(*(source.dispatch.ask(ask) for ask in asks))


@pytest.mark.parametrize("bus", [True, False])
async def test_each_event_is_heard_in_its_own_trace_by_bus_and_by_feed(
    bus: bool, source: Side, ear: Ear, deaf_to_the_bus: Ear, county: str
) -> None:
    ear = ear if bus else deaf_to_the_bus
    traces = [f"00-{uuid4().hex}-00f067aa0ba902b7-01" for _ in range(3)]
    with collecting() as collector:
        async with exporting(collector.url):
            await tell(source, county, *traces)
            await start(source, ear)
            await hears_through(ear, county, 3)
    heard = [span for span in collector.spans if " hear " in span.name and span.attributes["careloop.county"] == county]
    assert sorted(span.trace for span in heard) == sorted(trace.split("-")[1] for trace in traces)
    assert {span.parent for span in heard} == {"00f067aa0ba902b7"}
    kept = await ear.side.database.fetch("select trace from public_log where county = $1", county)
    assert sorted(row["trace"] for row in kept) == sorted(f"00-{span.trace}-{span.id}-01" for span in heard)


async def test_a_batch_of_several_is_a_trace_of_its_own_with_links(source: Side, county: str) -> None:
    await tell(source, county, "")  # the lane is there, and what is asked at once waits for it together
    traces = [f"00-{uuid4().hex}-00f067aa0ba902b7-01" for _ in range(5)]
    with collecting() as collector:
        async with exporting(collector.url):
            await tell(source, county, *traces)
    batches = [span for span in collector.spans if span.name == "other batch"]
    linked = [trace for span in batches for trace in span.links]
    assert sorted(linked) == sorted(trace.split("-")[1] for trace in traces)
    several = [span for span in batches if len(span.links) > 1]
    assert several
    assert all(not span.parent and span.trace not in span.links for span in several)


async def test_a_failed_request_is_a_failed_span(edge: Edge) -> None:
    with collecting() as collector:
        async with exporting(collector.url):
            await edge.get("/v1/broken")
    [span] = [span for span in collector.spans if span.attributes.get("careloop.code") == "internal"]
    assert span.failed
    assert b"130528194001010011" not in collector.raw


@pytest.mark.parametrize(("ratio", "recorded"), [(0.0, False), (1.0, True)])
async def test_the_ratio_decides_what_is_recorded_and_all_is_carried(edge: Edge, ratio: float, recorded: bool) -> None:
    with collecting() as collector:
        async with exporting(collector.url, traces_ratio=ratio):
            answer = await edge.post("/v1/counters", {"amount": 1}, headers={"traceparent": PARENT})
    assert answer.headers["traceparent"].startswith(PARENT[:36])
    assert bool(collector.spans) is recorded


async def test_it_is_off_again_afterwards() -> None:
    with collecting() as collector:
        async with exporting(collector.url):
            assert tracing.on()
        assert not tracing.on()
        assert tracing.carried() == ""


def test_a_traceparent_of_a_later_version_is_understood() -> None:
    later = tracing.context_of(f"01{PARENT[2:]}-what-comes-later")
    assert later is not None
    assert (f"{later.trace_id:032x}", later.trace_flags) == (PARENT[3:35], 1)
