"""Batches as they run: orders wait, are decided together when their time has come, and everybody can see why."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import OrderCancelled, PolicyAdopted
from contracts.policy_pack import render
from tests.edge import Edge
from tests.providers.county import NEARBY, OTHER_CODE, a_provider, a_visit, a_worker, opened
from tests.providers.examples import NOW, TOWNSHIP, VILLAGE

PACK = tomllib.loads((Path(__file__).parents[2] / "deploy/localities/130528/0002.toml").read_text())
VERSION = PACK["pack"]["version"]
MONTH = {"window_from": date(2026, 11, 1), "window_to": date(2026, 11, 30), "policy": VERSION}
RUN = NOW + timedelta(minutes=30)


async def a_county_with_batches(edge: Edge, **matching: Any) -> None:
    """Ningjin's second pack, with orders that wait, and the village on the map."""
    section = {**PACK["providers"]["matching"], "batch": True, **matching}
    document = render({**PACK, "providers": {**PACK["providers"], "matching": section}})
    await edge.hear("orders", PolicyAdopted(at=NOW, version=VERSION, sha256="0" * 64, document=document))
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})


async def two_providers(edge: Edge, capacity: int = 100) -> tuple[UUID, UUID]:
    first = await a_provider(edge, capacity=capacity)
    second = await a_provider(edge, OTHER_CODE, NEARBY, capacity=capacity)
    for provider in (first, second):
        await a_worker(edge, provider)
    return first, second


async def test_orders_wait_and_are_offered_together_when_their_run_has_come(edge: Edge) -> None:
    await a_county_with_batches(edge)
    providers = await two_providers(edge, capacity=2)
    orders = [opened(**MONTH) for _ in range(5)]
    await edge.hear("orders", *orders)
    assert (await edge.get("/v1/offers"))["items"] == []
    waiting = (await edge.get("/v1/waiting"))["items"]
    assert {row["id"] for row in waiting} == {str(order.order_id) for order in orders}
    await edge.pass_time(RUN)
    offers = (await edge.get("/v1/offers"))["items"]
    assert Counter(row["provider"] for row in offers) == {str(provider): 2 for provider in providers}
    assert all(row["worker"] for row in offers)
    (batch,) = (await edge.get("/v1/matching-batches"))["items"]
    assert (batch["orders"], batch["assigned"], batch["uncovered"], batch["remaining"]) == (5, 4, 1, 0)
    (nobody,) = (await edge.get(f"/v1/matching-batches/{batch['id']}/uncovered"))["items"]
    assert (nobody["village"], nobody["reason"]) == (VILLAGE, "capacity_reached")
    assert (await edge.get(f"/v1/uncovered?township={TOWNSHIP}"))["items"] == [nobody]
    assert len(await edge.told("providers.provider_not_found.v1")) == 1


async def test_the_bureau_decides_before_the_time_has_come_and_is_told_when_nothing_waits(edge: Edge) -> None:
    await a_county_with_batches(edge)
    await two_providers(edge)
    await edge.hear("orders", opened(**MONTH))
    decided = await edge.done("/v1/matching-batches")
    assert (decided["assigned"], decided["policies"]) == (1, [VERSION])
    assert decided == await edge.get(f"/v1/matching-batches/{decided['id']}")
    assert await edge.refused("/v1/matching-batches") == (409, "matching.nothing_waits")
    await edge.pass_time(RUN)
    assert len((await edge.get("/v1/matching-batches"))["items"]) == 1


async def test_what_one_run_leaves_is_taken_by_the_next(edge: Edge) -> None:
    await a_county_with_batches(edge, most_orders=2)
    await two_providers(edge)
    await edge.hear("orders", *(opened(**MONTH) for _ in range(5)))
    await edge.pass_time(RUN)
    for seconds in (5, 10):
        await edge.pass_time(RUN + timedelta(seconds=seconds))
    batches = (await edge.get("/v1/matching-batches"))["items"]
    assert sorted((batch["assigned"], batch["remaining"]) for batch in batches) == [(1, 0), (2, 1), (2, 3)]


async def test_an_order_of_few_days_and_one_cancelled_do_not_wait(edge: Edge) -> None:
    await a_county_with_batches(edge)
    await two_providers(edge)
    short, gone = opened(policy=VERSION), opened(**MONTH)
    await edge.hear("orders", short, gone)
    assert [row["id"] for row in (await edge.get("/v1/offers"))["items"]] == [str(short.order_id)]
    await edge.hear("orders", OrderCancelled(at=NOW, order_id=gone.order_id, reason_code="person_died"))
    await edge.pass_time(RUN)
    assert (await edge.get("/v1/matching-batches"))["items"] == []


