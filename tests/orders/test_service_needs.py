"""Needs in depth as the service runs under Ningjin's pack 0002: timed, disputed, posted, forwarded, measured."""

from __future__ import annotations

from uuid import UUID

from tests.edge import Edge
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import found, visited
from tests.orders.need_ways import CLEANING, SURVEY, a_need, a_person, first_orders, surveyed
from tests.orders.test_service_rights import as_

SECRET = "邻居刘某认为其子女有能力赡养"


async def test_numbers_run_through_the_year_and_begin_anew(ningjin: Edge):
    person = await a_person(ningjin)
    first = [(await a_need(ningjin, person))["register_number"] for _ in range(2)]
    ningjin.running.clock.move(at("2025-01-02"))
    first.append((await a_need(ningjin, person))["register_number"])
    assert first == [f"{ningjin.county}-{tail}" for tail in ("2024-00001", "2024-00002", "2025-00001")]


async def test_a_late_step_is_listed_for_the_township_and_then_the_county(ningjin: Edge):
    need = (await a_need(ningjin, await a_person(ningjin)))["id"]
    await ningjin.pass_time(at("2024-10-10", "23:59"))
    assert (await ningjin.get("/v1/needs/overdue"))["items"] == []
    await ningjin.pass_time(at("2024-10-11", "00:00"))
    [late] = (await ningjin.get("/v1/needs/overdue", role="township"))["items"]
    assert (late["id"], late["overdue_step"], late["overdue_level"]) == (need, "accept", "township")
    await ningjin.pass_time(at("2024-10-17"))
    [late] = (await ningjin.get("/v1/needs/overdue?overdue_level=county"))["items"]
    assert late["overdue_on"] == "2024-10-10"
    await ningjin.done(f"/v1/needs/{need}/survey", SURVEY, role="village")
    assert (await ningjin.get("/v1/needs/overdue"))["items"] == []


async def test_the_fast_lane_stands_first(ningjin: Edge):
    person = await a_person(ningjin)
    for lane in ({}, {"fast_lane": True}, {"urgent": True}):
        await a_need(ningjin, person, **lane)
    rows = (await ningjin.get("/v1/needs?sort=urgency"))["items"]
    assert [row["urgency"] for row in rows] == ["urgent", "fast_lane", "ordinary"]


async def test_a_dispute_is_reviewed_before_the_confirmation_and_its_words_stay_sealed(ningjin: Edge):
    need = await surveyed(ningjin, await a_person(ningjin))
    await ningjin.done(f"/v1/needs/{need}/dispute", {"reason": SECRET}, role="village")
    assert await ningjin.refused(f"/v1/needs/{need}/confirmation", role="township") == (409, "need.disputed")
    review = {"held_on": "2024-10-08", "present": 9, "in_favour": 7, "minutes": SECRET}
    await ningjin.done(f"/v1/needs/{need}/democratic-review", review, role="township")
    await ningjin.done(f"/v1/needs/{need}/confirmation", role="township")
    stored = await ningjin.running.database.fetch(
        "select state as text from events where county = $1 union all select body from public_log where county = $1"
        " union all select body from inbox where county = $1 union all"
        " select convert_to(needs::text, 'UTF8') from needs where county = $1",
        ningjin.county,
    )
    assert SECRET.encode() not in b"".join(row["text"] for row in stored)


async def test_the_written_reason_is_read_by_who_hands_it_over_and_the_read_is_noted(ningjin: Edge):
    person = await a_person(ningjin)
    need = await surveyed(ningjin, person)
    path = f"/v1/needs/{need}/refusal"
    hidden = await ningjin.client.get(f"{path}?purpose=x", headers=ningjin.headers("township", ""))
    assert hidden.json()["code"] == "not_found"
    await ningjin.done(path, {"reason": SECRET}, role="township")
    told = await ningjin.get(f"{path}?purpose=hand+over", role="village")
    assert told["reason"] == SECRET
    handed = {"handed_on": "2024-10-08", "way": "in_person"}
    await ningjin.done(f"/v1/needs/{need}/refusal-notice", handed, role="village")
    assert (await ningjin.get(f"/v1/needs/{need}"))["handed_on"] == "2024-10-08"
    query = "select fields, purpose, role from vault_reads where county = $1 and person = $2"
    [read] = await ningjin.running.database.fetch(query, ningjin.county, UUID(person))
    assert (read["fields"], read["purpose"], read["role"]) == (["reason"], "hand over", "village")


