"""The routes every service has: clock, health, parked messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.clock import Clock
from tests.chassis.http.conftest import Edge, Start

PARK = (
    "insert into parked (county, source, position, event_id, type, subject, body, recorded_at, reason, tries,"
    " parked_at) values ($1, 'other', $2, $3, 'toy.added.v1', $4, '{}', now(), 'a bug', 3, now())"
)


async def park(edge: Edge, position: int, subject: UUID) -> None:
    await edge.running.database.execute(PARK, edge.county, position, uuid4(), subject)


async def test_the_clock_moves_forward_where_the_deployment_is_embedded(edge: Edge) -> None:
    to = datetime.now(UTC) + timedelta(days=31)
    answer = await edge.post("/v1/clock", {"to": to.isoformat()})
    assert answer.status_code == 200
    now = datetime.fromisoformat((await edge.get("/v1/clock", role="village")).json()["now"])
    assert to <= now < to + timedelta(minutes=5)


async def test_a_token_lives_by_the_systems_clock(edge: Edge) -> None:
    headers = edge.headers()
    await edge.post("/v1/clock", {"to": (datetime.now(UTC) + timedelta(days=31)).isoformat()})
    answer = await edge.client.get("/v1/clock", headers=headers)
    assert answer.status_code == 200


async def test_the_clock_never_goes_back(edge: Edge) -> None:
    to = datetime.now(UTC) + timedelta(days=31)
    await edge.post("/v1/clock", {"to": to.isoformat()})
    answer = await edge.post("/v1/clock", {"to": (to - timedelta(days=1)).isoformat()})
    assert datetime.fromisoformat(answer.json()["now"]) >= to


async def test_the_clock_is_fixed_elsewhere(start: Start) -> None:
    async with start(clock=Clock()) as edge:
        answer = await edge.post("/v1/clock", {"to": "2030-01-01T00:00:00Z"})
        assert (answer.status_code, answer.json()["code"]) == (403, "clock.fixed")


async def test_an_instant_has_an_offset(edge: Edge) -> None:
    answer = await edge.post("/v1/clock", {"to": "2030-01-01T00:00:00"})
    assert answer.json()["code"] == "body.invalid"


async def test_health_and_readiness_need_no_token(edge: Edge) -> None:
    for path, told in (("/v1/healthz", {"service": "toy"}), ("/v1/readyz", {"service": "toy", "away": []})):
        answer = await edge.client.get(path)
        assert (answer.status_code, answer.json()) == (200, told)


async def test_a_failing_check_is_named(start: Start) -> None:
    async def fails() -> None:
        raise ConnectionError("nats://user:secret@10.0.0.1")

    async with start(checks={"nats": fails}) as edge:
        answer = await edge.client.get("/v1/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
        assert answer.json()["facts"] == {"database": "ok", "nats": "failed"}
        assert "secret" not in answer.text


async def test_what_it_goes_on_without_is_named(start: Start) -> None:
    async def fails() -> None:
        raise ConnectionError("nats://user:secret@10.0.0.1")

    async with start(doubts={"bus": fails}) as edge:
        answer = await edge.client.get("/v1/readyz")
        assert (answer.status_code, answer.json()) == (200, {"service": "toy", "away": ["bus"]})


async def test_parked_messages_are_shown_with_their_reason(edge: Edge) -> None:
    subject = uuid4()
    await park(edge, 4, subject)
    answer = await edge.get("/v1/parked")
    item = answer.json()["items"][0]
    assert (item["source"], item["position"], item["subject"], item["reason"]) == ("other", 4, str(subject), "a bug")
    assert "body" not in item


async def test_a_retry_redrives_and_tells_what_is_parked_still(start: Start) -> None:
    redriven: list[Any] = []

    async def redrive(county: str, source: str, position: int) -> None:
        redriven.append((county, source, position))

    async with start(redrive=redrive) as edge:
        subject = uuid4()
        await park(edge, 4, subject)
        await park(edge, 6, subject)
        answer = await edge.post("/v1/parked/other/4/retry")
        assert (answer.status_code, answer.json()) == (200, {"still_parked": 2})
        assert redriven == [(edge.county, "other", 4)]


async def test_what_is_not_parked_is_not_found(edge: Edge) -> None:
    for path in ("/v1/parked/other/4/retry", "/v1/parked/other/four/retry"):
        assert (await edge.post(path)).json()["code"] == "not_found"


async def test_a_process_without_a_consumer_says_so(edge: Edge) -> None:
    await park(edge, 4, uuid4())
    answer = await edge.post("/v1/parked/other/4/retry")
    assert answer.json()["code"] == "parked.no_consumer"
