"""Fields of a class: shown to who may see the class, null to everybody else, no way round by filters and sorts."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from chassis.http import Body, field_class
from chassis.http.classes import classes_of
from tests.chassis.http.conftest import Edge


class Inner(Body):
    tier: Annotated[str | None, field_class("health")]


class Outer(Body):
    price_fen: Annotated[int | None, field_class("money")]
    people: list[Inner]
    plain: int


@pytest.fixture
async def person(edge: Edge) -> Edge:
    await edge.post("/v1/counters", {"amount": 3, "owner": "p1"})
    return edge


async def test_classes_are_found_in_whatever_an_answer_holds() -> None:
    assert classes_of(Outer) == {"money", "health"}


async def test_a_field_of_a_class_can_be_null() -> None:
    class Never(Body):
        tier: Annotated[str, field_class("health")]

    with pytest.raises(ValueError, match="can be null"):
        classes_of(Never)


async def test_who_sees_the_class_sees_the_field(person: Edge) -> None:
    page = (await person.get("/v1/people", role="bureau")).json()
    assert [(row["total"], row["tier"]) for row in page["items"]] == [(3, "full")]
    one = (await person.get(f"/v1/people/{page['items'][0]['id']}", role="bureau")).json()
    assert one["tier"] == "full"


async def test_to_everybody_else_it_is_null(person: Edge) -> None:
    page = (await person.get("/v1/people", role="hotline")).json()
    assert [(row["total"], row["tier"]) for row in page["items"]] == [(3, None)]
    one = (await person.get(f"/v1/people/{page['items'][0]['id']}", role="hotline")).json()
    assert one == {**page["items"][0], "tier": None}


async def test_the_answer_of_a_command_is_no_way_round(edge: Edge) -> None:
    told: dict[str, Any] = {}
    for role in ("bureau", "hotline"):
        answer = await edge.post("/v1/people", role=role)
        told[role] = answer.json()["tier"]
    assert told == {"bureau": "full", "hotline": None}


@pytest.mark.parametrize("query", ["tier=full", "sort=tier", "sort=-tier"])
async def test_nobody_filters_or_sorts_by_what_it_does_not_see(person: Edge, query: str) -> None:
    seen = await person.get(f"/v1/people?{query}", role="bureau")
    hidden = await person.get(f"/v1/people?{query}", role="hotline")
    assert seen.status_code == 200
    assert (hidden.status_code, hidden.json()["code"]) == (403, "forbidden.field")


async def test_the_description_names_the_class(edge: Edge) -> None:
    document = (await edge.client.get("/openapi.json")).json()
    assert document["components"]["schemas"]["PersonRow"]["properties"]["tier"]["x-careloop-class"] == "health"
