"""What the metrics tell is what has happened, and nothing of whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from chassis import gauges
from chassis.clock import Clock
from chassis.metrics import NONE, REGISTRY
from tests.chassis.consumer.ears import Ear, hears_through, start
from tests.chassis.http.conftest import Edge
from tests.chassis.pair import POISON, Side, until

ID_NUMBER = "13052819400101001X"


def told(name: str, **labels: str) -> float:
    """A sample's value; 0 where there is none yet."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_a_request_is_counted_by_operation_and_status_and_measured(edge: Edge) -> None:
    labels = {"service": edge.running.service.name, "operation": "counters_begin"}
    answers = told("careloop_requests_total", status="201", **labels)
    seconds = told("careloop_request_seconds_count", **labels)
    await edge.post("/v1/counters", {"amount": 3})
    assert told("careloop_requests_total", status="201", **labels) == answers + 1
    assert told("careloop_request_seconds_count", **labels) == seconds + 1


async def test_a_refusal_is_counted_by_its_code(edge: Edge) -> None:
    name = edge.running.service.name
    before = {code: told("careloop_refusals_total", service=name, code=code) for code in ("token.missing", "not_found")}
    await edge.client.get("/v1/counters")
    await edge.get("/v1/nothing")
    after = {code: told("careloop_refusals_total", service=name, code=code) for code in before}
    assert after == {code: count + 1 for code, count in before.items()}


async def test_what_no_operation_takes_is_one_label_and_no_path(edge: Edge) -> None:
    labels = {"service": edge.running.service.name, "operation": NONE, "status": "404"}
    before = told("careloop_requests_total", **labels)
    for _ in range(3):
        await edge.get(f"/v1/{ID_NUMBER}/{uuid4()}")
    assert told("careloop_requests_total", **labels) == before + 3


async def test_a_batch_is_counted_and_its_commit_measured(edge: Edge) -> None:
    name = edge.running.service.name
    batches, commands, commits = (
        told(f"careloop_{what}", service=name)
        for what in ("batch_commands_count", "batch_commands_sum", "commit_seconds_count")
    )
    await edge.post("/v1/counters", {"amount": 3})
    assert told("careloop_batch_commands_count", service=name) == batches + 1
    assert told("careloop_batch_commands_sum", service=name) == commands + 1
    assert told("careloop_commit_seconds_count", service=name) == commits + 1


async def test_the_relay_s_lag_is_what_is_committed_and_not_published(source: Side, county: str) -> None:
    assert source.relay
    await source.add(county, 1, 2, 3)
    await source.relay.measure()
    assert told("careloop_relay_lag_events", service="other", county=county) == 3
    await source.relay.start()
    await until(source.relay.settled)
    await source.relay.measure()
    assert told("careloop_relay_lag_events", service="other", county=county) == 0


async def test_the_consumer_s_gap_is_what_the_source_has_and_is_not_applied(
    source: Side, ear: Ear, county: str
) -> None:
    labels = {"service": "toy", "source": "other", "county": county}
    await source.add(county, 1, 2, 3)
    ear.consumer._gaps.compared(await ear.feed.heads("other"), {})
    assert told("careloop_consumer_gap_events", **labels) == 3
    await start(source, ear)
    await hears_through(ear, county, 3)
    await ear.consumer.measure()
    assert told("careloop_consumer_gap_events", **labels) == 0


async def test_what_is_parked_is_counted_and_goes_away_again(source: Side, ear: Ear, county: str) -> None:
    labels = {"service": "toy", "source": "other", "county": county}
    await start(source, ear)
    await source.add(county, POISON)
    await hears_through(ear, county, 1)
    await ear.consumer.measure()
    assert told("careloop_parked_events", **labels) == 1
    await ear.side.database.execute("delete from parked where county = $1", county)
    await ear.consumer.measure()
    assert told("careloop_parked_events", **labels) == 0


async def test_the_agenda_tells_what_is_overdue_and_what_was_refused_too_often(
    hearing: Side, county: str, tmp_path: Path
) -> None:
    clock = Clock(tmp_path / "clock.json")
    clock.move(datetime(2024, 11, 1, tzinfo=UTC))
    measure = gauges.measure_agenda("toy", hearing.database, clock, tries=5)
    await measure()
    before = [told(f"careloop_agenda_{what}_entries", service="toy") for what in ("overdue", "failed")]
    for due_in, tries in ((-1, 0), (-1, 7), (1, 5), (1, 0)):
        await hearing.database.execute(
            "insert into agenda (county, id, due_at, decider, stream, reason, tries)"
            " values ($1, $2, $3, 'toy.counter', $2, 'add_one', $4)",
            county, uuid4(), clock.now() + timedelta(hours=due_in), tries,
        )  # fmt: skip
    await measure()
    after = [told(f"careloop_agenda_{what}_entries", service="toy") for what in ("overdue", "failed")]
    assert after == [before[0] + 2, before[1] + 2]
    await hearing.database.execute("delete from agenda where county = $1", county)


async def test_a_process_tells_its_connections_and_the_bus(hearing: Side) -> None:
    measure = gauges.measure_process("toy", hearing.database, hearing.dispatch, hearing.bus)
    await measure()
    assert told("careloop_bus_connected", service="toy") == 1
    async with hearing.database.at("130528"):
        await measure()
        busy = told("careloop_database_connections", service="toy", pool="service", state="busy")
    await measure()
    assert told("careloop_database_connections", service="toy", pool="service", state="busy") == busy - 1
    limit = told("careloop_database_connections", service="toy", pool="service", state="limit")
    assert limit == hearing.settings.pool_max
    await hearing.bus.stop()
    await measure()
    assert told("careloop_bus_connected", service="toy") == 0


@pytest.mark.parametrize("metric", [one.name for one in REGISTRY.collect()])
def test_units_stand_in_the_name_and_every_metric_is_explained(metric: str) -> None:
    [found] = [one for one in REGISTRY.collect() if one.name == metric]
    assert metric.startswith(("careloop_", "process_"))
    assert found.documentation.endswith(".")
    units = ("_seconds", "_events", "_entries", "_commands", "_connections", "_bytes", "_fds")
    assert found.type == "counter" or metric.endswith((*units, "_connected", "_waiting"))
