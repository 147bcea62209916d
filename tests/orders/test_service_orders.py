"""Orders as the service runs: matched, verified by a person or by time, and love orders."""

from __future__ import annotations

from uuid import UUID, uuid4

from contracts import charity
from tests.edge import Edge
from tests.orders.examples import CHARITY, CLAIMANT, OTHER_PROVIDER, PROVIDER, at, day
from tests.orders.journeys import approved, found, love_order, orders, registered, running_plan, visited


async def test_the_second_road_stands_down(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    late = found(first, OTHER_PROVIDER, at("2024-10-03"))
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")), late)
    assert [told["provider"] for told in await county.told("orders.order_matched.v1")] == [str(PROVIDER)]


async def test_a_visit_is_verified_by_the_bureau_and_becomes_a_fact(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")), visited(first, PROVIDER, "2024-10-03"))
    answer = await county.done(f"/v1/orders/{first['id']}/verification", {"result": "accepted"}, "bureau:verifier")
    assert answer["state"] == "accepted"
    [verified] = await county.told("orders.order_verified.v1")
    assert (verified["how"], verified["fact"]["day"], verified["fact"]["time"]) == ("person", "2024-10-03", "09:00")
    whole = await county.get(f"/v1/orders/{first['id']}")
    assert [step["event"] for step in whole["timeline"]] == ["opened", "matched", "completed", "accepted"]


async def test_a_visit_nobody_objects_to_is_accepted_by_itself_after_seven_days(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")), visited(first, PROVIDER, "2024-10-03"))
    await county.pass_time(at("2024-10-10", "10:59"))
    assert await county.told("orders.order_verified.v1") == []
    await county.pass_time(at("2024-10-10", "11:00"))
    [verified] = await county.told("orders.order_verified.v1")
    assert verified["how"] == "unsampled"


async def test_a_love_order_goes_from_need_to_claim_to_verification(county: Edge):
    order = await love_order(county, price_fen=5000, rule="love_order")
    claim, order_id = uuid4(), UUID(order["id"])
    claimed = charity.LoveOrderClaimed(at=at("2024-10-02"), order_id=order_id, claim_id=claim, claimant=CLAIMANT)
    fulfilled = charity.LoveOrderFulfilled(
        at=at("2024-10-04"), order_id=order_id, claim_id=claim, claimant=CLAIMANT, day=day("2024-10-04"),
        time="09:30", reported_by="claimant-1",
    )  # fmt: skip
    await county.hear("charity", claimed, fulfilled)
    await county.pass_time(at("2024-11-04"))
    assert await county.told("orders.order_verified.v1") == []
    await county.done(f"/v1/orders/{order_id}/verification", {"result": "accepted"}, "bureau:verifier")
    [verified] = await county.told("orders.order_verified.v1")
    assert (verified["how"], verified["visit_id"]) == ("person", str(claim))
    assert (verified["fact"]["kind"], verified["fact"]["amount_fen"]) == ("agreed", 5000)


async def test_an_unclaimed_love_order_is_offered_to_providers(county: Edge):
    order = await love_order(county)
    await county.hear("charity", charity.LoveOrderLapsed(at=at("2024-10-16"), order_id=UUID(order["id"])))
    [opened] = await county.told("orders.order_opened.v1")
    assert (opened["order_id"], opened["kind"]) == (order["id"], "purchase")


async def test_a_love_order_is_not_formed_twice_of_one_need(county: Edge):
    order = await love_order(county)
    [need] = (await county.get("/v1/needs"))["items"]
    body = {
        "need_id": need["id"], "item": "home_cleaning", "charity_id": str(CHARITY),
        "expires_at": "2024-10-16T10:00:00+08:00",
    }  # fmt: skip
    assert await county.refused("/v1/love-orders", body) == (409, "order.love_order_exists")
    assert order["state"] == "opened"


async def test_a_single_order_is_opened_for_a_registered_person(county: Edge):
    person = await registered(county)
    plan = (await approved(county, person))["plan_id"]
    body = {
        "person_id": person, "item": "home_cleaning", "township": f"{county.county}100",
        "village": f"{county.county}100201", "window_from": "2024-09-21", "window_to": "2024-09-30",
        "remark_code": "stairs",
    }  # fmt: skip
    assert await county.refused("/v1/orders", body) == (409, "order.need_not_posted")
    await county.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-09-19"}, role="township")
    assert (await county.done("/v1/orders", body))["state"] == "opened"
    later = (await approved(county, person))["id"]
    assert (await county.done("/v1/orders", body))["state"] == "opened"
    assert await county.refused("/v1/orders", {**body, "need_id": later}) == (409, "order.need_not_posted")
    unknown = {**body, "person_id": str(uuid4())}
    assert await county.refused("/v1/orders", unknown) == (404, "order.person_unknown")


async def test_the_provider_learns_whom_to_serve_only_while_it_serves(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, second, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")))
    path = f"/v1/orders/{first['id']}/recipient?purpose=visit"
    assert (await county.get(path, role="provider", owner=PROVIDER))["name"] == "赵某"
    for owner, asked in ((OTHER_PROVIDER, first), (PROVIDER, second)):
        other = f"/v1/orders/{asked['id']}/recipient?purpose=visit"
        response = await county.client.get(other, headers=county.headers("provider", owner))
        assert response.json()["code"] == "not_found"
