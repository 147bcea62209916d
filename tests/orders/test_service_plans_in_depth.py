"""Plans in depth as the service runs: moves, suspensions, replaced providers, helpers, hands, orders nobody takes."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from contracts import providers
from tests.edge import Edge
from tests.orders.examples import CHARITY, OTHER_PROVIDER, PROVIDER, at
from tests.orders.journeys import approved, found, orders, registered, running_plan, visited

VERIFIER = "bureau:verifier"


async def october(county: Edge) -> tuple[str, str, list[dict[str, Any]]]:
    """A person, the plan, its four orders of October, the first served by the provider."""
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    opened = await orders(county, plan_id=plan)
    await county.hear(
        "providers", found(opened[0], PROVIDER, at("2024-10-01")), visited(opened[0], PROVIDER, "2024-10-03")
    )
    await county.pass_time(at("2024-10-09"))
    return person, plan, opened


async def test_a_move_takes_orders_back_and_opens_them_at_the_new_place(county: Edge):
    person, plan, before = await october(county)
    there = f"{county.county}101"
    move = {"township": there, "village": f"{there}202", "from_day": "2024-10-12"}
    await county.done(f"/v1/beneficiaries/{person}/move", move, role="township")
    assert (await county.get(f"/v1/beneficiaries/{person}"))["township"] == f"{county.county}100"
    cancelled = {row["id"] for row in await orders(county, plan_id=plan, state="cancelled")}
    assert cancelled == {row["id"] for row in before[1:]}
    opened = await orders(county, plan_id=plan, state="opened")
    assert [(row["window_from"], row["township"]) for row in opened] == [
        ("2024-10-12", there), ("2024-10-15", there), ("2024-10-22", there),
    ]  # fmt: skip
    await county.pass_time(at("2024-10-12", "00:00"))
    now = await county.get(f"/v1/beneficiaries/{person}")
    assert (now["township"], now["moved_on"]) == (there, "2024-10-12")


async def test_a_suspended_plan_asks_for_nothing_and_assigns_nobody(county: Edge):
    _, plan, _ = await october(county)
    rest = {"from_day": "2024-10-10", "to_day": "2024-10-22", "reason_code": "hospital"}
    await county.done(f"/v1/plans/{plan}/suspension", rest, role="township")
    states = [row["state"] for row in await orders(county, plan_id=plan)]
    assert states == ["completed", "cancelled", "cancelled", "opened"]
    fact = (await county.told("orders.bundle_month.v1"))[-1]["fact"]
    assert [(days["from"], days["to"]) for days in fact["days"] if not days["assigned"]] == [
        ("2024-10-10", "2024-10-15"), ("2024-10-16", "2024-10-22"),
    ]  # fmt: skip
    assert fact["required"]["home_cleaning"] == 2


async def test_a_replaced_provider_is_followed_by_the_next(county: Edge):
    _, plan, _ = await october(county)
    ended = {"from_day": "2024-10-15", "reason_code": "not_rectified"}
    await county.done(f"/v1/plans/{plan}/provider-end", ended)
    opened = [row for row in await orders(county, plan_id=plan, state="opened") if row["window_from"] >= "2024-10-15"]
    assert len(opened) == 2
    await county.hear("providers", found(opened[0], OTHER_PROVIDER, at("2024-10-10")))
    facts = [one["fact"] for one in (await county.told("orders.bundle_month.v1"))]
    last = {fact["payee"]: [days for days in fact["days"] if days["assigned"]] for fact in facts}
    assert last[str(PROVIDER)][-1]["to"] == "2024-10-14"
    assert last[str(OTHER_PROVIDER)][0]["from"] == "2024-10-15"


async def test_a_death_told_late_ends_everything_that_is_open(county: Edge):
    person, plan, _ = await october(county)
    await county.pass_time(at("2024-11-05"))
    await county.done(f"/v1/beneficiaries/{person}/death", {"day": "2024-10-20"})
    states = {row["state"] for row in await orders(county, plan_id=plan)}
    assert states == {"accepted", "cancelled"}
    assert (await county.get(f"/v1/plans/{plan}"))["state"] == "ended"
    fact = (await county.told("orders.bundle_month.v1"))[-1]["fact"]
    assert fact["days"][-1]["to"] == "2024-10-20" if fact["month"] == "2024-10" else not fact["days"]


async def test_help_of_a_responsible_person_is_arranged_recorded_and_verified(county: Edge):
    person = await registered(county)
    items = [{"item": "social_inclusion", "mode": "party_pairing"}]
    plan = (await approved(county, person, items=items))["plan_id"]
    await county.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-09-19"}, role="township")
    await county.done(f"/v1/plans/{plan}/start", {"from_day": "2024-10-01"})
    await county.pass_time(at("2024-10-02"))
    assert await orders(county, plan_id=plan) == []
    pair = {"item": "social_inclusion", "from_day": "2024-10-02", "helpers": [{"role": "responsible", "name": "李某"}]}
    await county.done(f"/v1/plans/{plan}/arrangement", pair, role="township")
    [order] = await orders(county, plan_id=plan)
    assert (order["kind"], order["mode"]) == ("aid", "party_pairing")
    record = {"day": "2024-10-02", "time": "09:00", "content": "陪同聊天"}
    await county.done(f"/v1/orders/{order['id']}/record", record, role="village:helper")
    await county.done(f"/v1/orders/{order['id']}/verification", {"result": "accepted"}, VERIFIER)
    [told] = await county.told("orders.aid_verified.v1")
    assert (told["mode"], told["helper"], "fact" in told) == ("party_pairing", order["helper"], False)
    assert await county.told("orders.order_opened.v1") == []


async def test_who_assessed_the_need_does_not_verify(county: Edge):
    _, _, opened = await october(county)
    path = f"/v1/orders/{opened[0]['id']}/verification"
    assert await county.refused(path, {"result": "accepted"}) == (403, "order.verifier_handled_the_need")
    await county.done(path, {"result": "accepted"}, VERIFIER)


async def test_a_single_order_asks_for_an_approved_need_and_nobody_found_becomes_a_gift(county: Edge):
    person = await registered(county)
    body = {
        "person_id": person, "item": "home_cleaning", "township": f"{county.county}100",
        "village": f"{county.county}100201", "window_from": "2024-09-21", "window_to": "2024-09-30",
    }  # fmt: skip
    assert await county.refused("/v1/orders", body) == (409, "order.need_not_approved")
    need = await approved(county, person)
    await county.done(f"/v1/plans/{need['plan_id']}/notice", {"posted_on": "2024-09-19"}, role="township")
    assert await county.refused("/v1/orders", {**body, "need_id": str(uuid4())}) == (409, "order.need_not_approved")
    order = (await county.done("/v1/orders", {**body, "need_id": need["id"]}))["id"]
    nobody = providers.ProviderNotFound(at=at("2024-09-20"), order_id=UUID(order), reasons=())
    await county.hear("providers", nobody)
    assert (await county.done(f"/v1/orders/{order}/new-search"))["state"] == "opened"
    await county.hear("providers", nobody)
    gift = {"charity_id": str(CHARITY), "expires_at": "2024-10-16T10:00:00+08:00"}
    assert (await county.done(f"/v1/orders/{order}/love-order", gift))["state"] == "opened"
    [formed] = await county.told("orders.love_order_formed.v1")
    assert (formed["order_id"], formed["price_fen"]) == (order, 0)


async def test_a_plan_nobody_has_looked_at_is_listed(county: Edge):
    _, plan, _ = await october(county)
    await county.pass_time(at("2024-12-01", "00:00"))
    assert [row["id"] for row in (await county.get("/v1/plans?stale=true"))["items"]] == [plan]
    look = {"looked_on": "2024-12-01", "result": "unchanged", "findings": "合适"}
    await county.done(f"/v1/plans/{plan}/refresh", look, role="village")
    assert (await county.get("/v1/plans?stale=true"))["items"] == []
