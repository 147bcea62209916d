"""The OpenAPI document tells what the routes do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi import APIRouter

from chassis.http import Routes, create_app
from tests.chassis.http.conftest import Edge
from tests.chassis.http.counting import CounterRow, service


@pytest.fixture
async def document(edge: Edge) -> dict[str, Any]:
    answer = await edge.client.get("/openapi.json")
    assert answer.status_code == 200
    return dict(answer.json())


async def test_it_is_of_version_3_1_and_needs_no_token(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "玩具 Toy"


async def test_a_command_has_body_answer_key_token_and_roles(document: dict[str, Any]) -> None:
    operation = document["paths"]["/v1/counters"]["post"]
    assert operation["operationId"] == "counters_begin"
    assert operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/AddTo")
    assert operation["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].endswith("/CounterAnswer")
    assert operation["security"] == [{"bearer": []}]
    assert operation["x-careloop-roles"] == ["bureau", "provider", "service"]
    keys = [each for each in operation["parameters"] if each["name"] == "Idempotency-Key"]
    assert [(key["in"], key["required"]) for key in keys] == [("header", True)]


async def test_refusals_are_problems_by_status_with_their_codes(document: dict[str, Any]) -> None:
    shared = document["components"]["responses"]
    told = document["paths"]["/v1/counters"]["post"]["responses"]
    responses = {status: shared.get(one.get("$ref", "").rpartition("/")[2], one) for status, one in told.items()}
    assert "`counter.limit_reached` The limit is reached" in responses["409"]["description"]
    assert responses["409"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
    assert {"400", "401", "403", "409", "413", "415", "422", "500", "503"} <= responses.keys()
    assert "default" not in responses


async def test_nothing_of_the_framework_shows_through(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in document["components"]["schemas"]


async def test_a_page_tells_its_rows_and_filters(document: dict[str, Any]) -> None:
    operation = document["paths"]["/v1/counters"]["get"]
    names = {each["name"] for each in operation["parameters"]}
    assert {"owner", "total", "limit", "after", "sort", "Careloop-County", "X-Request-Id"} == names
    page = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    items = document["components"]["schemas"][page]["properties"]["items"]
    assert items["items"]["$ref"].endswith("/CounterRow")


async def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids))


async def test_an_application_with_a_refusal_nobody_explains_does_not_start(edge: Edge) -> None:
    routes = Routes(tag="t")
    routes.get("/v1/x", answer=CounterRow, refusals=("counter.unknown",))(_nothing)
    with pytest.raises(ValueError, match=r"counter\.unknown"):
        create_app(replace(service, router=routes.router), edge.running)


async def test_an_application_with_a_route_declared_twice_does_not_start(edge: Edge) -> None:
    routes = Routes(tag="t")
    for _ in range(2):
        routes.get("/v1/x/{x_id}", answer=CounterRow)(_nothing)
    with pytest.raises(ValueError, match="declared twice"):
        create_app(replace(service, router=routes.router), edge.running)


async def test_an_application_with_a_route_of_another_kind_does_not_start(edge: Edge) -> None:
    router = APIRouter()
    router.get("/v1/x")(_nothing)
    with pytest.raises(ValueError, match="declared with"):
        create_app(replace(service, router=lambda: router), edge.running)


async def _nothing(call: Any) -> None:
    return None
