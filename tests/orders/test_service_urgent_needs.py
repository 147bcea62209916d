"""Urgent needs and notices over the REST edge: papers after help, masked on the board, minors as a number."""

from __future__ import annotations

from uuid import UUID

from services.orders.domain.identity import check_character
from tests.edge import Edge
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import beneficiary, found, visited
from tests.orders.need_ways import CLEANING, SURVEY, a_need, a_person, approved, first_orders
from tests.orders.test_service_rights import as_


async def test_an_urgent_plan_hangs_only_after_its_papers_and_is_shown_masked(ningjin: Edge):
    person = await a_person(ningjin)
    need = (await a_need(ningjin, person, urgent=True))["id"]
    plan = (await ningjin.done(f"/v1/needs/{need}/assessment", CLEANING, role="township"))["plan_id"]
    posted = {"posted_on": "2024-10-08"}
    assert await ningjin.refused(f"/v1/plans/{plan}/notice", posted) == (409, "need.not_reviewed")
    assert await ningjin.told("orders.notice_posted.v1") == []
    await ningjin.done(f"/v1/needs/{need}/survey", SURVEY, role="village")
    other = as_(ningjin, "township", subject="township-9", township=f"{ningjin.county}100")
    assert (await ningjin.client.post(f"/v1/needs/{need}/confirmation", headers=other)).status_code == 200
    await ningjin.done(f"/v1/plans/{plan}/notice", posted, role="township")
    notice = f"/v1/villages/{ningjin.county}100201/notice"
    shown = await ningjin.get(notice, role="village")
    assert [(one["masked"], one["until"]) for one in shown["entries"]] == [("赵**", "2024-10-14")]
    assert "赵某" not in str(shown)
    assert (await ningjin.get(f"{notice}?day=2024-10-15"))["entries"] == []


async def test_minors_on_a_notice_are_a_number(ningjin: Edge):
    child = beneficiary(ningjin, 2)
    first_17 = f"{ningjin.county}20150601002"
    child |= {"id_number": first_17 + check_character(first_17), "born": "2015-06-01", "name": "小花"}
    person = str((await ningjin.done("/v1/beneficiaries", child, role="village"))["id"])
    _, plan = await approved(ningjin, person)
    await ningjin.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-10-08"}, role="township")
    shown = await ningjin.get(f"/v1/villages/{ningjin.county}100201/notice")
    assert (shown["entries"], shown["minors"]) == ([], 1)
    reads = await ningjin.running.database.fetch(
        "select 1 from vault_reads where county = $1 and person = $2", ningjin.county, UUID(person)
    )
    assert reads == []


async def test_a_need_that_widened_a_plan_is_posted_with_it(ningjin: Edge):
    person = await a_person(ningjin)
    first, plan = await approved(ningjin, person)
    await ningjin.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-10-08"}, role="township")
    second, widened = await approved(ningjin, person)
    assert widened == plan
    assert (await ningjin.get(f"/v1/needs/{second}"))["notice_on"] is None
    await ningjin.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-10-08"}, role="township")
    for need in (first, second):
        assert (await ningjin.get(f"/v1/needs/{need}"))["notice_on"] == "2024-10-08"
    assert len(await ningjin.told("orders.notice_posted.v1")) == 2


async def test_who_verified_a_visit_does_not_survey_the_urgent_need_afterwards(ningjin: Edge):
    person = await a_person(ningjin)
    need = (await a_need(ningjin, person, urgent=True))["id"]
    plan = (await ningjin.done(f"/v1/needs/{need}/assessment", CLEANING, role="township"))["plan_id"]
    order, *_ = await first_orders(ningjin, person, plan)
    await ningjin.hear("providers", found(order, PROVIDER, at("2024-10-09")), visited(order, PROVIDER, "2024-10-09"))
    ningjin.running.clock.move(at("2024-10-10"))
    verifier = as_(ningjin, "bureau", subject="aide-1")
    path = f"/v1/orders/{order['id']}/verification"
    assert (await ningjin.client.post(path, headers=verifier, json={"result": "accepted"})).status_code == 200
    assert await ningjin.refused(f"/v1/needs/{need}/survey", SURVEY) == (403, "need.surveyor_verified")
