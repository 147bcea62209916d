"""Registers of the running service: who is replaced, who may be sent, what a tender allows, what the county has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.auth import issue
from contracts.orders import OrderCancelled, OrderMatched, PolicyAdopted
from tests.edge import Edge
from tests.providers.county import (
    AGREEMENT,
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
from tests.providers.examples import CODE, NOW, PACK, POLICY, TOWNSHIP, VILLAGE

CITE = 'cite = { paper = "003", section = "part 3 (1)", note = "test" }\n'
TERMINATION = {"number": "2026-01", "from_day": "2026-11-03", "reason_code": "poor_service"}


def adopted_with(*sections: str) -> PolicyAdopted:
    """The county's pack with these tables below ``[providers.registers]``."""
    text = PACK + "".join(f"\n[providers.registers.{section}\n{CITE}" for section in sections)
    return PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=text)


async def two_providers(edge: Edge) -> tuple[UUID, UUID, UUID]:
    """A near provider with its worker, and another one farther away."""
    near, worker = await a_county(edge, point=NEARBY)
    far = await a_provider(edge, OTHER_CODE, TOWN)
    await a_worker(edge, far)
    return near, worker, far


async def considered(edge: Edge, order: UUID) -> dict[str, Any]:
    why = await edge.get(f"/v1/matchings/{order}")
    return {one["provider"]: one["reason_code"] for one in why["considered"]}


async def test_an_ended_agreement_gives_its_orders_to_another_provider(edge: Edge) -> None:
    near, worker, far = await two_providers(edge)
    taken = await a_taken_order(edge, near)
    served = await a_taken_order(edge, near)
    await edge.done("/v1/visits", a_visit(served, worker), "provider", near)
    ended = f"/v1/providers/{near}/termination"
    assert await edge.refused(ended, {**TERMINATION, "from_day": "2026-11-01"}) == (422, "provider.day_is_past")
    await edge.done(ended, TERMINATION)
    (told,) = await edge.told("providers.agreement_ended.v1")
    assert (told["provider"], told["from_day"], told["items"]) == (str(near), "2026-11-03", ["home_cleaning"])
    await edge.pass_time(NOW + timedelta(hours=1))
    assert await edge.told("providers.provider_released.v1") == []
    reports_are_over = datetime.fromisoformat("2026-11-04T00:00:00+08:00")
    await edge.pass_time(reports_are_over)
    released = await edge.told("providers.provider_released.v1")
    assert [(one["order_id"], one["reason_code"]) for one in released] == [(str(taken), "poor_service")]
    await edge.pass_time(reports_are_over + timedelta(minutes=1))
    offers = (await edge.get("/v1/offers"))["items"]
    assert [(offer["id"], offer["provider"]) for offer in offers] == [(str(taken), str(far))]
    assert (await considered(edge, taken))[str(near)] == "agreement_not_valid"
    assert [row["id"] for row in (await edge.get("/v1/taken"))["items"]] == [str(served)]


async def test_work_done_before_the_end_is_still_reported_the_day_after(edge: Edge) -> None:
    near, worker, _ = await two_providers(edge)
    taken = await a_taken_order(edge, near)
    await edge.done(f"/v1/providers/{near}/termination", TERMINATION)
    await edge.pass_time(datetime.fromisoformat("2026-11-03T20:00:00+08:00"))
    await edge.done("/v1/visits", a_visit(taken, worker), "provider", near)
    await edge.pass_time(datetime.fromisoformat("2026-11-05T00:00:00+08:00"))
    assert await edge.told("providers.provider_released.v1") == []


