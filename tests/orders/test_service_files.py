"""A person's file as the service runs: categories by rule, self-care, guardian, materials, completeness."""

from __future__ import annotations

import pytest

from tests.edge import Edge
from tests.orders.examples import at
from tests.orders.journeys import beneficiary, registered
from tests.orders.people import fresh

DIGEST = "9f" * 32


@pytest.fixture
async def county(in_depth: Edge) -> Edge:
    """A county under the policy in depth, on 10 October 2024."""
    return await fresh(in_depth)


def why(file: dict[str, object], category: str) -> list[tuple[str, str]]:
    lines = file["categories"]
    assert isinstance(lines, list)
    return [(line["reason"], line["source"]) for line in lines if line["category"] == category]


async def test_categories_follow_by_rule_and_say_why(county: Edge):
    person = await registered(county)
    file = await county.get(f"/v1/beneficiaries/{person}/file")
    assert why(file, "destitute_dispersed") == [("recorded", "")]
    assert why(file, "disabled_elderly") == [("rule", "disabled_elderly_by_tier")]
    one = await county.get(f"/v1/beneficiaries/{person}")
    assert set(one["categories"]) == {"destitute_dispersed", "disabled_elderly", "needy_elderly"}


async def test_a_certificate_counts_while_it_is_valid(county: Edge):
    person = await registered(county)
    path = f"/v1/beneficiaries/{person}"
    body = {"kind": "severe_disability", "valid_from": "2024-01-01", "valid_to": "2024-12-31", "sha256": DIGEST}
    await county.done(f"{path}/certificates", body, role="village")
    assert why(await county.get(f"{path}/file"), "severe_disability") == [("certificate", "severe_disability")]
    assert why(await county.get(f"{path}/file?day=2025-01-01"), "severe_disability") == []


async def test_the_tier_follows_the_newest_assessment_of_self_care(county: Edge):
    person = await registered(county)
    path = f"/v1/beneficiaries/{person}"
    body = {"unmet": ["eating", "bathing", "dressing", "toilet"], "assessed_on": "2024-10-08", "assessors": ["a", "b"]}
    answer = await county.done(f"{path}/self-care", body, role="township")
    assert answer["tier"] == "full"
    assert (await county.get(path))["tier"] == "full"
    assert (await county.get(f"{path}/file?day=2024-10-07"))["tier"] == "half"
    clear = await county.get(f"{path}/self-care?purpose=home+visit", role="township")
    assert clear["unmet"] == ["bathing", "dressing", "eating", "toilet"]


async def test_one_alone_does_not_assess_self_care(county: Edge):
    person = await registered(county)
    body = {"unmet": [], "assessed_on": "2024-10-08", "assessors": ["a", "a"]}
    refused = await county.refused(f"/v1/beneficiaries/{person}/self-care", body)
    assert refused == (422, "self_care.assessors_alike")


async def test_whose_guardian_is_unable_shows_up(county: Edge):
    person = await registered(county)
    path = f"/v1/beneficiaries/{person}"
    named = {"name": "李某", "phone": "13900000000", "relation": "nephew", "from_day": "2024-10-01"}
    await county.done(f"{path}/guardian", named, role="village")
    assert (await county.get(path))["guardian"] == "unchecked"
    check = {"result": "unable", "checked_on": "2024-10-09", "reasons": "本人也需照料"}
    await county.done(f"{path}/guardian-check", check, role="township")
    listed = await county.get("/v1/beneficiaries?guardian=unable", role="township")
    assert [row["id"] for row in listed["items"]] == [person]
    clear = await county.get(f"{path}/guardian?purpose=check", role="township")
    assert (clear["name"], clear["reasons"], clear["state"]) == ("李某", "本人也需照料", "unable")
    await county.done(f"{path}/guardian", {**named, "name": "孙某", "from_day": "2024-10-10"}, role="village")
    assert (await county.get(path))["guardian"] == "unchecked"


async def test_a_file_says_what_is_missing_and_when_it_is_complete(county: Edge):
    person = await registered(county)
    path = f"/v1/beneficiaries/{person}"
    file = await county.get(f"{path}/file")
    expected = ["identity_card", "household_book", "status_proof", "need_form", "service_form"]
    assert (file["missing"], file["complete"]) == (expected, False)
    for kind, way, more in (
        ("identity_card", "filed", {"sha256": DIGEST}),
        ("household_book", "declared", {}),
        ("status_proof", "looked_up", {"source": "civil_affairs"}),
        ("need_form", "filed", {"sha256": DIGEST}),
        ("service_form", "filed", {"sha256": DIGEST}),
    ):
        body = {"kind": kind, "way": way, "on": "2024-10-09", **more}
        await county.done(f"{path}/materials", body, role="village")
    file = await county.get(f"{path}/file")
    assert (file["missing"], file["complete"]) == ([], True)
    states = {line["kind"]: line["state"] for line in file["materials"]}
    assert (states["household_book"], states["status_proof"]) == ("declared", "looked_up")
    assert states["disability_certificate"] == "not_needed"


