"""Love orders in depth as the service runs: lists, pieces, the desk, whom to serve, the radar."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from contracts import charity, settlement
from services.orders.domain.identity import check_character
from tests.edge import Edge
from tests.orders.examples import CHARITY, CLAIMANT, OTHER_PROVIDER, at, day
from tests.orders.journeys import approved, beneficiary
from tests.orders.people import PACK

OTHER_CHARITY = UUID("00000000-0000-4000-8000-00000000f202")
_number = iter(range(970_001, 980_000))


async def fresh(edge: Edge, **rules: str) -> Edge:
    """A county of its own with Ningjin's second pack, on 10 October 2024; ``rules`` of loving are changed."""
    edge.running.clock.move(at("2024-10-10"))
    edge.county = str(next(_number))
    edge.heard.clear()
    text = PACK.read_text(encoding="utf-8").replace("130528", edge.county)
    for name, value in rules.items():
        before, _, after = text.partition("[orders.loving]")
        line = next(line for line in after.splitlines() if line.startswith(f"{name} = "))
        changed = after.replace(line, f'{name} = "{value}"', 1)
        text = f"{before}[orders.loving]{changed}"
    await edge.done("/v1/policies", {"document": text})
    return edge


async def needed(county: Edge, number: int = 1, **person: Any) -> dict[str, Any]:
    """A need approved for charity, of a person."""
    answer = await county.done("/v1/beneficiaries", beneficiary(county, number, **person), role="village")
    items = [{"item": "home_cleaning"}]
    need = await approved(county, answer["id"], mode="charity", items=items)
    return {"need": need["id"], "person": answer["id"], "service_number": answer["service_number"]}


async def formed(county: Edge, need: str, **changes: Any) -> dict[str, Any]:
    """A love order of it."""
    body = {
        "need_id": need, "item": "home_cleaning", "charity_id": str(CHARITY),
        "expires_at": "2024-10-20T10:00:00+08:00", **changes,
    }  # fmt: skip
    answer: dict[str, Any] = await county.done("/v1/love-orders", body)
    return answer


async def test_declined_then_unclaimed_then_bought_it_stays_one_order_for_the_person(in_depth: Edge):
    county = await fresh(in_depth)
    one = await needed(county)
    order = await formed(county, one["need"])
    path, order_id = f"/v1/orders/{order['id']}", UUID(order["id"])
    status = f"/v1/status?service_number={one['service_number']}"
    assert (await county.get(status, "hotline"))["orders"][0]["step"] == "asked_charity"
    await county.hear("charity", charity.LoveOrderDeclined(
        at=at("2024-10-11"), order_id=order_id, charity_id=CHARITY, reason_code="not_published"))  # fmt: skip
    assert (await county.get(path))["state"] == "declined"
    found = await county.get("/v1/radar/omissions?code=love_declined")
    assert [row["about"] for row in found["items"]] == [order["id"]]
    again = {"charity_id": str(OTHER_CHARITY), "expires_at": "2024-10-25T10:00:00+08:00"}
    assert (await county.done(f"{path}/referral", again))["state"] == "opened"
    first, second = await county.told("orders.love_order_formed.v1")
    assert (first["order_id"], second["charity_id"]) == (second["order_id"], str(OTHER_CHARITY))
    await county.hear(
        "charity",
        charity.LoveOrderAccepted(at=at("2024-10-12"), order_id=order_id, charity_id=OTHER_CHARITY),
        charity.LoveOrderPublished(at=at("2024-10-12"), order_id=order_id, charity_id=OTHER_CHARITY, places=1,
                                   expires_at=at("2024-10-25")),
    )  # fmt: skip
    assert (await county.get(status, "hotline"))["orders"][0]["step"] == "on_the_hall"
    await county.hear("charity", charity.LoveOrderLapsed(at=at("2024-10-25"), order_id=order_id))
    [asked] = await county.told("orders.purchase_considered.v1")
    assert (asked["item"], asked["units"], asked["day"]) == ("home_cleaning", 1, "2024-10-25")
    await county.hear("settlement", settlement.PurchaseBorne(
        at=at("2024-10-25"), order_id=order_id, borne=True, fund="county_budget", amount_fen=3000))  # fmt: skip
    whole = await county.get(path)
    assert (whole["state"], whole["kind"]) == ("opened", "purchase")
    assert [step["event"] for step in whole["timeline"]] == [
        "love_formed", "charity_declined", "referred_elsewhere", "charity_accepted", "love_published",
        "purchase_asked", "fell_back",
    ]  # fmt: skip
    told = await county.get(status, "hotline")
    assert told["orders"][0]["step"] == "seeking"
    assert "county_budget" not in str(told)
    assert len(await county.told("orders.order_opened.v1")) == 1