async def test_orders_after_the_end_go_to_others_at_once_and_a_late_word_of_the_old_taker_is_over(edge: Edge) -> None:
    near, _, far = await two_providers(edge)
    later = opened(window_from=date(2026, 11, 20), window_to=date(2026, 11, 26))
    await edge.hear("orders", later)
    await edge.done(f"/v1/offers/{later.order_id}/acceptance", None, "provider", near)
    await edge.done(f"/v1/providers/{near}/termination", {**TERMINATION, "from_day": "2026-11-10"})
    await edge.pass_time(NOW + timedelta(minutes=1))
    await edge.pass_time(NOW + timedelta(minutes=2))
    await edge.hear("orders", OrderMatched(at=NOW, order_id=later.order_id, provider=near, road="providers"))
    (offer,) = (await edge.get("/v1/offers"))["items"]
    assert (offer["id"], offer["provider"]) == (str(later.order_id), str(far))
    assert await edge.refused(f"/v1/offers/{later.order_id}/acceptance", None, "provider", near) == (
        403, "offer.not_yours",
    )  # fmt: skip


async def test_an_order_cancelled_while_it_is_free_is_not_searched_for_again(edge: Edge) -> None:
    near, _, _ = await two_providers(edge)
    later = opened(window_from=date(2026, 11, 20), window_to=date(2026, 11, 26))
    await edge.hear("orders", later)
    await edge.done(f"/v1/providers/{near}/removal", {"from_day": "2026-11-10", "reason_code": "dissolved"})
    await edge.pass_time(NOW + timedelta(minutes=1))
    assert len(await edge.told("providers.provider_released.v1")) == 1
    await edge.hear("orders", OrderCancelled(at=NOW, order_id=later.order_id, reason_code="plan_stopped"))
    await edge.pass_time(NOW + timedelta(minutes=2))
    assert (await edge.get("/v1/offers"))["items"] == []
    shown = await edge.get(f"/v1/providers/{near}")
    assert (shown["standing"], shown["removed_from"]) == ("active", "2026-11-10")
    assert shown["agreements"][0]["valid_to"] == "2026-11-09"
    assert [one["event"] for one in shown["history"]] == [
        "orders_released", "agreement_ended", "removed", "agreed", "registered",
    ]  # fmt: skip


async def test_a_suspended_or_unqualified_provider_is_not_asked(edge: Edge) -> None:
    near, _, far = await two_providers(edge)
    suspension = {"from_day": "2026-11-02", "reason_code": "complaints"}
    await edge.done(f"/v1/providers/{near}/suspension", suspension)
    order = opened(window_from=date(2026, 11, 2), window_to=date(2026, 11, 7))
    await edge.hear("orders", order)
    assert await considered(edge, order.order_id) == {str(near): "provider_suspended", str(far): None}
    await edge.done(f"/v1/providers/{near}/resumption", {"from_day": "2026-11-02"})
    await edge.hear("orders", again := opened())
    assert (await considered(edge, again.order_id))[str(near)] is None


async def test_a_provider_whose_certificate_ends_within_an_order_is_left_out(edge: Edge) -> None:
    near, _, far = await two_providers(edge)
    for provider, last in ((near, "2026-11-06"), (far, "2026-11-07")):
        licence = {"kind": "business_licence", "number": last, "valid_from": "2026-01-01", "valid_to": last}
        await edge.done(f"/v1/providers/{provider}/certificates", licence)
    asked = adopted_with('qualification]\ncertificates = ["business_licence"]')
    document = asked.document.replace("130528/0001", "130528/0002")
    newer = asked.model_copy(update={"version": "130528/0002", "document": document})
    await edge.hear("orders", newer)
    await edge.hear("orders", order := opened(policy="130528/0002"))
    assert await considered(edge, order.order_id) == {str(near): "certificate_ends", str(far): None}


