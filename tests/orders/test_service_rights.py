"""Who may do what to people, needs and orders, as the service runs under the deployment's policies."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from chassis.auth import issue
from services.orders.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.orders.conftest import pack_of
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import beneficiary, registered

SURVEY = {"findings": {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}}


def as_(county: Edge, role: str, **says: str) -> dict[str, str]:
    """Headers of somebody with a fresh key; anything of the token may be said."""
    told = {"subject": f"{role}-1", "county": county.county, **says}
    token = issue(county.running.settings, told.pop("subject"), role, **told)
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4()), "If-Match": "*"}


async def refusal(county: Edge, method: str, path: str, headers: dict[str, str], body: Any = None) -> tuple[int, str]:
    """Status and code of a refusal."""
    answer = await county.client.request(method, path, headers=headers, json=body)
    return answer.status_code, answer.json().get("code", "")


async def a_need(county: Edge, **changes: Any) -> str:
    body = {"person_id": await registered(county), "items": ["home_cleaning"], "channel": "village", **changes}
    return str((await county.done("/v1/needs", body, role="village"))["id"])


async def test_an_officer_of_another_township_changes_nothing(county: Edge) -> None:
    need, elsewhere = await a_need(county), f"{county.county}101"
    body = {**SURVEY, "village_worker": "a", "aide": "b"}
    for role in ("village", "township"):
        there = as_(county, role, township=elsewhere)
        survey = await refusal(county, "POST", f"/v1/needs/{need}/survey", there, body)
        assert survey == (403, "forbidden.township")
        assert (await refusal(county, "GET", f"/v1/needs/{need}", there)) == (403, "forbidden.township")
    assert (await county.get(f"/v1/needs/{need}"))["state"] == "registered"


async def test_nobody_registers_a_need_of_a_person_of_another_township(county: Edge) -> None:
    person = await registered(county)
    body = {"person_id": person, "items": ["home_cleaning"], "channel": "village"}
    there = as_(county, "village", township=f"{county.county}101")
    assert await refusal(county, "POST", "/v1/needs", there, body) == (403, "forbidden.township")


async def test_a_village_worker_whose_token_names_no_township_sees_no_person(county: Edge) -> None:
    person = await registered(county)
    nowhere = as_(county, "village")
    assert await refusal(county, "GET", f"/v1/beneficiaries/{person}", nowhere) == (403, "forbidden.township")
    assert await refusal(county, "GET", "/v1/beneficiaries", nowhere) == (403, "forbidden.township")
    assert await refusal(county, "POST", "/v1/beneficiaries", nowhere, beneficiary(county)) == (
        403,
        "forbidden.township",
    )
    assert (await county.client.get("/v1/policies", headers=nowhere)).status_code == 200


async def test_who_surveyed_neither_confirms_nor_refuses(county: Edge) -> None:
    need, here = await a_need(county), f"{county.county}100"
    survey = {**SURVEY, "village_worker": "village-1", "aide": "wang"}
    await county.done(f"/v1/needs/{need}/survey", survey, role="township")
    wang = {"subject": "wang", "township": here}
    for path, body in (("confirmation", None), ("refusal", {"reason": "收入超标"})):
        refused = await refusal(county, "POST", f"/v1/needs/{need}/{path}", as_(county, "township", **wang), body)
        assert refused == (403, "forbidden.conflict")
    await county.done(f"/v1/needs/{need}/confirmation", role="township")


async def test_health_and_categories_are_for_who_handles_the_case(county: Edge) -> None:
    person = await registered(county)
    seen = {}
    for role in ("township", "auditor", "hotline", "city"):
        answer = await county.get(f"/v1/beneficiaries/{person}", role)
        seen[role] = (answer["tier"], answer["categories"], answer["service_number"] != "")
    whole, kept_back = ("half", ["destitute_dispersed"], True), (None, None, True)
    assert seen == {"township": whole, "auditor": whole, "hotline": kept_back, "city": kept_back}
    assert await refusal(county, "GET", "/v1/beneficiaries?tier=half", as_(county, "hotline")) == (
        403,
        "forbidden.field",
    )


async def test_a_provider_assesses_an_urgent_need_where_the_policy_says_so(servers: Servers, tmp_path: Path) -> None:
    async with running_edge(service, servers.settings(), tmp_path, at("2024-09-20")) as other:
        other.county = "996001"
        pack = pack_of(other.county).replace('approves_urgent = "township"', 'approves_urgent = "provider"')
        await other.done("/v1/policies", {"document": pack})
        urgent = await a_need(other, urgent=True)
        body = {"items": [{"item": "home_cleaning"}], "mode": "purchase"}
        answer = await other.done(f"/v1/needs/{urgent}/assessment", body, "provider", PROVIDER)
        assert answer["state"] == "approved"


async def test_another_need_is_none_of_a_providers_business(county: Edge) -> None:
    body = {"items": [{"item": "home_cleaning"}], "mode": "purchase"}
    need, urgent = await a_need(county), uuid4()
    for each in (need, urgent):
        refused = await county.refused(f"/v1/needs/{each}/assessment", body, "provider", PROVIDER)
        assert refused == (404, "not_found")