async def test_ten_pieces_come_from_three_and_what_is_left_waits_for_the_bureau(in_depth: Edge):
    county = await fresh(in_depth, unclaimed="bureau")
    order = await formed(county, (await needed(county))["need"], places=10, form="goods")
    order_id, claim, other = UUID(order["id"]), uuid4(), uuid4()
    [told] = await county.told("orders.love_order_formed.v1")
    assert (told["places"], told["form"]) == (10, "goods")

    def claimed(claimant: UUID, claim_id: UUID, pieces: int) -> charity.LoveOrderClaimed:
        return charity.LoveOrderClaimed(
            at=at("2024-10-11"), order_id=order_id, claim_id=claim_id, claimant=claimant, pieces=pieces
        )

    await county.hear(
        "charity", claimed(CLAIMANT, claim, 3), claimed(OTHER_PROVIDER, other, 7),
        charity.LoveOrderReleased(at=at("2024-10-12"), order_id=order_id, claim_id=other, claimant=OTHER_PROVIDER,
                                  reason="lapsed", detail_code="no_show"),
        charity.LoveOrderFulfilled(at=at("2024-10-13"), order_id=order_id, claim_id=claim, claimant=CLAIMANT,
                                   day=day("2024-10-13"), time="09:30", reported_by="claimant-1", pieces=3),
        charity.LoveOrderLapsed(at=at("2024-10-20"), order_id=order_id),
    )  # fmt: skip
    path = f"/v1/orders/{order['id']}"
    assert (await county.get(path))["state"] == "completed"
    await county.done(f"{path}/verification", {"result": "accepted"}, "bureau:verifier")
    row = await county.get(path)
    assert (row["state"], row["pieces_accepted"], row["pieces_left"]) == ("unclaimed", 3, 7)
    assert (await county.done(f"{path}/purchase"))["state"] == "opened"
    [opened] = await county.told("orders.order_opened.v1")
    assert opened["units"] == 7


async def test_whom_to_serve_is_told_to_a_confirmed_claimant_and_to_nobody_else(in_depth: Edge):
    county = await fresh(in_depth)
    order = await formed(county, (await needed(county))["need"])
    order_id, claim = UUID(order["id"]), uuid4()
    path = f"/v1/orders/{order['id']}/recipient?purpose=visit"

    async def status(role: str, owner: UUID) -> int:
        return (await county.client.get(path, headers=county.headers(role, owner))).status_code

    await county.hear("charity", charity.LoveOrderClaimed(
        at=at("2024-10-11"), order_id=order_id, claim_id=claim, claimant=CLAIMANT))  # fmt: skip
    assert [await status("claimant", CLAIMANT), await status("charity", CHARITY)] == [404, 404]
    await county.hear("charity", charity.ClaimConfirmed(
        at=at("2024-10-11"), order_id=order_id, claim_id=claim, claimant=CLAIMANT, pieces=1, until=at("2024-10-18"))
    )  # fmt: skip
    assert (await county.get(path, "claimant", CLAIMANT))["name"] == "赵某"
    assert (await county.get(path, "charity", CHARITY))["guardian"] is False
    assert [await status("claimant", OTHER_PROVIDER), await status("charity", OTHER_CHARITY)] == [404, 404]
    await county.pass_time(at("2024-10-18"))
    assert [await status("claimant", CLAIMANT), await status("charity", CHARITY)] == [404, 404]


async def test_a_child_is_reached_through_the_charity_and_its_guardian(in_depth: Edge):
    county = await fresh(in_depth)
    first_17 = f"{county.county}20141016001"
    child = {"born": "2014-10-16", "id_number": first_17 + check_character(first_17), "tier": "able",
             "categories": ["unattended_child"]}  # fmt: skip
    one = await needed(county, **child)
    guardian = {"name": "钱某", "phone": "13900000000", "relation": "grandparent", "from_day": "2024-10-01"}
    await county.done(f"/v1/beneficiaries/{one['person']}/guardian", guardian, role="township")
    order = await formed(county, one["need"])
    order_id, claim = UUID(order["id"]), uuid4()
    await county.hear(
        "charity",
        charity.LoveOrderClaimed(at=at("2024-10-11"), order_id=order_id, claim_id=claim, claimant=CLAIMANT),
        charity.ClaimConfirmed(at=at("2024-10-11"), order_id=order_id, claim_id=claim, claimant=CLAIMANT, pieces=1,
                               until=at("2024-10-18")),
    )  # fmt: skip
    path = f"/v1/orders/{order['id']}/recipient?purpose=visit"
    answer = await county.client.get(path, headers=county.headers("claimant", CLAIMANT))
    assert (answer.status_code, answer.json()["code"]) == (403, "order.through_the_charity")
    told = await county.get(path, "charity", CHARITY)
    assert (told["name"], told["phone"], told["guardian"]) == ("钱某", "13900000000", True)


