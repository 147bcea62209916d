"""Visits as they are reported to the running service."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.orders import OrderReturned
from tests.edge import Edge
from tests.providers.county import (
    a_county,
    a_taken_order,
    a_visit,
    opened,
)
from tests.providers.examples import NOW


async def test_an_order_goes_from_opened_to_its_visit(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order = opened()
    await edge.hear("orders", order)
    offers = await edge.get("/v1/offers", "provider", provider)
    assert [offer["id"] for offer in offers["items"]] == [str(order.order_id)]
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    (found,) = await edge.told("providers.provider_found.v1")
    assert (found["provider"], found["agreement"]) == (str(provider), "2026-01")
    assert found["why"] == [{"provider": str(provider), "rank": 1, "minutes": 8, "load": 0}]
    visit = await edge.done("/v1/visits", a_visit(order.order_id, worker), "provider", provider)
    assert visit["exceptions"] == []
    (completed,) = await edge.told("providers.visit_completed.v1")
    assert completed["visit_id"] == visit["id"]
    assert (completed["day"], completed["time"], completed["minutes"]) == ("2026-11-02", "08:00:00", 45)


async def test_no_name_and_no_place_leaves_the_service(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order_id = await a_taken_order(edge, provider)
    await edge.done("/v1/visits", a_visit(order_id, worker), "provider", provider)
    logs = await edge.running.database.fetch(
        "select body as told from public_log where county = $1 union all select state from events where county = $1",
        edge.county,
    )
    everything = b"".join(row["told"] for row in logs)
    assert "王小梅".encode() not in everything
    assert b"13800000000" not in everything
    (completed,) = await edge.told("providers.visit_completed.v1")
    assert not {"place", "metres_from_village", "photos"} & completed.keys()


async def test_a_photo_and_a_worker_told_twice_are_red(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    first, second = await a_taken_order(edge, provider), await a_taken_order(edge, provider)
    await edge.done("/v1/visits", a_visit(first, worker), "provider", provider)
    visit = await edge.done("/v1/visits", a_visit(second, worker), "provider", provider)
    codes = [(one["code"], one["colour"]) for one in visit["exceptions"]]
    assert codes == [("photo_reused", "red"), ("overlap_worker", "red")]


async def test_a_visit_sent_back_is_told_again_with_the_same_proof(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order_id = await a_taken_order(edge, provider)
    first = await edge.done("/v1/visits", a_visit(order_id, worker), "provider", provider)
    visit = a_visit(order_id, worker)
    assert await edge.refused("/v1/visits", visit, "provider", provider) == (409, "visit.reported_already")
    returned = OrderReturned(
        at=NOW, order_id=order_id, visit_id=UUID(first["id"]), provider=provider, reason_code="no_proof"
    )
    await edge.hear("orders", returned)
    assert (await edge.done("/v1/visits", visit, "provider", provider))["exceptions"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ended_at": "2026-11-02T07:59:59+08:00"}, "visit.ended_before_it_began"),
        ({"ended_at": "2026-11-02T10:00:01+08:00"}, "visit.in_the_future"),
        ({"worker_id": str(uuid4())}, "visit.worker_unknown"),
        ({"item": "meal_help"}, "visit.another_item"),
        ({"units": 2}, "visit.more_than_ordered"),
        ({"photos": ["a" * 64] * 2}, "body.invalid"),
        ({"started_at": "2026-11-02T08:00:00"}, "body.invalid"),
    ],
)
async def test_a_visit_that_cannot_be_true_is_refused(edge: Edge, changes: dict[str, Any], code: str) -> None:
    provider, worker = await a_county(edge)
    order_id = await a_taken_order(edge, provider)
    edge.running.clock.move(NOW)
    visit = a_visit(order_id, worker, **changes)
    assert await edge.refused("/v1/visits", visit, "provider", provider) == (422, code)


async def test_visits_are_listed_for_their_provider_only(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order_id = await a_taken_order(edge, provider)
    visit = await edge.done("/v1/visits", a_visit(order_id, worker), "provider", provider)
    assert [row["id"] for row in (await edge.get("/v1/visits?month=2026-11"))["items"]] == [visit["id"]]
    assert (await edge.get("/v1/visits", "provider", uuid4()))["items"] == []
    assert (await edge.get(f"/v1/visits/{visit['id']}", "provider", provider))["order_id"] == str(order_id)
    assert [row["visit"] for row in (await edge.get("/v1/taken"))["items"]] == [visit["id"]]
