"""The OpenAPI documents that stand are those the applications serve, and keep the rules of OpenAPI 3.1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator

from careloop import openapi_files
from chassis.http.documented import path_names
from contracts import written
from services.declared import PORTS, declared

DOCUMENTS: dict[str, dict[str, Any]] = {
    name: json.loads((openapi_files.CONTRACTS / f"openapi/{name}.json").read_text(encoding="utf-8")) for name in PORTS
}
OPERATIONS = [
    pytest.param(document, path, operation, id=f"{name} {operation['operationId']}")
    for name, document in DOCUMENTS.items()
    for path, methods in document["paths"].items()
    for operation in methods.values()
]
each_operation = pytest.mark.parametrize(("document", "path", "operation"), OPERATIONS)
each_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


def test_every_document_is_as_it_would_be_written_now() -> None:
    assert list(written.stale(openapi_files.CONTRACTS, openapi_files.makers())) == []


async def test_a_document_is_what_its_application_serves() -> None:
    [service] = declared(["providers"])
    transport = httpx2.ASGITransport(app=openapi_files.application(service))
    async with httpx2.AsyncClient(transport=transport, base_url="http://providers.test") as client:
        assert (await client.get("/openapi.json")).json() == DOCUMENTS["providers"]


def test_a_missing_document_is_named_and_written(tmp_path: Path) -> None:
    makers = {"openapi/orders.json": openapi_files.makers()["openapi/orders.json"]}
    assert written.write(tmp_path, makers) == ["openapi/orders.json"]
    assert written.stale(tmp_path, makers) == {}


def test_no_document_stands_without_its_service() -> None:
    assert {path.stem for path in (openapi_files.CONTRACTS / "openapi").iterdir()} == set(PORTS)


@each_document
def test_a_document_is_of_version_3_1_with_title_and_version(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"]
    assert document["info"]["version"]


@each_document
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in _references(document):
        target: Any = document
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


@each_document
def test_no_schema_stands_unused(document: dict[str, Any]) -> None:
    used = {tuple(reference.split("/")[2:]) for reference in _references(document)}
    for part in ("schemas", "responses", "headers"):
        assert {(part, name) for name in document["components"][part]} == {one for one in used if one[0] == part}


@each_document
def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@each_document
def test_an_operation_has_an_id_of_its_own(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids))


@each_operation
def test_an_operation_says_in_a_line_what_it_is_for(document: dict[str, Any], path: str, operation: Any) -> None:
    assert operation["summary"].strip()
    assert operation["tags"]


FOR_EVERYBODY = {
    "complaints_complaint_progress", "satisfaction_rate_on_page",
    "volunteering_check_certificate", "volunteering_verify_certificate", "volunteering_certificate_keys",
}  # fmt: skip
"""What whoever holds a slip or a code, or is shown a certificate, may ask without signing in."""


@each_operation
def test_an_operation_needs_a_token_unless_it_tells_of_health_or_gives_one(
    document: dict[str, Any], path: str, operation: dict[str, Any]
) -> None:
    if operation["tags"] in (["health"], ["tokens"]) or operation["operationId"] in FOR_EVERYBODY:
        assert not operation.get("security")
    else:
        [needed] = operation["security"]
        assert set(needed) <= set(document["components"]["securitySchemes"])
        assert operation["x-careloop-roles"]
        assert operation["x-careloop-scope"].endswith((".read", ".write"))


@each_operation
def test_an_operation_answers_well_in_json_and_ill_with_problems(
    document: dict[str, Any], path: str, operation: dict[str, Any]
) -> None:
    responses = {status: _resolved(document, answer) for status, answer in operation["responses"].items()}
    good = [answer for status, answer in responses.items() if status.startswith("2")]
    ill = [answer for status, answer in responses.items() if status[0] in "45"]
    assert len(good) == 1
    assert len(good) + len(ill) == len(responses.keys() - {"304"})
    assert "500" in responses
    for answer in ill:
        assert list(answer["content"]) == ["application/problem+json"]
        assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert all(answer["description"] for answer in good + ill)


@each_operation
def test_an_operation_describes_every_parameter_once(
    document: dict[str, Any], path: str, operation: dict[str, Any]
) -> None:
    named = [(one["in"], one["name"]) for one in operation.get("parameters", [])]
    assert len(named) == len(set(named))
    in_path = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path" and one["required"]}
    assert in_path == set(path_names(path))
    for parameter in operation.get("parameters", []):
        Draft202012Validator.check_schema(parameter["schema"])


def _resolved(document: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    """The response, or the shared one that it refers to."""
    name = response.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["responses"][name] if name else response
    return found


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for one in node for found in _references(one)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for value in node.values() for found in _references(value)]