async def test_a_charity_decides_about_a_list_and_the_love_order_names_it(in_depth: Edge):
    county = await fresh(in_depth, content="charity")
    first, second, third = [await needed(county, number) for number in (1, 2, 3)]
    single = {"need_id": first["need"], "item": "home_cleaning", "charity_id": str(CHARITY),
              "expires_at": "2024-10-20T10:00:00+08:00"}  # fmt: skip
    assert await county.refused("/v1/love-orders", single) == (409, "order.content_is_the_charitys")
    body = {"charity_id": str(CHARITY), "need_ids": [first["need"], second["need"], third["need"]],
            "decide_by": "2024-10-20"}  # fmt: skip
    told = await county.done("/v1/referrals", body)
    assert (told["state"], told["people"]) == ("waiting", 3)
    assert await county.refused("/v1/referrals", body) == (409, "referral.referred_already")
    [public] = await county.told("orders.people_referred.v1")
    assert public["people"][0]["units"] == {"home_cleaning": 1}
    personal = f"/v1/referrals/{told['id']}/people/{second['need']}/personal?purpose=plan"
    assert (await county.get(personal, "charity", CHARITY))["name"] == "赵某"
    common = {"at": at("2024-10-12"), "referral_id": UUID(told["id"]), "charity_id": CHARITY}
    await county.hear(
        "charity",
        charity.ContentDecided(need_id=UUID(first["need"]), item="home_cleaning", units=1, places=2,
                               expires_at=at("2024-10-30"), **common),
        charity.PersonSentBack(need_id=UUID(second["need"]), reason_code="no_means", **common),
    )  # fmt: skip
    [order] = await county.told("orders.love_order_formed.v1")
    assert (order["referral_id"], order["places"], order["price_fen"]) == (told["id"], 2, 0)
    answer = await county.client.get(personal, headers=county.headers("charity", CHARITY))
    assert answer.status_code == 404
    await county.pass_time(at("2024-10-21", "00:00"))
    whole = await county.get(f"/v1/referrals/{told['id']}")
    assert (whole["state"], [one["standing"] for one in whole["entries"]]) == (
        "overdue", ["decided", "sent_back", "waiting"]
    )  # fmt: skip
    found = await county.get("/v1/radar/omissions?code=referral_undecided")
    assert [row["about"] for row in found["items"]] == [third["need"]]
    later = {"charity_id": str(OTHER_CHARITY), "need_ids": [second["need"], third["need"]]}
    assert (await county.done("/v1/referrals", later))["state"] == "waiting"
    assert (await county.get("/v1/referrals", "charity", CHARITY))["items"][0]["id"] == told["id"]


async def test_the_same_help_twice_is_warned_of_refused_and_on_the_radar(in_depth: Edge):
    county = await fresh(in_depth)
    one = await needed(county)
    order = await formed(county, one["need"])
    again = await approved(county, one["person"], mode="charity", items=[{"item": "home_cleaning"}])
    second = await formed(county, again["id"])
    assert [(warned["code"], warned["id"]) for warned in second["warnings"]] == [("duplicate", order["id"])]
    [pair] = (await county.get("/v1/radar/duplicates"))["items"]
    assert {pair["one"], pair["other"]} == {order["id"], second["id"]}
    assert (pair["from_day"], pair["to_day"]) == ("2024-10-10", "2024-10-20")
    strict = await fresh(in_depth, duplicates="refuse")
    one = await needed(strict)
    await formed(strict, one["need"])
    again = await approved(strict, one["person"], mode="charity", items=[{"item": "home_cleaning"}])
    body = {"need_id": again["id"], "item": "home_cleaning", "charity_id": str(CHARITY),
            "expires_at": "2024-10-20T10:00:00+08:00"}  # fmt: skip
    assert await strict.refused("/v1/love-orders", body) == (409, "order.duplicate")


async def test_what_a_company_did_at_its_low_price_is_told_to_settlement_so(in_depth: Edge):
    county = await fresh(in_depth)
    person = await county.done("/v1/beneficiaries", beneficiary(county, 1), role="village")
    priced = {"price_fen": 2000, "rule": "love_order"}
    need = await approved(county, person["id"], mode="charity", items=[{"item": "home_cleaning"}], **priced)
    order = await formed(county, need["id"], **priced)
    order_id, claim = UUID(order["id"]), uuid4()
    claimed = charity.LoveOrderClaimed(at=at("2024-10-11"), order_id=order_id, claim_id=claim, claimant=CLAIMANT)
    done = charity.LoveOrderFulfilled(
        at=at("2024-10-13"), order_id=order_id, claim_id=claim, claimant=CLAIMANT, day=day("2024-10-13"),
        time="09:30", reported_by="claimant-1", price_fen=1500, rule="low_price_offer",
    )  # fmt: skip
    await county.hear("charity", claimed, done)
    await county.done(f"/v1/orders/{order['id']}/verification", {"result": "accepted"}, "bureau:verifier")
    [told] = await county.told("orders.order_verified.v1")
    assert (told["fact"]["amount_fen"], told["fact"]["rule"]) == (1500, "low_price_offer")
