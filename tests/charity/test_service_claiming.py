"""What of claiming only shows at the edge: pieces told to others, sealed reasons, records, countdowns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import LoveOrderFormed, OrderTurnedDown
from tests.charity.examples import EXPIRES, NOW, POLICY
from tests.charity.test_service import MINUTE, a_charity, a_claimant, a_love_order, claims, waits
from tests.edge import Edge


async def formed(edge: Edge, charity: UUID, **more: Any) -> UUID:
    order_id = uuid4()
    told = {
        "at": NOW, "order_id": order_id, "item": "meal_help", "units": 10, "township": "130528100",
        "village": "130528100201", "charity_id": charity, "places": 10, "expires_at": EXPIRES, "price_fen": 2000,
        "policy": POLICY.version, "form": "goods",
    }  # fmt: skip
    await edge.hear("orders", LoveOrderFormed(**{**told, **more}))
    return order_id


async def test_ten_bags_are_claimed_three_and_seven_and_one_does_not_come(edge: Edge) -> None:
    charity = await a_charity(edge)
    three, seven, last = [await a_claimant(edge) for _ in range(3)]
    order_id = await formed(edge, charity)
    path = f"/v1/love-orders/{order_id}"
    await edge.done(f"{path}/acceptance", None, "charity", charity)
    await edge.done(f"{path}/publication", {"wording": "十袋大米"}, "charity", charity)
    first = await claims(edge, order_id, three, pieces=3)
    assert (first["pieces"], first["seconds_left"]) == (3, POLICY.hold_hours * 3600)
    body = {"pieces": 7, "day": "2026-11-03", "time": "09:00", "minutes": 60}
    second = await claims(edge, order_id, seven, **body)
    late = await edge.post(f"{path}/claims", {"pieces": 1}, "claimant", last)
    assert late.json()["facts"] == {"left": 0, "first": "李**", "waiting": 0}
    joined = await waits(edge, order_id, last)
    assert joined["waits_as"] == 1
    for who, claim in ((three, first), (seven, second)):
        await edge.done(f"{path}/claims/{claim['claim_id']}/confirmation", None, "claimant", who)
    told = await edge.told("charity.claim_confirmed.v1")
    assert [(one["claimant"], one["pieces"]) for one in told] == [(str(three), 3), (str(seven), 7)]
    await edge.pass_time(NOW + timedelta(days=1, hours=3))
    await edge.done(f"{path}/claims/{second['claim_id']}/no-show", None, "charity", charity)
    [gone] = await edge.told("charity.love_order_released.v1")
    assert (gone["claimant"], gone["detail_code"]) == (str(seven), "no_show")
    mine = await edge.get(f"{path}/claims/{joined['claim_id']}", "claimant", last)
    assert (mine["standing"], mine["pieces"], mine["waits_as"]) == ("held", 1, None)
    shown = await edge.get(f"/v1/claimants/{seven}/reliability", "charity", charity)
    assert (shown["ended"], shown["no_shows"], shown["percent"]) == (1, 1, 0)
    stranger = await edge.client.get(f"/v1/claimants/{seven}/reliability", headers=edge.headers("charity", uuid4()))
    assert stranger.status_code == 404


async def test_a_charity_sends_back_what_it_cannot_do_and_has_a_public_record(edge: Edge) -> None:
    charity = await a_charity(edge)
    order_id = await formed(edge, charity)
    kept = await a_love_order(edge, charity)
    path = f"/v1/love-orders/{order_id}"
    body = {"reason_code": "no_volunteers", "reason": "本月志愿者都在外地"}
    assert (await edge.done(f"{path}/decline", body, "charity", charity))["status"] == "declined"
    [told] = await edge.told("charity.love_order_declined.v1")
    assert (told["order_id"], told["reason_code"]) == (str(order_id), "no_volunteers")
    opened = await edge.get(f"{path}/writings?purpose=reading")
    assert [one["text"] for one in opened["items"]] == ["本月志愿者都在外地"]
    record = await edge.get(f"/v1/charities/{charity}", "hotline")
    assert (record["referred"], record["accepted"], record["published"], record["declined"]) == (2, 1, 1, 1)
    suspension = {"reason_code": "audit", "reason": "年检未通过"}
    await edge.done(f"/v1/charities/{charity}/suspension", suspension)
    refused = await formed(edge, charity)
    assert (await edge.get(f"/v1/love-orders/{refused}"))["status"] == "declined"
    codes = [one["reason_code"] for one in await edge.told("charity.love_order_declined.v1")]
    assert codes == ["no_volunteers", "charity_suspended"]
    assert [row["id"] for row in (await edge.get("/v1/hall"))["items"]] == [str(kept)]


async def test_only_who_is_named_acts_for_a_charity_that_has_named_somebody(edge: Edge) -> None:
    charity = await a_charity(edge)
    order_id = await formed(edge, charity)
    named = {"subject": "zhang", "from_day": "2026-11-01"}
    await edge.done(f"/v1/charities/{charity}/people", named, "charity", charity)
    path = f"/v1/love-orders/{order_id}/acceptance"
    assert await edge.refused(path, None, "charity:wang", charity) == (409, "charity.not_acting")
    assert (await edge.done(path, None, "charity:zhang", charity))["status"] == "accepted"


async def test_a_companys_offer_is_named_and_its_price_told_with_what_it_did(edge: Edge) -> None:
    charity, company = await a_charity(edge), uuid4()
    body = {"kind": "company", "name": "示例家政", "phone": "13900000000"}
    await edge.done("/v1/claimants", body, "claimant", company)
    offer = {
        "item": "meal_help", "price_fen": 1500, "townships": ["130528100"], "from_day": "2026-11-01",
        "to_day": "2026-12-31",
    }  # fmt: skip
    offer_id = (await edge.done("/v1/offers", offer, "claimant", company))["id"]
    [row] = (await edge.get("/v1/offers", "hotline"))["items"]
    assert (row["company"], row["rule"]) == ("示例家政", "low_price_offer")
    order_id = await formed(edge, charity, places=1, units=1)
    path = f"/v1/love-orders/{order_id}"
    await edge.done(f"{path}/publication", {}, "charity", charity)
    await edge.done(f"{path}/offer", {"offer_id": offer_id}, "charity", charity)
    claim = await claims(edge, order_id, company)
    await edge.done(f"{path}/fulfilment", {"day": "2026-11-02", "time": "10:00"}, "claimant", company)
    [told] = await edge.told("charity.love_order_fulfilled.v1")
    assert (told["price_fen"], told["rule"]) == (1500, "low_price_offer")
    down = OrderTurnedDown(
        at=NOW + MINUTE, order_id=order_id, visit_id=UUID(claim["claim_id"]), provider=company, reason_code="not_done"
    )
    await edge.hear("orders", down)
    assert [one["order_id"] for one in await edge.told("charity.love_order_lapsed.v1")] == [str(order_id)]
    assert (await edge.get(f"/v1/claimants/{company}/reliability"))["turned_down"] == 1
