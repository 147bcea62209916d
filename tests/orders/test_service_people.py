"""Policies and persons as the service runs: published, registered, sealed."""

from __future__ import annotations

from uuid import UUID

from tests.edge import Edge
from tests.orders.conftest import pack_of
from tests.orders.journeys import beneficiary, registered, running_plan


async def test_a_pack_with_faults_is_refused_by_place(county: Edge):
    wrong = pack_of(county.county).replace('rate_yuan = "300"', 'rate_yuan = "３００"')
    response = await county.post("/v1/policies", {"document": wrong})
    assert response.status_code == 422
    assert [error["place"].split()[0] for error in response.json()["errors"]] == ["settlement.rule[1].rate_yuan"]


async def test_another_countys_pack_is_refused(county: Edge):
    assert await county.refused("/v1/policies", {"document": pack_of("130529")}) == (422, "policy.other_county")


async def test_a_published_pack_is_told_and_read_back_as_it_was(county: Edge):
    [told] = await county.told("orders.policy_adopted.v1")
    read = await county.get(f"/v1/policies/{county.county}/0001")
    assert told["document"] == read["document"] == pack_of(county.county)
    assert told["sha256"] == read["sha256"]


async def test_persons_get_service_numbers_one_after_the_other(county: Edge):
    numbers = [(await county.done("/v1/beneficiaries", beneficiary(county, n)))["service_number"] for n in range(1, 4)]
    assert numbers == [f"{county.county}{n:07}" for n in range(1, 4)]


async def test_a_person_is_not_registered_twice(county: Edge):
    await registered(county)
    assert await county.refused("/v1/beneficiaries", beneficiary(county)) == (409, "beneficiary.duplicate")


async def test_a_wrong_identity_number_is_refused_without_an_echo(county: Edge):
    wrong = beneficiary(county)
    wrong["id_number"] = wrong["id_number"][:16] + "0" + wrong["id_number"][17:]
    response = await county.post("/v1/beneficiaries", wrong)
    assert (response.status_code, response.json()["code"]) == (422, "beneficiary.id_number_wrong")
    assert wrong["id_number"] not in response.text


async def test_personal_data_are_read_for_a_purpose_and_the_read_is_noted(county: Edge):
    person = await registered(county)
    personal = await county.get(f"/v1/beneficiaries/{person}/personal?purpose=home+visit", role="township")
    assert personal["name"] == "赵某"
    query = "select purpose, role from vault_reads where county = $1 and person = $2"
    [read] = await county.running.database.fetch(query, county.county, UUID(person))
    assert (read["purpose"], read["role"]) == ("home visit", "township")


async def test_nothing_that_names_a_person_is_stored_or_told_in_clear(county: Edge):
    await running_plan(county)
    stored = await county.running.database.fetch(
        "select state as text from events where county = $1 union all"
        " select body from public_log where county = $1 union all"
        " select body from inbox where county = $1",
        county.county,
    )
    clear = beneficiary(county)
    written = b"".join(row["text"] for row in stored)
    assert written
    for field in ("name", "id_number", "phone"):
        assert clear[field].encode() not in written
