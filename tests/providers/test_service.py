"""The search as it runs: who is asked, in which order, within which capacity, until somebody takes the order."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

from contracts.orders import OrderMatched
from tests.edge import Edge
from tests.providers.county import (
    NEARBY,
    OTHER_CODE,
    TOWN,
    a_county,
    a_provider,
    a_taken_order,
    a_visit,
    a_worker,
    opened,
)
from tests.providers.examples import NOW, POLICY


async def test_the_nearer_provider_is_asked_first_and_the_other_after_a_refusal(edge: Edge) -> None:
    far, _ = await a_county(edge)
    near = await a_provider(edge, OTHER_CODE, NEARBY)
    await a_worker(edge, near)
    order = opened()
    await edge.hear("orders", order)
    why = await edge.get(f"/v1/matchings/{order.order_id}")
    assert [(one["provider"], one["reason_code"]) for one in why["considered"]] == [
        (str(near), None),
        (str(far), "farther"),
    ]
    refusal = f"/v1/offers/{order.order_id}/refusal"
    await edge.done(refusal, {"reason_code": "no_worker"}, "provider", near)
    assert (await edge.get(f"/v1/matchings/{order.order_id}"))["provider"] == str(far)


async def test_the_provider_that_serves_the_person_is_asked_first(edge: Edge) -> None:
    far, _ = await a_county(edge)
    near = await a_provider(edge, OTHER_CODE, NEARBY)
    await a_worker(edge, near)
    order = opened(provider=far)
    await edge.hear("orders", order)
    assert (await edge.get(f"/v1/matchings/{order.order_id}"))["provider"] == str(far)


async def test_orders_of_one_batch_never_go_beyond_the_capacity(edge: Edge) -> None:
    small, _ = await a_county(edge, point=NEARBY, capacity=3)
    large = await a_provider(edge, OTHER_CODE, TOWN)
    await a_worker(edge, large)
    await edge.hear("orders", *(opened() for _ in range(7)))
    offers = (await edge.get("/v1/offers"))["items"]
    assert Counter(offer["provider"] for offer in offers) == {str(small): 3, str(large): 4}


async def test_offers_that_expire_together_never_go_beyond_the_capacity(edge: Edge) -> None:
    near, _ = await a_county(edge, point=NEARBY)
    small = await a_provider(edge, OTHER_CODE, TOWN, capacity=2)
    await a_worker(edge, small)
    await edge.hear("orders", *(opened() for _ in range(5)))
    assert {offer["provider"] for offer in (await edge.get("/v1/offers"))["items"]} == {str(near)}
    await edge.pass_time(NOW + timedelta(minutes=POLICY.answer_within_minutes))
    offers = (await edge.get("/v1/offers"))["items"]
    assert [offer["provider"] for offer in offers] == [str(small)] * 2
    reasons = [told["reasons"] for told in await edge.told("providers.provider_not_found.v1")]
    found = {one["provider"]: one["reason_code"] for one in reasons[0]}
    assert len(reasons) == 3
    assert found == {str(near): "offer_expired", str(small): "capacity_reached"}


async def test_an_offer_that_is_over_cannot_be_taken(edge: Edge) -> None:
    provider, _ = await a_county(edge)
    order = opened()
    await edge.hear("orders", order)
    await edge.pass_time(NOW + timedelta(minutes=POLICY.answer_within_minutes))
    path = f"/v1/offers/{order.order_id}/acceptance"
    assert await edge.refused(path, None, "provider", provider) == (409, "offer.expired")


async def test_another_provider_neither_sees_nor_takes_an_offer(edge: Edge) -> None:
    await a_county(edge)
    order = opened()
    await edge.hear("orders", order)
    stranger = uuid4()
    assert (await edge.get("/v1/offers", "provider", stranger))["items"] == []
    path = f"/v1/offers/{order.order_id}/acceptance"
    assert await edge.refused(path, None, "provider", stranger) == (404, "not_found")


async def test_an_order_taken_on_the_other_road_is_withdrawn(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    order_id = await a_taken_order(edge, provider)
    await edge.hear("orders", OrderMatched(at=NOW, order_id=order_id, provider=uuid4(), road="charity"))
    visit = a_visit(order_id, worker)
    assert await edge.refused("/v1/visits", visit, "provider", provider) == (403, "visit.not_your_order")


async def test_a_worker_who_left_is_not_sent(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    departure = f"/v1/providers/{provider}/workers/{worker}/departure"
    await edge.done(departure, {"day": "2026-11-03"}, "provider", provider)
    await edge.hear("orders", opened())
    (nobody,) = await edge.told("providers.provider_not_found.v1")
    assert nobody["reasons"][0]["reason_code"] == "no_worker_there"


async def test_a_love_order_is_not_searched_for_until_it_falls_back(edge: Edge) -> None:
    await a_county(edge)
    order_id = uuid4()
    await edge.hear("orders", opened(order_id, kind="love"))
    assert (await edge.get("/v1/offers"))["items"] == []
    await edge.hear("orders", opened(order_id))
    assert [offer["id"] for offer in (await edge.get("/v1/offers"))["items"]] == [str(order_id)]
