"""A line that is logged for a request or a hearing says which one it is of, and none of another."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import structlog

from chassis.telemetry import BOUND, Bound, bind
from tests.chassis.consumer import ears
from tests.chassis.consumer.ears import Ear
from tests.chassis.http.conftest import Edge, Start
from tests.chassis.pair import POISON, Side

WHO_DIGITS = 16


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    """Everything logged meanwhile, with what was bound to it."""
    lines: list[dict[str, Any]] = []

    def keep(_logger: object, _method: str, event: Any) -> Any:
        lines.append(dict(event))
        raise structlog.DropEvent

    structlog.configure(
        processors=[bind, structlog.stdlib.add_log_level, keep], cache_logger_on_first_use=False,
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
    )  # fmt: skip
    yield lines
    structlog.reset_defaults()


def of(lines: list[dict[str, Any]], event: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] == event]


async def test_a_line_of_a_request_says_its_id_county_and_role(edge: Edge, logged: list[dict[str, Any]]) -> None:
    await edge.get("/v1/broken", headers={"X-Request-Id": "r-1"})
    [failed] = of(logged, "http.failed")
    assert (failed["request"], failed["county"], failed["role"]) == ("r-1", edge.county, "bureau")
    [told] = of(logged, "http.slow_or_failed")
    assert (told["status"], told["code"], told["request"]) == (500, "internal", "r-1")


async def test_what_was_bound_ends_with_the_request(edge: Edge, logged: list[dict[str, Any]]) -> None:
    await edge.get("/v1/counters", headers={"X-Request-Id": "r-2"})
    structlog.get_logger().info("after")
    assert "request" not in of(logged, "after")[0]


async def test_a_lane_is_of_its_county_and_of_no_request(edge: Edge) -> None:
    seen: list[Bound | None] = []
    edge.running.dispatch.on_commit(lambda *_commit: seen.append(BOUND.get()))
    for _ in range(2):
        await edge.post("/v1/counters", {"amount": 1})
    assert [bound and bound.facts for bound in seen] == [{"county": edge.county}] * 2


async def test_no_line_for_each_request_unless_asked_for(edge: Edge, logged: list[dict[str, Any]]) -> None:
    await edge.get("/v1/counters")
    assert of(logged, "http.answered") == []


async def test_the_access_log_tells_operation_status_time_role_and_a_hash(
    start: Start, logged: list[dict[str, Any]]
) -> None:
    async with start({"access_log": True}) as edge:
        for subject in ("zhang-san", "zhang-san", "li-si"):
            await edge.get("/v1/counters", claims={"subject": subject})
        await edge.client.get("/v1/counters")
    lines = of(logged, "http.answered") + of(logged, "http.refused")
    told = {name for line in lines for name in line}
    assert told == {
        "event",
        "level",
        "service",
        "operation",
        "status",
        "took_ms",
        "role",
        "county",
        "request",
        "code",
        "who",
    }
    first, second, other, nobody = lines
    assert first["who"] == second["who"] != other["who"]
    assert len(first["who"]) == WHO_DIGITS
    assert "who" not in nobody
    assert "zhang" not in str(lines)


async def test_a_line_of_a_hearing_says_county_and_source(
    source: Side, ear: Ear, county: str, logged: list[dict[str, Any]]
) -> None:
    await ears.start(source, ear)
    await source.add(county, POISON, stream=uuid4())
    await ears.hears_through(ear, county, 1)
    [parked] = of(logged, "event parked")
    assert (parked["county"], parked["source"], parked["position"]) == (county, "other", 1)


async def test_who_was_refused_what_is_logged_always(edge: Edge, logged: list[dict[str, Any]]) -> None:
    await edge.get("/v1/counters", role="hotline", claims={"subject": "zhang-san"})
    await edge.client.get("/v1/counters", headers={"Authorization": "Bearer nonsense"})
    forbidden, unknown = of(logged, "http.refused")
    assert (forbidden["status"], forbidden["code"], forbidden["role"]) == (403, "forbidden.role", "hotline")
    assert len(forbidden["who"]) == WHO_DIGITS
    assert (unknown["status"], unknown["code"]) == (401, "token.invalid")
    assert "zhang" not in str(logged)
    assert "nonsense" not in str(logged)


async def test_who_signed_in_is_logged_once(edge: Edge, logged: list[dict[str, Any]]) -> None:
    for _ in range(2):
        await edge.get("/v1/counters", claims={"subject": f"wang-wu-{edge.county}"})
    believed = of(logged, "auth.believed")
    assert believed[-1]["role"] == "bureau"
    assert len({line["who"] for line in believed}) == len(believed) == 1
    assert "wang-wu" not in str(believed)