async def test_the_worker_who_came_last_comes_again_and_the_match_says_so(edge: Edge) -> None:
    await a_county_with_batches(edge, batch=False)
    far, near = await two_providers(edge)
    worker = await a_worker(edge, far)
    person = uuid4()
    first = opened(person=person, provider=far, policy=VERSION)
    await edge.hear("orders", first)
    await edge.done(f"/v1/offers/{first.order_id}/acceptance", None, "provider", far)
    await edge.done(f"/v1/offers/{first.order_id}/worker", {"worker_id": str(worker)}, "provider", far)
    await edge.done("/v1/visits", a_visit(first.order_id, worker), "provider", far)
    again = opened(person=person, **MONTH)
    await edge.hear("orders", again)
    told = await edge.get(f"/v1/matchings/{again.order_id}")
    chosen, other = told["considered"]
    assert (told["provider"], told["worker"]) == (str(far), str(worker))
    assert [part["cost"] for part in chosen["parts"][:2]] == [0, 0]
    assert (other["provider"], other["reason_code"]) == (str(near), "another_worker_serves_the_person")
    assert other["reason_en"] == "The worker who came last comes again"


async def test_a_travel_time_the_county_tells_goes_before_the_straight_line(edge: Edge) -> None:
    await a_county_with_batches(edge, batch=False)
    provider = await a_provider(edge)
    body = {"name": "王小梅", "township": TOWNSHIP}
    worker = (await edge.done(f"/v1/providers/{provider}/workers", body, "provider", provider))["id"]
    await edge.running.database.execute(
        "update workers set village = $2 where county = $1 and id = $3", edge.county, VILLAGE[:-1] + "9", UUID(worker)
    )
    way = {"place": VILLAGE, "to": VILLAGE[:-1] + "9", "minutes": 31}
    told = await edge.done("/v1/travel-times", {"source": "实测", "times": [way]})
    assert told == {"places": 1, "pairs": 1}
    order = opened(policy=VERSION)
    await edge.hear("orders", order)
    (only,) = (await edge.get(f"/v1/matchings/{order.order_id}"))["considered"]
    assert (only["minutes"], only["reason_code"]) == (31, "out_of_reach")
    await edge.done("/v1/travel-times", {"source": "实测", "times": [{**way, "minutes": 30}]})
    assert (await edge.get(f"/v1/travel-times/{VILLAGE}"))["version"] == 2
    nearer = opened(policy=VERSION)
    await edge.hear("orders", nearer)
    assert (await edge.get(f"/v1/matchings/{nearer.order_id}"))["considered"][0]["rank"] == 1


async def test_who_declines_often_stands_out(edge: Edge) -> None:
    await a_county_with_batches(edge, batch=False)
    far, near = await two_providers(edge)
    orders = [opened(policy=VERSION) for _ in range(2)]
    await edge.hear("orders", *orders)
    await edge.done(f"/v1/offers/{orders[0].order_id}/refusal", {"reason_code": "no_time"}, "provider", near)
    items = {row["provider"]: row for row in (await edge.get("/v1/declines?month=2026-11"))["items"]}
    assert (items[str(near)]["offered"], items[str(near)]["declined"], items[str(near)]["often"]) == (2, 1, True)
    assert (items[str(far)]["offered"], items[str(far)]["declined"], items[str(far)]["often"]) == (1, 0, False)


async def test_no_month_is_ever_too_full_whichever_way_the_orders_come(edge: Edge) -> None:
    await a_county_with_batches(edge)
    await two_providers(edge, capacity=3)
    await edge.hear("orders", *(opened(**MONTH) for _ in range(4)), *(opened(policy=VERSION) for _ in range(2)))
    offers = (await edge.get("/v1/offers"))["items"]
    for offer in offers[:1]:
        path = f"/v1/offers/{offer['id']}/refusal"
        await edge.done(path, {"reason_code": "other"}, "provider", offer["provider"])
    await edge.done("/v1/matching-batches")
    await edge.hear("orders", *(opened(policy=VERSION) for _ in range(4)))
    by_provider = Counter(row["provider"] for row in (await edge.get("/v1/offers"))["items"])
    assert max(by_provider.values()) <= 3
    assert by_provider.total() == 6