async def test_who_surveyed_is_kept_from_every_decision(ningjin: Edge):
    need = await surveyed(ningjin, await a_person(ningjin))
    township = as_(ningjin, "township", subject="aide-1", township=f"{ningjin.county}100")
    for decision, body in (
        ("confirmation", None),
        ("refusal", {"reason": "x"}),
        ("watch", {"reason": "x", "look_again_on": "2025-01-08"}),
        ("case-decision", {"held_on": "2024-10-08", "departments": ["a", "b"], "outcome_code": "c", "minutes": "x"}),
    ):
        answer = await ningjin.client.post(f"/v1/needs/{need}/{decision}", headers=township, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.conflict"), decision
    await ningjin.done(f"/v1/needs/{need}/confirmation", role="township")
    bureau = as_(ningjin, "bureau", subject="aide-1")
    answer = await ningjin.client.post(f"/v1/needs/{need}/assessment", headers=bureau, json=CLEANING)
    assert answer.json()["code"] == "forbidden.conflict"


async def test_a_watched_need_comes_back_by_itself(ningjin: Edge):
    need = await surveyed(ningjin, await a_person(ningjin))
    watch = {"reason": "收入暂高于标准", "look_again_on": "2025-01-08"}
    await ningjin.done(f"/v1/needs/{need}/watch", watch, role="township")
    [row] = (await ningjin.get("/v1/needs?state=watched"))["items"]
    assert row["look_again_on"] == "2025-01-08"
    await ningjin.pass_time(at("2025-01-08", "00:00"))
    assert (await ningjin.get(f"/v1/needs/{need}"))["state"] == "surveyed"


async def test_missing_documents_are_listed_until_they_are_settled(ningjin: Edge):
    need = (await a_need(ningjin, await a_person(ningjin)))["id"]
    path = f"/v1/needs/{need}/missing-documents"
    assert await ningjin.refused(path, {"documents": ["id_card"]}) == (422, "need.document_can_be_looked_up")
    await ningjin.done(path, {"documents": ["illness_proof"]}, role="township")
    assert (await ningjin.get(f"/v1/needs/{need}"))["missing"] == ["illness_proof"]
    settled = {"document": "illness_proof", "how": "committed"}
    await ningjin.done(f"/v1/needs/{need}/documents", settled, role="village")
    assert (await ningjin.get(f"/v1/needs/{need}"))["missing"] == []


async def test_answers_are_scored_and_read_back_by_their_version(ningjin: Edge):
    [ability] = [one for one in (await ningjin.get("/v1/instruments"))["instruments"] if one["id"] == "ability"]
    assert ability["in_force"]
    asked = [question["id"] for dimension in ability["dimensions"] for question in dimension["questions"]]
    need = (await a_need(ningjin, await a_person(ningjin)))["id"]
    some = {**SURVEY, "answers": [{"question": asked[0], "score": 1}]}
    assert await ningjin.refused(f"/v1/needs/{need}/survey", some) == (422, "need.answers_incomplete")
    full = {**SURVEY, "answers": [{"question": name, "score": 2} for name in asked]}
    await ningjin.done(f"/v1/needs/{need}/survey", full, role="village")
    assert (await ningjin.get(f"/v1/needs/{need}"))["degree"] == "medium"
    sheets = await ningjin.get(f"/v1/needs/{need}/scores?purpose=review")
    assert sheets["survey"] == {"instrument": "ability/v1", "answers": dict.fromkeys(asked, 2)}
    assert sheets["final"] is None


async def test_a_forwarding_is_followed_until_it_is_closed(ningjin: Edge):
    person = await a_person(ningjin)
    need = (await a_need(ningjin, person))["id"]
    body = {"person_id": person, "need_id": need, "department": "health", "matter_code": "surgery", "note": SECRET}
    sent = (await ningjin.done("/v1/forwardings", body, role="township"))["id"]
    await ningjin.pass_time(at("2024-10-11", "00:00"))
    [late] = (await ningjin.get("/v1/forwardings?overdue=true"))["items"]
    assert (late["id"], late["overdue_step"]) == (sent, "forward_receipt")
    path = f"/v1/forwardings/{sent}"
    await ningjin.done(f"{path}/receipt", {"reference": "WJ-1"}, role="township")
    assert await ningjin.refused(f"{path}/closure", {"outcome_code": "helped"}) == (409, "forwarding.not_answered")
    await ningjin.done(f"{path}/answer", {"result": "helped", "note": "已安排手术"}, role="township")
    await ningjin.done(f"{path}/closure", {"outcome_code": "helped"})
    assert (await ningjin.get(path))["state"] == "closed"
    notes = await ningjin.get(f"{path}/notes?purpose=follow+up")
    assert notes == {"note": SECRET, "answer": "已安排手术"}
    elsewhere = {**body, "person_id": await a_person(ningjin, 3)}
    assert await ningjin.refused("/v1/forwardings", elsewhere) == (404, "forwarding.need_unknown")


async def test_who_decides_reads_why_somebody_objects_and_what_the_meeting_said(ningjin: Edge):
    person = await a_person(ningjin)
    need = (await a_need(ningjin, person))["id"]
    path = f"/v1/needs/{need}"
    await ningjin.done(f"{path}/dispute", {"reason": SECRET}, role="village")
    meeting = {"held_on": "2024-10-08", "present": 9, "in_favour": 6, "minutes": "六人同意"}
    await ningjin.done(f"{path}/democratic-review", meeting, role="township")
    written = await ningjin.get(f"{path}/writings?purpose=review", role="township")
    assert [(one["event"], one["text"]) for one in written["items"]] == [
        ("disputed", SECRET),
        ("review_held", "六人同意"),
    ]
    assert await noted(ningjin, person) == 2


async def noted(county: Edge, person: str) -> int:
    """How many reads of what is sealed about the person have left a trace."""
    rows = await county.running.database.fetch(
        "select 1 from vault_reads where county = $1 and person = $2", county.county, UUID(person)
    )
    return len(rows)


async def test_times_are_measured_from_the_finding_to_the_first_visit(ningjin: Edge):
    person = await a_person(ningjin)
    await a_need(ningjin, person, urgent=True)
    need = (await a_need(ningjin, person, urgent=True, found_at="2024-10-07T10:00:00+08:00"))["id"]
    plan = (await ningjin.done(f"/v1/needs/{need}/assessment", CLEANING, role="township"))["plan_id"]
    order, *_ = await first_orders(ningjin, person, plan)
    await ningjin.hear("providers", found(order, PROVIDER, at("2024-10-09")), visited(order, PROVIDER, "2024-10-09"))
    asked = "/v1/response-times?from_day=2024-10-01&to_day=2024-10-31"
    assert (await ningjin.get(asked, role="township"))["times"] == [
        {
            "urgency": "urgent", "needs": 2, "decided": 1, "helped": 1, "median_hours_to_decision": 24,
            "median_days_to_help": 2, "slowest_days_to_help": 2,
        }
    ]  # fmt: skip
    other = await ningjin.client.get(f"{asked}&township={ningjin.county}101", headers=ningjin.headers("township", ""))
    assert other.json()["code"] == "forbidden.township"
