"""Who may do what, at the edge: asked of the policies before key and body are read, and of every single thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from chassis.http import Body, Call, Routes, create_app
from chassis.service import Ask, Step
from tests.chassis import toy
from tests.chassis.http.conftest import Edge, Start
from tests.chassis.http.counting import CounterRow, service

MINE, OTHERS = "130528100", "130528101"


async def forgetful(call: Call[None]) -> dict[str, Any]:
    """Answers without having asked whether the caller may see it."""
    return {"id": uuid4(), "total": 1, "owner": "p1"}


async def forgetful_command(call: Call[None]) -> Ask:
    """Decides without having asked whether the caller may."""
    return call.ask(Step(decider=toy.counter, stream=call.new_id("counter"), command=toy.Add(amount=1, at=call.at)))


async def unheard_of(call: Call[None]) -> None:
    """No policy names it."""


async def written(edge: Edge) -> int:
    """How often anything was written in the county."""
    row = await edge.running.database.works.fetchrow("select public_position from head where county = $1", edge.county)
    return row["public_position"] if row else 0


async def test_a_role_is_refused_before_key_and_body_are_read(edge: Edge) -> None:
    answer = await edge.client.post("/v1/counters", content=b"\xff", headers=edge.headers("village"))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.role")


async def test_a_county_is_refused_before_key_and_body_are_read(edge: Edge) -> None:
    headers = {**edge.headers(), "Careloop-County": "130529"}
    answer = await edge.client.post("/v1/counters", content=b"\xff", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.county")


async def test_a_token_of_a_region_is_for_those_whose_business_reaches_beyond_one_county(edge: Edge) -> None:
    for role, county in (("bureau", "1305"), ("township", "13"), ("provider", "1305"), ("finance", "")):
        claims = {"county": county, "owner": "p1"}
        answer = await edge.get("/v1/clock", role=role, claims=claims, headers={"Careloop-County": "130528"})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.county"), role
    answer = await edge.get("/v1/clock", role="city", claims={"county": "1305"}, headers={"Careloop-County": "130528"})
    assert answer.status_code == 200


async def test_what_is_anothers_is_not_there_for_who_acts_for_an_owner(edge: Edge) -> None:
    made = await edge.post("/v1/counters", {"amount": 3, "owner": "p1"})
    path = f"/v1/counters/{made.json()['id']}"
    other = await edge.get(path, role="provider", claims={"owner": "p2"})
    nothing = await edge.get(f"/v1/counters/{uuid4()}", role="provider", claims={"owner": "p2"})
    assert (other.status_code, other.json()) == (nothing.status_code, nothing.json()) == (404, nothing.json())
    assert other.json()["code"] == "not_found"


async def test_who_had_a_hand_in_it_is_told_so(edge: Edge) -> None:
    path, claims = f"/v1/townships/{MINE}", {"township": MINE, "subject": "began"}
    answer = await edge.post(path, role="township", claims=claims)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.conflict")


async def test_of_two_walls_the_outer_one_is_named(edge: Edge) -> None:
    answer = await edge.post(f"/v1/townships/{OTHERS}", role="township", claims={"township": MINE, "subject": "began"})
    assert answer.json()["code"] == "forbidden.township"


async def test_a_decision_is_judged_on_the_state_that_it_changes(edge: Edge) -> None:
    made = await edge.post("/v1/counters", {"amount": 3, "owner": "p1"})
    before, path = await written(edge), f"/v1/counters/{made.json()['id']}/owned"
    other = await edge.post(path, role="provider", claims={"owner": "p2"})
    unknown = await edge.post(f"/v1/counters/{uuid4()}/owned", role="provider", claims={"owner": "p1"})
    assert [each.json()["code"] for each in (other, unknown)] == ["not_found", "not_found"]
    assert await written(edge) == before
    own = await edge.post(path, role="provider", claims={"owner": "p1"})
    assert own.status_code == 200
    assert await written(edge) == before + 1


async def test_an_officer_is_told_by_the_decision_that_nothing_is_there(edge: Edge) -> None:
    answer = await edge.post(f"/v1/counters/{uuid4()}/owned")
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
async def test_a_handler_that_never_asked_answers_nothing_and_changes_nothing(start: Start, method: str) -> None:
    routes = Routes(tag="t")
    routes.get("/v1/forgetful", answer=CounterRow)(forgetful)
    routes.post("/v1/forgetful")(forgetful_command)
    async with start(service=replace(service, router=routes.router)) as edge:
        answer = await getattr(edge, method)("/v1/forgetful")
        assert (answer.status_code, answer.json()["code"]) == (500, "internal")
        assert await written(edge) == 0


async def test_an_application_with_a_route_that_no_policy_names_does_not_start(edge: Edge) -> None:
    routes = Routes(tag="t")
    routes.get("/v1/x", answer=Body)(unheard_of)
    with pytest.raises(ValueError, match=r"toy\.unheard_of"):
        create_app(replace(service, router=routes.router), edge.running)
