"""A visit step by step over the REST edge: sent, begun, ended, missed, confirmed by its code, mended, told too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.orders import OrderCancelled, OrderReturned, PolicyAdopted
from tests.edge import Edge
from tests.providers.county import NEARBY, a_provider, a_visit, a_worker, opened
from tests.providers.examples import NOW, PERSON, VILLAGE
from tests.providers.visiting import PACK, POLICY

TODAY = "2026-11-02"
BEGINS, ENDS = f"{TODAY}T11:00:00+08:00", f"{TODAY}T12:00:00+08:00"
AT_ELEVEN = datetime.fromisoformat(BEGINS)
PROOF = [{"sha256": "b" * 64, "kind": "before"}, {"sha256": "c" * 64, "kind": "after"}]


async def a_county(edge: Edge) -> tuple[UUID, UUID, UUID]:
    """A county with codes that are checked; a provider, its worker, and an order it has taken."""
    await edge.hear("orders", PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=PACK))
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})
    provider = await a_provider(edge)
    return provider, await a_worker(edge, provider), await taken(edge, provider)


async def taken(edge: Edge, provider: UUID) -> UUID:
    order = opened(policy=POLICY.version, person=PERSON)
    await edge.hear("orders", order)
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    return order.order_id


async def sent(edge: Edge, provider: UUID, worker: UUID, order: UUID, **changes: Any) -> dict[str, Any]:
    body = {"order_id": str(order), "worker_id": str(worker), "starts_at": BEGINS, "ends_at": ENDS, **changes}
    done: dict[str, Any] = await edge.done("/v1/appointments", body, "provider", provider)
    return done


async def code_of(edge: Edge, order: UUID) -> str:
    told = await edge.get(f"/v1/taken/{order}/code?purpose=tell", "bureau")
    return str(told["code"])


def wrong(code: str) -> str:
    return str((int(code) + 1) % 10**6).zfill(6)


async def test_a_visit_goes_from_the_worker_sent_to_its_six_facts(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    appointment = await sent(edge, provider, worker, order)
    day = await edge.get(f"/v1/workers/{worker}/day?day={TODAY}", "provider", provider)
    [row] = day["appointments"]
    assert (row["id"], row["village"], row["item"], row["status"]) == (
        appointment["id"], VILLAGE, "home_cleaning", "scheduled",
    )  # fmt: skip
    edge.running.clock.move(AT_ELEVEN)
    path = f"/v1/appointments/{appointment['id']}"
    begun = {"place": NEARBY, "started_at": BEGINS}
    assert (await edge.done(f"{path}/start", begun, "provider", provider))["status"] == "started"
    edge.running.clock.move(AT_ELEVEN + timedelta(minutes=40))
    end = {"place": NEARBY, "evidence": PROOF, "code": await code_of(edge, order)}
    end["ended_at"] = f"{TODAY}T11:40:00+08:00"
    visit = await edge.done(f"{path}/end", end, "provider", provider)
    assert (visit["minutes"], visit["exceptions"]) == (40, [])
    whole = await edge.get(f"/v1/visits/{visit['id']}", "bureau")
    facts = {one["fact"]: one for one in whole["facts"]}
    assert all(one["complete"] for one in facts.values())
    assert (facts["who"]["value"], facts["whom"]["value"]) == (str(worker), str(PERSON))
    assert (facts["where"]["value"], whole["code"], whole["source"]) == ("0 m", "right", "app")
    [told] = await edge.told("providers.visit_completed.v1")
    assert (told["code"], told["source"], told["complete"]) == ("right", "app", True)
    assert (await edge.get(path, "provider", provider))["visit"] == visit["id"]


async def test_a_worker_is_at_one_place_at_a_time(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    other = await taken(edge, provider)
    first = await sent(edge, provider, worker, order)
    body = {"order_id": str(other), "worker_id": str(worker), "starts_at": f"{TODAY}T11:59:00+08:00"}
    body |= {"ends_at": f"{TODAY}T13:00:00+08:00"}
    refused = await edge.refused("/v1/appointments", body, "provider", provider)
    assert refused == (409, "appointment.worker_busy")
    moved = {"starts_at": f"{TODAY}T15:00:00+08:00", "ends_at": f"{TODAY}T16:00:00+08:00", "reason_code": "weather"}
    await edge.done(f"/v1/appointments/{first['id']}/rescheduling", moved, "provider", provider)
    assert (await edge.done("/v1/appointments", body, "provider", provider))["status"] == "scheduled"
    cancel = {"reason_code": "worker_ill"}
    cancelled = await edge.done(f"/v1/appointments/{first['id']}/cancellation", cancel, "provider", provider)
    assert cancelled["status"] == "cancelled"


async def test_a_missed_visit_is_listed_and_told_and_mended_by_a_report(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    appointment = await sent(edge, provider, worker, order)
    await edge.pass_time(AT_ELEVEN + POLICY.visits.start_tolerance)
    listed = await edge.get("/v1/appointments?status=missed", "bureau")
    assert [row["id"] for row in listed["items"]] == [appointment["id"]]
    [told] = await edge.told("providers.visit_missed.v1")
    assert (told["order_id"], told["township"], told["day"]) == (str(order), VILLAGE[:9], TODAY)
    report = a_visit(order, worker, started_at=f"{TODAY}T11:05:00+08:00", ended_at=f"{TODAY}T11:50:00+08:00")
    await edge.done("/v1/visits", {**report, "source": "offline", "evidence": PROOF}, "provider", provider)
    assert (await edge.get("/v1/appointments?status=missed", "bureau"))["items"] == []


async def test_a_visit_begun_and_never_ended_is_listed(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    appointment = await sent(edge, provider, worker, order)
    edge.running.clock.move(AT_ELEVEN)
    await edge.done(f"/v1/appointments/{appointment['id']}/start", {}, "provider", provider)
    await edge.pass_time(AT_ELEVEN + POLICY.visits.unended_after + timedelta(minutes=5))
    assert [row["id"] for row in (await edge.get("/v1/appointments?status=left_open"))["items"]] == [appointment["id"]]
    assert await edge.told("providers.visit_missed.v1") == []


async def test_an_order_cancelled_calls_the_worker_off(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    await sent(edge, provider, worker, order)
    await edge.hear("orders", OrderCancelled(at=NOW, order_id=order, reason_code="died"))
    day = await edge.get(f"/v1/workers/{worker}/day?day={TODAY}", "provider", provider)
    assert day["appointments"] == []


async def test_the_code_is_told_to_the_persons_side_only_and_noted(edge: Edge) -> None:
    provider, _, order = await a_county(edge)
    code = await code_of(edge, order)
    assert await edge.get(f"/v1/taken/{order}/code?purpose=tell", "hotline") == {
        "order_id": str(order), "attempt": 1, "code": code,
    }  # fmt: skip
    headers = edge.headers("provider", provider)
    answer = await edge.client.get(f"/v1/taken/{order}/code?purpose=tell", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.role")
    query = "select role, fields, person from vault_reads where county = $1 order by role"
    reads = await edge.running.database.fetch(query, edge.county)
    assert [(row["role"], row["fields"], row["person"]) for row in reads] == [
        ("bureau", ["visit_code"], PERSON), ("hotline", ["visit_code"], PERSON),
    ]  # fmt: skip


async def test_a_code_cannot_be_found_by_trying(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    code, path = await code_of(edge, order), f"/v1/taken/{order}/code-tries"
    for number in range(1, (POLICY.visits.code_tries or 0) + 1):
        tried = await edge.done(path, {"code": wrong(code)}, "provider", provider)
        assert tried == {"order_id": str(order), "result": "wrong", "wrong_tries": number}
    assert await edge.refused(path, {"code": code}, "provider", provider) == (409, "code.no_tries_left")
    visit = a_visit(order, worker, code=code, evidence=PROOF)
    told = await edge.done("/v1/visits", visit, "provider", provider)
    assert told["exceptions"] == [{"code": "code_wrong", "colour": "amber"}]


async def test_the_right_code_after_the_report_lifts_the_exception(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    code = await code_of(edge, order)
    report = a_visit(order, worker, code=wrong(code), evidence=PROOF)
    visit = await edge.done("/v1/visits", report, "provider", provider)
    assert [one["code"] for one in visit["exceptions"]] == ["code_wrong"]
    tried = await edge.done(f"/v1/taken/{order}/code-tries", {"code": code}, "provider", provider)
    assert (tried["result"], tried["wrong_tries"]) == ("right", 1)
    whole = await edge.get(f"/v1/visits/{visit['id']}")
    assert (whole["code"], whole["exceptions"]) == ("right", [])


async def test_of_two_visits_that_clash_both_are_marked_and_told(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    other = await taken(edge, provider)
    first = await edge.done("/v1/visits", a_visit(order, worker), "provider", provider)
    second = await edge.done("/v1/visits", a_visit(other, worker), "provider", provider)
    for visit in (first, second):
        whole = await edge.get(f"/v1/visits/{visit['id']}")
        red = [one["code"] for one in whole["exceptions"] if one["colour"] == "red"]
        assert sorted(red) == ["overlap_worker", "photo_reused"]
    told = await edge.told("providers.visit_noticed.v1")
    assert {one["visit_id"] for one in told} == {first["id"]}
    assert {one["code"] for one in told[-1]["exceptions"] if one["colour"] == "red"} == set(red)


async def test_a_visit_sent_back_is_mended_and_the_old_values_stay(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    visit = await edge.done("/v1/visits", a_visit(order, worker), "provider", provider)
    stream = UUID(visit["id"])
    back = OrderReturned(at=NOW, order_id=order, visit_id=stream, provider=provider, reason_code="no_proof")
    await edge.hear("orders", back)
    body = {
        "cause": "mistake", "reason": "照片漏传", "evidence": PROOF, "ended_at": f"{TODAY}T08:30:00+08:00",
        "register_line": "2026-11/17",
    }  # fmt: skip
    mended = await edge.done(f"/v1/visits/{stream}/supplements", body, "provider", provider)
    assert (mended["id"], mended["minutes"]) == (str(stream), 30)
    whole = await edge.get(f"/v1/visits/{stream}", "provider", provider)
    [supplement] = whole["supplements"]
    [why] = (await edge.get(f"/v1/visits/{stream}/writings?purpose=verify", "bureau"))["items"]
    assert (why["event"], why["text"]) == ("supplemented", body["reason"])
    assert datetime.fromisoformat(supplement["ended_at_before"]) == datetime.fromisoformat(f"{TODAY}T08:45:00+08:00")
    assert (supplement["cause"], whole["returned"], whole["register_line"]) == ("mistake", False, "2026-11/17")
    told = await edge.told("providers.visit_completed.v1")
    assert [(one["visit_id"], one["minutes"]) for one in told] == [(str(stream), 45), (str(stream), 30)]
    stored = await edge.running.database.fetch("select state from events where county = $1", edge.county)
    assert "照片漏传".encode() not in b"".join(row["state"] for row in stored)


async def test_a_mended_end_that_reaches_into_another_visit_is_red_on_both(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    other = await taken(edge, provider)
    visit = await edge.done("/v1/visits", a_visit(order, worker), "provider", provider)
    after = {"started_at": f"{TODAY}T08:50:00+08:00", "ended_at": f"{TODAY}T09:30:00+08:00", "photos": ["d" * 64]}
    beside = await edge.done("/v1/visits", a_visit(other, worker, **after), "provider", provider)
    stream = UUID(visit["id"])
    back = OrderReturned(at=NOW, order_id=order, visit_id=stream, provider=provider, reason_code="no_proof")
    await edge.hear("orders", back)
    body = {"cause": "mistake", "reason": "时间填错", "ended_at": f"{TODAY}T09:00:00+08:00"}
    await edge.done(f"/v1/visits/{stream}/supplements", body, "provider", provider)
    for one in (visit, beside):
        whole = await edge.get(f"/v1/visits/{one['id']}")
        assert {"code": "overlap_worker", "colour": "red"} in whole["exceptions"]


async def test_another_attempt_has_another_code(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    code = await code_of(edge, order)
    visit = await edge.done("/v1/visits", a_visit(order, worker, code=code, evidence=PROOF), "provider", provider)
    stream = UUID(visit["id"])
    back = OrderReturned(at=NOW, order_id=order, visit_id=stream, provider=provider, reason_code="no_proof")
    await edge.hear("orders", back)
    again = await edge.get(f"/v1/taken/{order}/code?purpose=tell", "bureau")
    assert (again["attempt"], again["code"] != code) == (2, True)


async def test_a_report_too_old_becomes_a_visit_when_the_township_answers(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    edge.running.clock.move(NOW + timedelta(days=POLICY.visits.longest_days_late or 0, hours=9))
    report = a_visit(order, worker, evidence=PROOF, source="paper", register_line="2026-11/17")
    assert await edge.refused("/v1/visits", report, "provider", provider) == (422, "visit.too_old")
    filed = await edge.done("/v1/late-reports", {**report, "reason": "手机损坏"}, "provider", provider)
    assert (await edge.get("/v1/visits"))["items"] == []
    confirmation = f"/v1/late-reports/{filed['id']}/confirmation"
    confirmed = await edge.done(confirmation, {"reason": "已入户核实"}, "bureau")
    whole = await edge.get(f"/v1/visits/{confirmed['visit']}")
    assert (whole["confirmed_by"], whole["register_line"], whole["source"]) == ("bureau", "2026-11/17", "paper")
    why = await edge.get(f"/v1/late-reports/{filed['id']}/writings?purpose=check", "bureau")
    told = [(one["event"], one["text"]) for one in why["items"]]
    assert told == [("filed", "手机损坏"), ("confirmed", "已入户核实")]
    [told] = await edge.told("providers.visit_completed.v1")
    assert told["day"] == TODAY
    stored = await edge.running.database.fetch("select state from events where county = $1", edge.county)
    everything = b"".join(row["state"] for row in stored)
    assert "手机损坏".encode() not in everything
    assert "已入户核实".encode() not in everything


async def test_a_late_report_for_an_order_served_meanwhile_is_not_confirmed(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    report = a_visit(order, worker, evidence=PROOF)
    filed = await edge.done("/v1/late-reports", {**report, "reason": "手机损坏"}, "provider", provider)
    await edge.done("/v1/visits", report, "provider", provider)
    path = f"/v1/late-reports/{filed['id']}"
    refused = await edge.refused(f"{path}/confirmation", {"reason": "核实"}, "bureau")
    assert refused == (409, "visit.reported_already")
    assert (await edge.done(f"{path}/refusal", {"reason": "已有记录"}, "bureau"))["status"] == "refused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"worker_id": str(uuid4())}, "appointment.worker_unknown"),
        (
            {"starts_at": "2026-11-08T09:00:00+08:00", "ends_at": "2026-11-08T10:00:00+08:00"},
            "appointment.outside_window",
        ),
    ],
)
async def test_an_appointment_that_cannot_be_is_refused(edge: Edge, changes: dict[str, Any], code: str) -> None:
    provider, worker, order = await a_county(edge)
    body = {"order_id": str(order), "worker_id": str(worker), "starts_at": BEGINS, "ends_at": ENDS, **changes}
    assert await edge.refused("/v1/appointments", body, "provider", provider) == (422, code)
    assert await edge.refused("/v1/appointments", body, "provider", uuid4()) == (404, "not_found")
    assert date.fromisoformat(TODAY) == NOW.date()


async def test_where_no_worker_is_named_the_proposed_one_comes(edge: Edge) -> None:
    provider, worker, order = await a_county(edge)
    body = {"order_id": str(order), "starts_at": BEGINS, "ends_at": ENDS}
    assert (await edge.done("/v1/appointments", body, "provider", provider))["worker"] == str(worker)
