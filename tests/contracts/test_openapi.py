"""Every operation is described completely, and what the description shows is as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from careloop.demo.marks import GENERATED_SEQUENCE
from careloop.openapi_files import application
from chassis.body import check_json
from chassis.http.operation import OperationRoute
from services.declared import declared


class Operation(NamedTuple):
    """One operation of a service's description, and the route it describes."""

    service: str
    name: str
    told: dict[str, Any]
    route: OperationRoute


@cache
def documents() -> dict[str, dict[str, Any]]:
    return {service.name: application(service).openapi() for service in declared()}


def operations() -> Iterator[Operation]:
    for service in declared():
        app = application(service)
        document = documents()[service.name]
        for route in app.router.routes:
            if isinstance(route, OperationRoute):
                method = route.declared.method.lower()
                yield Operation(service.name, f"{method} {route.path}", document["paths"][route.path][method], route)


OPERATIONS = list(operations())
each_operation = pytest.mark.parametrize("one", OPERATIONS, ids=[f"{one.service} {one.name}" for one in OPERATIONS])


@cache
def whole(service: str) -> Draft202012Validator:
    """The service's document, read for its references once."""
    components = {"components": documents()[service]["components"]}
    return Draft202012Validator(components, format_checker=FormatChecker())


def validator(service: str, schema: dict[str, Any]) -> Draft202012Validator:
    """Of ``schema`` within the service's document, where its references lead."""
    return whole(service).evolve(schema=schema)


def responses_of(one: Operation) -> dict[str, dict[str, Any]]:
    """The responses by status; those that several operations share are looked up."""
    shared = documents()[one.service]["components"]["responses"]
    return {
        status: shared[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
        for status, response in one.told["responses"].items()
    }


def contents(one: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is described, by where it stands."""
    for kind, content in one.told.get("requestBody", {}).get("content", {}).items():
        yield f"request {kind}", content
    for status, response in responses_of(one).items():
        for kind, content in response.get("content", {}).items():
            yield f"{status} {kind}", content


@each_operation
def test_it_is_named_in_both_languages(one: Operation) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", one.told["operationId"])
    assert re.search("[\u4e00-\u9fff]", one.told["summary"]), one.told["summary"]
    assert re.search("[A-Za-z]{3,}", one.told["summary"]), one.told["summary"]


@each_operation
def test_it_says_who_may_ask(one: Operation) -> None:
    public = one.route.declared.public
    assert one.told["security"] == ([] if public else [{"bearer": []}])
    assert public or (one.told["x-careloop-roles"] and one.told["x-careloop-scope"])


@each_operation
def test_every_parameter_and_body_has_an_example_that_fits(one: Operation) -> None:
    for parameter in one.told.get("parameters", ()):
        validator(one.service, parameter["schema"]).validate(parameter["example"])
    for place, content in contents(one):
        if content["schema"].get("format") == "binary":
            continue  # a workbook cannot be shown in JSON
        assert "example" in content, place
        validator(one.service, content["schema"]).validate(content["example"])


@each_operation
def test_the_body_it_shows_is_taken(one: Operation) -> None:
    model = one.route.declared.body
    if model is not None:
        raw = json.dumps(one.told["requestBody"]["content"]["application/json"]["example"]).encode()
        check_json(raw)
        assert model.__pydantic_validator__.validate_json(raw, strict=True)


@each_operation
def test_it_tells_every_problem_with_its_status(one: Operation) -> None:
    responses = responses_of(one)
    for code in one.route.declared.refusals:
        status = str(one.route.problems.of(code)[0])
        assert f"`{code}`" in responses[status]["description"]
    for status, response in responses.items():
        if int(status) >= 400:
            problem = response["content"]["application/problem+json"]["example"]
            assert problem["status"] == int(status)
            assert f"`{problem['code']}`" in response["description"]
    expected = {"500", "503", "400"} | (set() if one.route.declared.public else {"401", "403", "429"})
    assert expected <= responses.keys()


@each_operation
def test_it_tells_the_headers_of_its_answers(one: Operation) -> None:
    headers = documents()[one.service]["components"]["headers"]
    for status, response in responses_of(one).items():
        told = response["headers"]
        assert "X-Request-Id" in told
        assert {reference["$ref"].rpartition("/")[2] for reference in told.values()} <= headers.keys()
        assert one.route.declared.public or "RateLimit" in told
        if one.route.declared.stream and status in ("200", "304"):
            assert "ETag" in told
    given = {parameter["name"] for parameter in one.told.get("parameters", ()) if parameter["in"] == "header"}
    keyed = one.route.declared.method == "POST" and not one.route.declared.keyless
    assert not keyed or "Idempotency-Key" in given
    assert one.route.declared.public or {"Careloop-County", "X-Request-Id"} <= given
    assert ("If-None-Match" in given) == bool(one.route.declared.stream)
    assert not one.route.declared.guarded or "If-Match" in given


@pytest.mark.parametrize("service", documents())
def test_a_description_invents_nobody_and_says_where_it_is(service: str) -> None:
    document = documents()[service]
    assert document["openapi"].startswith("3.1")
    assert document["servers"]
    assert not {"contact", "license", "termsOfService"} & document["info"].keys()
    ids = [one.told["operationId"] for one in OPERATIONS if one.service == service]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("service", documents())
def test_the_people_in_examples_are_generated(service: str) -> None:
    text = json.dumps(documents()[service], ensure_ascii=False)
    named = set(re.findall(r'"(?:name|charity_name)": "([^"]*[\u4e00-\u9fff][^"]*)"', text))
    assert all("演示数据" in name or name.endswith("**") for name in named), named
    assert all(number[14:17] == GENERATED_SEQUENCE for number in re.findall(r"\b[0-9]{17}[0-9X]\b", text))
    assert not re.search(r"\b1[3-9][0-9]{9}\b", text)


@pytest.mark.parametrize("service", declared(), ids=lambda service: service.name)
def test_every_word_for_examples_is_of_a_field(service: Any) -> None:
    document = documents()[service.name]
    schemas = document["components"]["schemas"]
    fields = {f"{model}.{field}" for model, schema in schemas.items() for field in schema.get("properties", ())}
    own = [one.told for one in OPERATIONS if one.service == service.name]
    fields |= {f".{parameter['name']}" for told in own for parameter in told.get("parameters", ())}
    names = {field.partition(".")[2] for field in fields}
    unknown = [word for word in service.examples if word not in (fields if "." in word else names)]
    assert not unknown
