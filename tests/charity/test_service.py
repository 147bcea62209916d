"""The charity service as it runs: from a love order that is formed to its fulfilment, and fair claiming under load."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import LoveOrderFormed, OrderCancelled, OrderMatched, OrderReturned, PolicyAdopted
from contracts.settlement import MonthCloseRequested
from tests.charity.examples import ANSWER, CODE, EXPIRES, HOLD, NOW, PACK, POLICY
from tests.edge import Edge

MINUTE = timedelta(minutes=1)
"""The clock goes on while a test runs: what begins a moment after NOW ends a moment after its time."""


def adopted() -> PolicyAdopted:
    return PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=PACK)


async def a_charity(edge: Edge) -> UUID:
    await edge.hear("orders", adopted())
    return UUID((await edge.done("/v1/charities", {"name": "宁晋县慈善总会", "credit_code": CODE}))["id"])


async def a_claimant(edge: Edge) -> UUID:
    who = uuid4()
    body = {"kind": "person", "name": "李爱心", "phone": "13900000000"}
    assert (await edge.done("/v1/claimants", body, "claimant", who))["id"] == str(who)
    return who


async def a_love_order(edge: Edge, charity: UUID, places: int = 1, *, published: bool = True) -> UUID:
    order_id = uuid4()
    formed = LoveOrderFormed(
        at=NOW,
        order_id=order_id,
        item="meal_help",
        units=4,
        township="130528100",
        village="130528100201",
        charity_id=charity,
        places=places,
        expires_at=EXPIRES,
        price_fen=0,
        policy=POLICY.version,
    )
    await edge.hear("orders", formed)
    if published:
        await edge.done(f"/v1/love-orders/{order_id}/publication", {"wording": "每周送四次热饭"}, "charity", charity)
    return order_id


async def claims(edge: Edge, order_id: UUID, who: UUID, **body: Any) -> Any:
    return await edge.done(f"/v1/love-orders/{order_id}/claims", body or None, "claimant", who)


async def waits(edge: Edge, order_id: UUID, who: UUID) -> Any:
    return await edge.done(f"/v1/love-orders/{order_id}/waiting-list", None, "claimant", who)


def done_today(**changes: Any) -> dict[str, Any]:
    return {"day": "2026-11-02", "time": "10:00", **changes}


async def test_a_love_order_goes_from_formed_to_fulfilled(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity)
    (shown,) = (await edge.get("/v1/hall", "claimant", who))["items"]
    assert (shown["id"], shown["places_left"], shown["charity_name"]) == (str(order_id), 1, "宁晋县慈善总会")
    claim = await claims(edge, order_id, who)
    assert claim["standing"] == "held"
    fulfilled = await edge.done(f"/v1/love-orders/{order_id}/fulfilment", done_today(), "claimant", who)
    assert fulfilled["standing"] == "fulfilled"
    (told,) = await edge.told("charity.love_order_fulfilled.v1")
    assert (told["claim_id"], told["claimant"], told["day"], told["time"]) == (
        claim["claim_id"], str(who), "2026-11-02", "10:00",
    )  # fmt: skip
    assert len(await edge.told("charity.love_order_published.v1")) == 1
    assert len(await edge.told("charity.love_order_claimed.v1")) == 1
    assert (await edge.get("/v1/hall"))["items"] == []


async def test_no_name_leaves_the_service(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    await claims(edge, await a_love_order(edge, charity), who)
    logs = await edge.running.database.fetch(
        "select body as told from public_log where county = $1 union all select state from events where county = $1",
        edge.county,
    )
    everything = b"".join(row["told"] for row in logs)
    assert "李爱心".encode() not in everything
    assert b"13900000000" not in everything


async def test_of_thirty_people_who_claim_at_once_exactly_three_win(edge: Edge) -> None:
    charity = await a_charity(edge)
    people = [await a_claimant(edge) for _ in range(30)]
    order_id = await a_love_order(edge, charity, places=3)
    path = f"/v1/love-orders/{order_id}/claims"
    answers = await asyncio.gather(*(edge.post(path, None, "claimant", who) for who in people))
    standings = [answer.json().get("standing", answer.json().get("code")) for answer in answers]
    assert standings.count("held") == 3
    assert standings.count("claim.no_place_left") == 30 - 3
    late = [answer.json()["facts"] for answer in answers if answer.status_code == 409]
    assert {(one["first"], one["waiting"], one["left"]) for one in late} == {("李**", 0, 0)}
    assert len(await edge.told("charity.love_order_claimed.v1")) == 3


async def test_one_claimant_who_claims_many_times_at_once_has_one_place(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity, places=3)
    answers = await asyncio.gather(*(claims(edge, order_id, who) for _ in range(10)))
    assert len({answer["claim_id"] for answer in answers}) == 1
    (shown,) = (await edge.get("/v1/hall"))["items"]
    assert shown["places_left"] == 2
    assert (await edge.get(f"/v1/claimants/{who}", "claimant", who))["open_claims"] == 1


async def test_claims_sent_at_once_never_go_beyond_the_quota(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    orders = [await a_love_order(edge, charity) for _ in range(8)]
    answers = await asyncio.gather(
        *(edge.post(f"/v1/love-orders/{order_id}/claims", None, "claimant", who) for order_id in orders)
    )
    codes = [answer.json().get("code", "held") for answer in answers]
    assert codes.count("held") == POLICY.quota
    assert codes.count("claim.quota_reached") == 8 - POLICY.quota
    assert len(await edge.told("charity.love_order_claimed.v1")) == POLICY.quota
    assert (await edge.get(f"/v1/claimants/{who}", "claimant", who))["open_claims"] == POLICY.quota


async def test_waiting_counts_as_an_open_claim_and_ends_with_it(edge: Edge) -> None:
    charity, first, second = await a_charity(edge), await a_claimant(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity)
    await claims(edge, order_id, first)
    joined = await waits(edge, order_id, second)
    assert (joined["standing"], joined["waits_as"]) == ("waiting", 1)
    assert (await edge.get(f"/v1/claimants/{second}", "claimant", second))["open_claims"] == 1
    await edge.done(f"/v1/love-orders/{order_id}/claims/{joined['claim_id']}/withdrawal", None, "claimant", second)
    assert (await edge.get(f"/v1/claimants/{second}", "claimant", second))["open_claims"] == 0
    assert await edge.told("charity.love_order_released.v1") == []


async def test_a_hold_that_runs_out_goes_to_who_waits_and_then_to_the_next(edge: Edge) -> None:
    charity = await a_charity(edge)
    people = [await a_claimant(edge) for _ in range(3)]
    order_id = await a_love_order(edge, charity)
    await claims(edge, order_id, people[0])
    for who in people[1:]:
        await waits(edge, order_id, who)
    await edge.pass_time(NOW + HOLD + MINUTE)
    await edge.pass_time(NOW + HOLD + ANSWER + 2 * MINUTE)
    claimed = [told["claimant"] for told in await edge.told("charity.love_order_claimed.v1")]
    assert claimed == [str(who) for who in people]
    released = [(told["claimant"], told["reason"]) for told in await edge.told("charity.love_order_released.v1")]
    assert released == [(str(who), "lapsed") for who in people[:2]]
    late = await edge.refused(f"/v1/love-orders/{order_id}/fulfilment", done_today(), "claimant", people[0])
    assert late == (409, "claim.over")


async def test_a_confirmed_claim_outlives_its_hold(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity)
    claim = await claims(edge, order_id, who)
    await edge.done(f"/v1/love-orders/{order_id}/claims/{claim['claim_id']}/confirmation", None, "claimant", who)
    await edge.pass_time(NOW + HOLD + MINUTE)
    (mine,) = (await edge.get("/v1/claims", "claimant", who))["items"]
    assert mine["standing"] == "confirmed"


async def test_an_order_nobody_claims_lapses_in_time(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    published = await a_love_order(edge, charity)
    await edge.pass_time(EXPIRES - timedelta(seconds=1))
    assert await edge.told("charity.love_order_lapsed.v1") == []
    await edge.pass_time(EXPIRES)
    lapsed = {told["order_id"] for told in await edge.told("charity.love_order_lapsed.v1")}
    assert lapsed == {str(published)}
    assert await edge.refused(f"/v1/love-orders/{published}/claims", None, "claimant", who) == (409, "claim.expired")


async def test_only_the_charity_of_an_order_publishes_it_and_sees_its_claims(edge: Edge) -> None:
    charity, who, stranger = await a_charity(edge), await a_claimant(edge), uuid4()
    order_id = await a_love_order(edge, charity, published=False)
    path = f"/v1/love-orders/{order_id}/publication"
    assert await edge.refused(path, {}, "charity", stranger) == (404, "not_found")
    unknown = await edge.refused(f"/v1/love-orders/{uuid4()}/publication", {}, "charity", charity)
    assert unknown == (404, "not_found")
    await edge.done(path, {}, "charity", charity)
    claim = await claims(edge, order_id, who)
    seen = await edge.get(f"/v1/love-orders/{order_id}/claims", "charity", charity)
    assert [one["claim_id"] for one in seen["claims"]] == [claim["claim_id"]]
    assert (await edge.get("/v1/love-orders", "charity", stranger))["items"] == []


async def test_nobody_withdraws_the_claim_of_another(edge: Edge) -> None:
    charity, who, stranger = await a_charity(edge), await a_claimant(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity)
    claim = await claims(edge, order_id, who)
    path = f"/v1/love-orders/{order_id}/claims/{claim['claim_id']}/withdrawal"
    assert await edge.refused(path, None, "claimant", stranger) == (404, "not_found")
    await edge.done(path, None, "charity", charity)
    again = await edge.refused(f"/v1/love-orders/{order_id}/claims", None, "claimant", who)
    assert again == (409, "claim.once_only")


async def test_a_charity_reads_the_names_of_its_own_claimants_only(edge: Edge) -> None:
    charity, who, other = await a_charity(edge), await a_claimant(edge), await a_claimant(edge)
    await claims(edge, await a_love_order(edge, charity), who)
    opened = await edge.get(f"/v1/claimants/{who}/personal?purpose=handover", "charity", charity)
    assert opened["name"] == "李爱心"
    headers = edge.headers("charity", charity)
    refused = await edge.client.get(f"/v1/claimants/{other}/personal?purpose=handover", headers=headers)
    assert refused.json()["code"] == "not_found"


async def test_nobody_claims_unregistered(edge: Edge) -> None:
    charity = await a_charity(edge)
    order_id = await a_love_order(edge, charity)
    refused = await edge.refused(f"/v1/love-orders/{order_id}/claims", None, "claimant", uuid4())
    assert refused == (404, "claimant.unknown")
    assert (await edge.get("/v1/hall"))["items"][0]["places_left"] == 1


async def test_what_the_bureau_sends_back_is_fulfilled_again(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await a_love_order(edge, charity)
    claim = await claims(edge, order_id, who)
    await edge.done(f"/v1/love-orders/{order_id}/fulfilment", done_today(), "charity", charity)
    returned = OrderReturned(
        at=NOW, order_id=order_id, visit_id=UUID(claim["claim_id"]), provider=who, reason_code="no_proof"
    )
    await edge.hear("orders", returned)
    await edge.done(f"/v1/love-orders/{order_id}/fulfilment", done_today(time="10:00:00"), "claimant", who)
    assert [told["time"] for told in await edge.told("charity.love_order_fulfilled.v1")] == ["10:00", "10:00:00"]


async def test_an_order_that_is_cancelled_or_taken_elsewhere_leaves_the_hall(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    cancelled, taken, kept = [await a_love_order(edge, charity) for _ in range(3)]
    await claims(edge, cancelled, who)
    await edge.hear(
        "orders",
        OrderCancelled(at=NOW, order_id=cancelled, reason_code="person_died"),
        OrderMatched(at=NOW, order_id=taken, provider=uuid4(), road="providers"),
        OrderMatched(at=NOW, order_id=kept, provider=who, road="charity"),
    )
    assert [row["id"] for row in (await edge.get("/v1/hall"))["items"]] == [str(kept)]
    assert (await edge.get(f"/v1/claimants/{who}", "claimant", who))["open_claims"] == 0


async def test_a_month_is_sealed_with_the_claims_that_wait_for_fulfilment(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    await claims(edge, await a_love_order(edge, charity), who)
    await edge.hear("settlement", MonthCloseRequested(at=NOW, month="2026-11"))
    (sealed,) = await edge.told("charity.month_sealed.v1")
    assert (sealed["month"], sealed["waiting"], sealed["fact"]) == ("2026-11", 1, {"kind": "seal", "month": "2026-11"})
