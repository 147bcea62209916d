"""The metrics over real HTTP, on a port of their own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx2
import pytest

from chassis.config import Settings
from chassis.exposition import expose
from chassis.gauges import Measure
from chassis.metrics import BUS_CONNECTED, REGISTRY


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def exposed(**measures: Measure) -> AsyncIterator[httpx2.AsyncClient]:
    settings = Settings.model_validate({"metrics_port": free_port()})
    async with AsyncExitStack() as stack:
        await expose(stack, settings, measures)
        address = f"http://127.0.0.1:{settings.metrics_port}"
        yield await stack.enter_async_context(httpx2.AsyncClient(base_url=address, trust_env=False))


async def test_prometheus_and_openmetrics_are_spoken() -> None:
    async with exposed() as client:
        plain = await client.get("/metrics")
        open_metrics = await client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert plain.headers["content-type"].startswith("text/plain")
    assert "# TYPE careloop_requests_total counter" in plain.text
    assert open_metrics.headers["content-type"].startswith("application/openmetrics-text")
    assert open_metrics.text.endswith("# EOF\n")


async def test_gauges_are_refreshed_when_they_are_asked_for() -> None:
    async def measure() -> None:
        BUS_CONNECTED.labels("refreshed").inc()

    async with exposed(bus=measure) as client:
        await client.get("/metrics")
        told = (await client.get("/metrics")).text
    assert 'careloop_bus_connected{service="refreshed"} 2.0' in told


async def test_what_cannot_be_read_is_counted_and_the_rest_is_told() -> None:
    async def away() -> None:
        raise OSError("the database is away")

    labels = {"measure": "orders relay"}
    before = REGISTRY.get_sample_value("careloop_measure_failures_total", labels) or 0
    async with exposed(**{"orders relay": away}) as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert f'careloop_measure_failures_total{{measure="orders relay"}} {before + 1}' in answer.text


async def test_scrapers_that_come_at_once_do_not_measure_side_by_side() -> None:
    inside = most = 0

    async def measure() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1

    async with exposed(slow=measure) as client:
        answers = await asyncio.gather(*(client.get("/metrics") for _ in range(5)))
    assert ({answer.status_code for answer in answers}, most) == ({200}, 1)


async def test_nothing_else_is_there() -> None:
    async with exposed() as client:
        assert (await client.get("/")).status_code == 404
        assert (await client.post("/metrics")).status_code == 405
        head = await client.head("/metrics")
    assert (head.status_code, head.content) == (200, b"")


async def test_a_port_that_was_chosen_must_be_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings.model_validate({"metrics_port": taken.getsockname()[1]})
        async with AsyncExitStack() as stack:
            with pytest.raises(OSError, match="cannot be opened"):
                await expose(stack, settings, {})


async def test_where_the_default_port_is_taken_the_process_goes_on_without() -> None:
    default = Settings.model_fields["metrics_port"].default
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings.model_validate({"port_offset": taken.getsockname()[1] - default})
        async with AsyncExitStack() as stack:
            await expose(stack, settings, {})
            assert not serving()


async def test_port_0_serves_nothing() -> None:
    async with AsyncExitStack() as stack:
        await expose(stack, Settings.model_validate({"metrics_port": 0}), {})
        assert not serving()


def serving() -> bool:
    return any(task.get_name() == "http metrics" for task in asyncio.all_tasks())