async def test_nobody_is_sent_untrained_where_the_pack_asks(edge: Edge) -> None:
    await edge.hear("orders", adopted_with("training]\nleast_hours = 8\nvalid_months = 12"))
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})
    provider = await a_provider(edge)
    worker = await a_worker(edge, provider)
    await edge.hear("orders", opened())
    (nobody,) = await edge.told("providers.provider_not_found.v1")
    assert nobody["reasons"][0]["reason_code"] == "no_worker_there"
    training = {"course": "basic_care", "hours": 8, "day": "2026-10-20"}
    await edge.done(f"/v1/providers/{provider}/workers/{worker}/trainings", training, "provider", provider)
    await edge.hear("orders", order := opened())
    assert await considered(edge, order.order_id) == {str(provider): None}
    shown = await edge.get(f"/v1/workers/{worker}", "provider", provider)
    assert (shown["trained_to"], shown["trainings"][0]["hours"]) == ("2027-10-19", 8)
    assert "name" not in shown


async def test_an_agreement_that_is_used_up_is_not_offered(edge: Edge) -> None:
    await a_county(edge)
    small = await a_provider(edge, OTHER_CODE, NEARBY)
    change = {"number": "2026-01", "from_day": "2026-11-02", "most_orders": 2}
    await edge.done(f"/v1/providers/{small}/amendment", change)
    await a_worker(edge, small)
    await edge.hear("orders", *(opened() for _ in range(4)))
    offers = (await edge.get("/v1/offers"))["items"]
    assert sum(offer["provider"] == str(small) for offer in offers) == 2
    await edge.hear("orders", last := opened())
    assert (await considered(edge, last.order_id))[str(small)] == "agreement_used_up"


async def test_a_closed_outlet_is_no_starting_point(edge: Edge) -> None:
    provider, _ = await a_county(edge)
    await edge.done(f"/v1/providers/{provider}/outlet-closure", {"name": "安宁家政", "day": "2026-11-02"})
    await edge.hear("orders", order := opened())
    assert await considered(edge, order.order_id) == {str(provider): "no_outlet_open"}


async def test_all_agreements_of_a_tender_together_stay_within_it(edge: Edge) -> None:
    await edge.hear("orders", adopted_with('agreement]\ntender_registered = true\noverlap = "refused"'))
    put_out = {
        "number": "NJZC-2026-011", "project": "居家上门服务", "day": "2025-12-01", "items": ["home_cleaning"],
        "amount_fen": 100_000,
    }  # fmt: skip
    tender = (await edge.done("/v1/tenders", put_out))["id"]
    providers = []
    for code in (CODE, OTHER_CODE):
        body = {"name": "机构", "credit_code": code, "township": TOWNSHIP, "point": TOWN}
        providers.append((await edge.done("/v1/providers", body))["id"])
        award = {"provider_id": providers[-1], "amount_fen": 50_000, "day": "2025-12-20"}
        await edge.done(f"/v1/tenders/{tender}/award", award)
    first, second = (f"/v1/providers/{provider}/agreements" for provider in providers)
    assert await edge.refused(first, AGREEMENT) == (422, "agreement.amount_missing")
    assert await edge.refused(first, {**AGREEMENT, "tender": "别的"}) == (409, "agreement.tender_unknown")
    await edge.done(first, {**AGREEMENT, "amount_fen": 50_000})
    assert await edge.refused(second, {**AGREEMENT, "amount_fen": 50_001}) == (409, "agreement.beyond_the_tender")
    await edge.done(second, {**AGREEMENT, "amount_fen": 50_000})
    more = {"number": "2026-01", "from_day": "2026-11-02", "amount_fen": 50_001}
    amended = f"/v1/providers/{providers[1]}/amendment"
    assert await edge.refused(amended, more) == (409, "agreement.beyond_the_tender")
    shown = await edge.get(f"/v1/tenders/{tender}", "village")
    assert {award["provider"] for award in shown["awards"]} == set(providers)
    assert [award["amount_fen"] for award in shown["awards"]] == [None, None]