async def test_an_identity_card_cannot_be_declared(county: Edge):
    person = await registered(county)
    body = {"kind": "identity_card", "way": "declared", "on": "2024-10-09"}
    refused = await county.refused(f"/v1/beneficiaries/{person}/materials", body)
    assert refused == (409, "file.declaration_not_allowed")


async def test_who_is_registered_elsewhere_is_registered_and_helped_here(county: Edge):
    body = beneficiary(county, registered_region="620422", residence_permit=True)
    person = (await county.done("/v1/beneficiaries", body, role="village"))["id"]
    need = {"person_id": person, "items": ["home_cleaning"], "channel": "village", "urgent": True}
    await county.done("/v1/needs", need, role="village")
    assert (await county.get(f"/v1/beneficiaries/{person}/file"))["registered_region"] == "620422"


async def test_a_person_has_the_classes_of_their_household_while_they_belong_to_it(county: Edge):
    person = (await county.done("/v1/beneficiaries", beneficiary(county, categories=[]), role="village"))["id"]
    place = {"township": f"{county.county}100", "village": f"{county.county}100201"}
    home = await county.done("/v1/households", {"registered_region": "620422", **place}, role="village")
    path = f"/v1/households/{home['id']}"
    join = {"person_id": person, "relation": "head", "from_day": "2024-10-01"}
    await county.done(f"{path}/members", join, role="village")
    await county.done(f"{path}/classes", {"category": "dibao", "grade": "C", "from_day": "2024-10-01"})
    file = await county.get(f"/v1/beneficiaries/{person}/file")
    assert why(file, "dibao") == [("household", home["id"])]
    assert file["household_number"] == home["household_number"]
    leave = {"person_id": person, "last_day": "2024-10-09", "reason_code": "married"}
    await county.done(f"{path}/departures", leave, role="village")
    assert why(await county.get(f"/v1/beneficiaries/{person}/file"), "dibao") == []
    assert why(await county.get(f"/v1/beneficiaries/{person}/file?day=2024-10-09"), "dibao") != []
    assert (await county.get(f"/v1/beneficiaries/{person}"))["household"] is None


async def test_nobody_belongs_to_two_households(county: Edge):
    person = await registered(county)
    place = {"township": f"{county.county}100", "village": f"{county.county}100201", "registered_region": "620422"}
    homes = [await county.done("/v1/households", place, role="village") for _ in range(2)]
    join = {"person_id": person, "relation": "head", "from_day": "2024-10-01"}
    await county.done(f"/v1/households/{homes[0]['id']}/members", join, role="village")
    refused = await county.refused(f"/v1/households/{homes[1]['id']}/members", join, role="village")
    assert refused == (409, "household.person_elsewhere")


async def test_a_household_s_file_holds_its_classes_and_members_by_service_number(county: Edge):
    people = [await registered(county, number) for number in (1, 2)]
    place = {"township": f"{county.county}100", "village": f"{county.county}100201", "registered_region": "130528"}
    home = (await county.done("/v1/households", {**place, "address": "某巷1号"}, role="village"))["id"]
    for person in reversed(people):
        join = {"person_id": person, "relation": "member", "from_day": "2024-10-01"}
        await county.done(f"/v1/households/{home}/members", join, role="village")
    await county.done(f"/v1/households/{home}/classes", {"category": "destitute", "from_day": "2024-10-01"})
    file = await county.get(f"/v1/households/{home}/file")
    assert [member["person"] for member in file["members"]] == people
    assert [(one["category"], one["recheck_on"]) for one in file["classes"]] == [("destitute", "2025-10-01")]
    clear = await county.get(f"/v1/households/{home}/personal?purpose=visit", role="township")
    assert clear["address"] == "某巷1号"


async def test_a_household_that_is_not_checked_again_in_half_a_year_shows_up(county: Edge):
    place = {"township": f"{county.county}100", "village": f"{county.county}100201", "registered_region": "620422"}
    home = await county.done("/v1/households", place, role="village")
    path = f"/v1/households/{home['id']}"
    await county.done(f"{path}/classes", {"category": "dibao", "grade": "C", "from_day": "2024-10-01"})
    await county.pass_time(at("2025-03-31"))
    assert (await county.get("/v1/households?recheck_due=true"))["items"] == []
    await county.pass_time(at("2025-04-01"))
    assert [row["id"] for row in (await county.get("/v1/households?recheck_due=true"))["items"]] == [home["id"]]
    await county.done(f"{path}/rechecks", {"category": "dibao", "checked_on": "2025-04-01", "findings": "收入无变化"})
    again = await county.get(path)
    assert (again["recheck_due"], again["recheck_on"]) == (False, "2025-10-01")
