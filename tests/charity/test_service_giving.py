"""Giving as it runs: money reaches verified orders, deeds reach the record, and certificates are checked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import LoveOrderFormed, OrderCancelled, OrderVerified, VerificationUndone
from tests.charity.examples import EXPIRES, NOW, POLICY
from tests.charity.test_service import a_charity, a_claimant, claims, done_today
from tests.edge import Edge

VILLAGE = "130528100201"


async def an_order(edge: Edge, charity: UUID, price_fen: int = 10_000) -> UUID:
    """Published, of one place."""
    order_id = uuid4()
    formed = LoveOrderFormed(
        at=NOW, order_id=order_id, item="meal_help", units=4, township=VILLAGE[:9], village=VILLAGE,
        charity_id=charity, places=1, expires_at=EXPIRES, price_fen=price_fen, policy=POLICY.version,
    )  # fmt: skip
    await edge.hear("orders", formed)
    await edge.done(f"/v1/love-orders/{order_id}/publication", {"wording": ""}, "charity", charity)
    return order_id


async def a_fund(edge: Edge, charity: UUID) -> str:
    body = {"title": "大曹庄社区基金", "village": VILLAGE}
    return str((await edge.done("/v1/village-funds", body, "charity", charity))["id"])


async def gives(edge: Edge, charity: UUID, amount: int, **more: Any) -> Any:
    body = {"amount": amount, "day": "2026-11-02", **more}
    return await edge.done("/v1/donations", body, "charity", charity)


async def done_and_verified(edge: Edge, order_id: UUID, who: UUID) -> UUID:
    claim = UUID((await claims(edge, order_id, who))["claim_id"])
    await edge.done(f"/v1/love-orders/{order_id}/fulfilment", done_today(), "claimant", who)
    await edge.hear("orders", verified(order_id, claim, who))
    return claim


def verified(order_id: UUID, claim: UUID, who: UUID) -> OrderVerified:
    return OrderVerified(at=NOW, order_id=order_id, visit_id=claim, provider=who, person=uuid4(), how="person")


def undone(order_id: UUID, claim: UUID, who: UUID) -> VerificationUndone:
    return VerificationUndone(
        at=NOW, order_id=order_id, visit_id=claim, provider=who, was="accepted", cause="mistake", reason_code="wrong"
    )


async def test_a_donation_is_set_aside_for_an_order_and_spent_when_it_is_verified(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id, fund = await an_order(edge, charity), await a_fund(edge, charity)
    given = await gives(edge, charity, 15_000, to={"kind": "village_fund", "id": fund}, donor={"claimant": str(who)})
    assert given["receipt"] == "2026-000001"
    allotment = {"order_id": str(order_id), "amount": 10_000}
    assert (await edge.done(f"/v1/pots/{fund}/allotments", allotment, "charity", charity))["left"] == 5_000
    more = {"order_id": str(order_id), "amount": 1}
    refused = await edge.refused(f"/v1/pots/{fund}/allotments", more, "charity", charity)
    assert refused == (409, "support.exceeds_price")
    claim = await done_and_verified(edge, order_id, who)
    account = await edge.get(f"/v1/pots/{fund}", "claimant", who)
    assert (account["received_fen"], account["spent_fen"], account["left_fen"]) == (15_000, 10_000, 5_000)
    await edge.hear("orders", undone(order_id, claim, who))
    account = await edge.get(f"/v1/pots/{fund}")
    assert (account["spent_fen"], account["allotted_fen"]) == (0, 10_000)
    (donor,) = (await edge.get(f"/v1/donors?pot={fund}"))["items"]
    assert donor["donor"] == "李**"
    assert (await edge.get(f"/v1/claimants/{who}/gifts", "claimant", who))["donations"][0]["amount"] == 15_000


async def test_two_allotments_at_once_never_take_more_than_there_is(edge: Edge) -> None:
    charity = await a_charity(edge)
    fund = await a_fund(edge, charity)
    await gives(edge, charity, 10_000, to={"kind": "village_fund", "id": fund}, donor={"name": "王好心"})
    orders = [await an_order(edge, charity) for _ in range(3)]
    answers = await asyncio.gather(
        *(
            edge.post(f"/v1/pots/{fund}/allotments", {"order_id": str(one), "amount": 6_000}, "charity", charity)
            for one in orders
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    pledges = {"to": {"kind": "order", "id": str(orders[0])}, "amount": 6_000, "donor": {"name": "赵好心"}}
    answers = await asyncio.gather(*(edge.post("/v1/pledges", pledges, "charity", charity) for _ in range(3)))
    held = (await edge.get(f"/v1/love-orders/{orders[0]}/support", "charity", charity))["promised_fen"]
    assert held <= 10_000


async def test_a_pledge_for_one_order_is_its_own_fund_and_goes_where_the_donor_said(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id, fund = await an_order(edge, charity), await a_fund(edge, charity)
    body = {"to": {"kind": "order", "id": str(order_id)}, "amount": 8_000}
    pledged = await edge.done("/v1/pledges", body, "claimant", who)
    await edge.done(f"/v1/pledges/{pledged['pledge_id']}/leftover", {"to": fund}, "claimant", who)
    (told,) = await edge.told("charity.pledge_bound.v1")
    assert (told["pledge_id"], told["amount_fen"]) == (pledged["pledge_id"], 8_000)
    await gives(edge, charity, 8_000, pledge=pledged["pledge_id"])
    support = await edge.get(f"/v1/love-orders/{order_id}/support", "charity", charity)
    assert (support["promised_fen"], support["funded_fen"], support["room_fen"]) == (8_000, 8_000, 2_000)
    await edge.hear("orders", OrderCancelled(at=NOW, order_id=order_id, reason_code="not_needed"))
    assert (await edge.get(f"/v1/pots/{fund}"))["left_fen"] == 8_000
    assert await edge.refused(f"/v1/pledges/{pledged['pledge_id']}/withdrawal", None, "claimant", who) == (
        409, "pledge.over",
    )  # fmt: skip


async def test_a_pledge_that_is_not_kept_frees_the_order_for_others(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await an_order(edge, charity)
    body = {"to": {"kind": "order", "id": str(order_id)}, "amount": 10_000}
    await edge.done("/v1/pledges", body, "claimant", who)
    assert (await edge.refused("/v1/pledges", body, "claimant", who))[1] == "support.exceeds_price"
    await edge.pass_time(NOW + timedelta(days=POLICY.giving.pledge_days, hours=1))
    (gone,) = (await edge.get("/v1/pledges", "charity", charity))["items"]
    assert gone["standing"] == "lapsed"
    assert (await edge.get(f"/v1/love-orders/{order_id}/support", "charity", charity))["promised_fen"] == 0


async def test_receipts_have_no_gap_and_names_only_for_donor_and_charity(edge: Edge) -> None:
    charity, who = await a_charity(edge), await a_claimant(edge)
    fund = {"kind": "village_fund", "id": await a_fund(edge, charity)}
    answers = await asyncio.gather(
        *(gives(edge, charity, 12_345, to=fund, donor={"name": "王好心"}) for _ in range(5)),
        gives(edge, charity, 500, to=fund),
    )
    assert sorted(answer["number"] for answer in answers) == [1, 2, 3, 4, 5, 6]
    path = f"/v1/donations/{answers[0]['donation_id']}"
    paper = await edge.get(f"{path}/receipt?purpose=x", "charity", charity)
    assert (paper["donor"], paper["in_capitals"]) == ("王好心", "壹佰贰拾叁元肆角伍分")
    assert "王好心" in paper["page"]
    foreign = await edge.client.get(f"{path}/receipt?purpose=x", headers=edge.headers("claimant", who))
    assert foreign.status_code == 404
    await edge.done(f"{path}/voiding", {"cause": "mistake", "reason_code": "entered_twice"}, "charity", charity)
    left = (await edge.get(f"/v1/pots/{fund['id']}"))["left_fen"]
    assert left == 4 * 12_345 + 500
    logs = await edge.running.database.fetch(
        "select body as told from public_log where county = $1 union all select state from events where county = $1",
        edge.county,
    )
    assert "王好心".encode() not in b"".join(row["told"] for row in logs)


async def test_only_a_qualified_charity_appeals_to_the_public(edge: Edge) -> None:
    charity = await a_charity(edge)
    appeal = {"title": "冬日送暖", "first": "2026-11-01", "last": "2026-12-31", "target_fen": 100_000}
    assert (await edge.refused("/v1/appeals", appeal, "charity", charity))[1] == "fundraising.not_qualified"
    until = {"number": "53130528001", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    await edge.done(f"/v1/charities/{charity}/fundraising", until)
    await edge.done("/v1/appeals", appeal, "charity", charity)
    assert [row["title"] for row in (await edge.get("/v1/appeals"))["items"]] == ["冬日送暖"]
    beyond = {**appeal, "last": "2027-01-01"}
    assert (await edge.refused("/v1/appeals", beyond, "charity", charity))[1] == "fundraising.not_qualified"


async def certified(edge: Edge) -> tuple[UUID, UUID, UUID, UUID, str]:
    charity, who = await a_charity(edge), await a_claimant(edge)
    order_id = await an_order(edge, charity)
    claim = await done_and_verified(edge, order_id, who)
    body = {"charity_id": str(charity), "first": "2026-11-01", "last": "2026-11-02"}
    issued = await edge.done(f"/v1/claimants/{who}/certificates", body, "claimant", who)
    return charity, who, order_id, claim, str(issued["number"])


async def verdict(edge: Edge, document: str) -> tuple[bool, str]:
    answer = (await edge.client.post("/v1/certificates/verification", json={"document": document})).json()
    return answer["genuine"], answer["reason"]


async def test_a_certificate_is_checked_by_number_by_code_and_by_document(edge: Edge) -> None:
    _, who, _, _, number = await certified(edge)
    record = await edge.get(f"/v1/claimants/{who}/service-record", "claimant", who)
    assert (record["deeds"], record["entries"][0]["standing"]) == (1, "counted")
    path = f"/v1/certificates/{number}"
    shown = (await edge.client.get(path)).json()
    assert (shown["standing"], shown["deeds"], shown["holder"]) == ("valid", 1, None)
    code = await edge.get(f"{path}/qr", "claimant", who)
    assert code["svg"].startswith("<?xml") or code["svg"].startswith("<svg")
    checked = (await edge.client.get(f"{path}?check={code['address'][-12:]}")).json()
    assert checked["holder"] == "李**"
    document = (await edge.get(f"{path}/document?purpose=x", "claimant", who))["document"]
    assert await verdict(edge, document) == (True, "genuine")
    assert await verdict(edge, document.replace("李爱心", "李爱新")) == (False, "holder_altered")
    assert await verdict(edge, document.replace('"deeds":1', '"deeds":2')) == (False, "altered")
    assert await verdict(edge, document + " ") == (False, "altered")


async def test_a_certificate_is_revoked_when_a_deed_is_undone(edge: Edge) -> None:
    _, who, order_id, claim, number = await certified(edge)
    document = (await edge.get(f"/v1/certificates/{number}/document?purpose=x", "claimant", who))["document"]
    await edge.hear("orders", undone(order_id, claim, who))
    assert (await edge.client.get(f"/v1/certificates/{number}")).json()["standing"] == "revoked"
    assert await verdict(edge, document) == (False, "revoked")
    assert (await edge.get(f"/v1/claimants/{who}/service-record", "claimant", who))["deeds"] == 0


async def test_the_honour_list_holds_who_agreed_as_they_wish(edge: Edge) -> None:
    _, who, _, _, _ = await certified(edge)
    assert (await edge.get("/v1/honours?year=2026"))["items"] == []
    await edge.done(f"/v1/claimants/{who}/honour", {"shown": "masked"}, "claimant", who)
    assert [row["holder"] for row in (await edge.get("/v1/honours?year=2026"))["items"]] == ["李**"]
    await edge.done(f"/v1/claimants/{who}/honour", {"shown": "named"}, "claimant", who)
    assert [row["holder"] for row in (await edge.get("/v1/honours?year=2026"))["items"]] == ["李爱心"]