async def test_a_township_concludes_what_it_buys_itself(edge: Edge) -> None:
    await edge.hear("orders", adopted_with())
    body = {"name": "机构", "credit_code": CODE, "township": TOWNSHIP, "point": TOWN}
    provider = (await edge.done("/v1/providers", body))["id"]
    token = issue(edge.running.settings, "town", "township", edge.county, township=TOWNSHIP)

    async def as_township(path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4()), "If-Match": "*"}
        answer = await edge.client.post(path, json=body, headers=headers)
        return answer.status_code, answer.json()

    agreements = f"/v1/providers/{provider}/agreements"
    assert (await as_township(agreements, {**AGREEMENT, "purchaser": TOWNSHIP}))[0] == 201
    assert (await as_township(agreements, {**AGREEMENT, "number": "2026-02"}))[0] == 403
    assert (await as_township(agreements, {**AGREEMENT, "number": "2026-03", "purchaser": "130528101"}))[0] == 403
    tender = {
        "number": "乡招1", "project": "上门", "purchaser": TOWNSHIP, "day": "2026-10-01", "items": ["errands"],
        "amount_fen": 1000,
    }  # fmt: skip
    status, answer = await as_township("/v1/tenders", tender)
    assert status == 201
    assert (await as_township("/v1/tenders", {**tender, "number": "县招1", "purchaser": ""}))[0] == 403
    award = {"provider_id": provider, "amount_fen": 1000, "day": "2026-10-20"}
    assert (await as_township(f"/v1/tenders/{answer['id']}/award", award))[0] == 200
    shown = await edge.get(f"/v1/providers/{provider}")
    assert [agreement["purchaser"] for agreement in shown["agreements"]] == [TOWNSHIP]


async def test_villages_out_of_reach_are_told_with_who_is_nearest(edge: Edge) -> None:
    provider, _ = await a_county(edge)
    far = {"lat": 38_620_000, "lon": 115_920_000}
    villages = [(f"{TOWNSHIP}202", far), ("130528101201", NEARBY)]
    await edge.done("/v1/places", {"places": [{"code": code, "point": point} for code, point in villages]})
    told = await edge.get("/v1/coverage/villages?day=2026-11-02")
    assert (told["reached"], told["unreached"]) == (1, 2)
    assert {row["village"]: (row["reached"], row["provider"]) for row in told["villages"]} == {
        VILLAGE: (True, str(provider)),
        f"{TOWNSHIP}202": (False, str(provider)),
        "130528101201": (False, None),
    }
    sets_out = {"village": f"{TOWNSHIP}202", "township": TOWNSHIP, "name": "张远"}
    await edge.done(f"/v1/providers/{provider}/workers", sets_out)
    unreached = await edge.get(f"/v1/coverage/villages?township={TOWNSHIP}&reached=false")
    assert unreached["villages"] == []


async def test_the_market_counts_organisations_and_who_they_employ(edge: Edge) -> None:
    await edge.hear("orders", adopted_with("aims]\norganisations = 10\nlow_income_percent = 50"))
    provider = await a_provider(edge)
    await a_worker(edge, provider)
    body = {"name": "李照料", "township": TOWNSHIP, "low_income": True, "outlet": "安宁家政"}
    await edge.done(f"/v1/providers/{provider}/workers", body, "provider", provider)
    house = {
        "name": "敬老院", "credit_code": OTHER_CODE, "kind": "welfare_institution", "institution": "elderly_home",
        "township": TOWNSHIP, "point": TOWN,
    }  # fmt: skip
    other = (await edge.done("/v1/providers", house))["id"]
    told = await edge.get("/v1/market", "village")
    assert (told["organisations"], told["organisations_aim"]) == (2, 10)
    assert told["by_kind"] == {"company": 1, "welfare_institution": 1}
    assert (told["with_agreement"], told["outlets"], told["workers"]) == (1, 2, 2)
    assert (told["workers_low_income"], told["low_income_percent"], told["low_income_aim_percent"]) == (1, 50, 50)
    await edge.done(f"/v1/providers/{other}/suspension", {"from_day": "2026-11-02", "reason_code": "inspection"})
    told = await edge.get("/v1/market")
    assert (told["organisations"], told["stopped"]) == (1, 1)
