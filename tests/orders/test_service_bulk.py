"""Bulk as the service runs: a village's registrations and a desk's verifications, each in one request."""

from __future__ import annotations

from typing import Any

from tests.edge import Edge
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import beneficiary, found, orders, running_plan, visited


async def bulk(county: Edge, path: str, items: list[dict[str, Any]], role: str = "bureau") -> list[dict[str, Any]]:
    """The results of a bulk command."""
    answer: dict[str, Any] = await county.done(path, {"items": items}, role=role)
    return list(answer["items"])


async def test_people_are_registered_and_one_who_was_already_is_told_alone(county: Edge):
    people = [beneficiary(county, number) for number in (1, 2, 1)]
    results = await bulk(county, "/v1/bulk/beneficiaries", people, role="village")
    assert sorted(each["status"] for each in results) == [201, 201, 409]
    [refused] = [each["problem"] for each in results if "problem" in each]
    assert refused["code"] == "beneficiary.duplicate"
    assert len((await county.get("/v1/beneficiaries"))["items"]) == 2


async def test_needs_are_registered_together(county: Edge):
    people = [beneficiary(county, number) for number in (1, 2)]
    registered = await bulk(county, "/v1/bulk/beneficiaries", people, role="village")
    items = [
        {"person_id": each["answer"]["id"], "items": ["home_cleaning"], "channel": "village"} for each in registered
    ]
    results = await bulk(county, "/v1/bulk/needs", items, role="village")
    assert [each["answer"]["state"] for each in results] == ["registered", "registered"]


async def test_a_desk_is_cleared_on_what_the_list_showed(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, second, *_ = await orders(county, plan_id=plan)
    for order, on in ((first, "2024-10-03"), (second, "2024-10-04")):
        await county.hear("providers", found(order, PROVIDER, at("2024-10-02")), visited(order, PROVIDER, on))
    desk = (await county.get("/v1/orders?state=completed&sort=window_to"))["items"]
    items = [
        {"order_id": desk[0]["id"], "if_match": f'"{desk[0]["version"]}"', "result": "accepted"},
        {"order_id": desk[1]["id"], "if_match": f'"{desk[1]["version"] - 1}"', "result": "accepted"},
    ]
    results = await bulk(county, "/v1/bulk/verifications", items, role="bureau:verifier")
    assert [each["status"] for each in results] == [200, 412]
    assert len(await county.told("orders.order_verified.v1")) == 1


async def test_who_may_not_verify_one_may_not_verify_many(county: Edge):
    refused = await county.refused("/v1/bulk/verifications", {"items": []}, role="village")
    assert refused == (403, "forbidden.role")
