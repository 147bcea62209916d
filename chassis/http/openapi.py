"""The OpenAPI 3.1 description: the framework's, with our problems, bearer tokens and roles added to each operation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from chassis.http.declared import Declared
from chassis.http.documented import path_names
from chassis.http.operation import OperationRoute
from chassis.problems import GENERAL, SCHEMA, Problems

_ALWAYS = ("internal", "unavailable")
_WITH_TOKEN = (
    *(code for code in GENERAL if code.startswith(("token.", "county."))),
    "forbidden.role",
    "forbidden.county",
)
_WITH_KEY = (*(code for code in GENERAL if code.startswith("idempotency_key.")), "overloaded", "body.too_large")
_WITH_BODY = tuple(code for code in GENERAL if code.startswith("body.") and code != "body.unexpected")
_WITH_QUERY = tuple(code for code in GENERAL if code.startswith("query."))


def describe(title: str, version: str, routes: Iterable[BaseRoute], problems: Problems) -> dict[str, Any]:
    """The OpenAPI document of ``routes``."""
    operations = [route for route in routes if isinstance(route, OperationRoute)]
    document: dict[str, Any] = get_openapi(
        title=title, version=version, routes=operations, separate_input_output_schemas=False
    )
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = SCHEMA
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    for route in operations:
        _complete(document["paths"][route.path][route.declared.method.lower()], route.declared, problems)
    return document


def _complete(operation: dict[str, Any], declared: Declared, problems: Problems) -> None:
    if declared.roles is not None:
        operation["security"] = [{"bearer": []}]
        operation["x-careloop-roles"] = sorted(declared.roles)
    responses = operation["responses"]
    del responses["default"]
    told: dict[int, list[str]] = {}
    for code in _codes(declared):
        status, _title, title_en = problems.of(code)
        told.setdefault(status, []).append(f"`{code}` {title_en}")
    for status, lines in sorted(told.items()):
        responses[str(status)] = {
            "description": "\n".join(f"- {line}" for line in lines),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _codes(declared: Declared) -> tuple[str, ...]:
    codes = [*_ALWAYS, *declared.refusals]
    if declared.roles is not None:
        codes += _WITH_TOKEN
    if declared.method == "POST":
        codes += [*_WITH_KEY, *(_WITH_BODY if declared.body is not None else ("body.unexpected",))]
    if declared.filters.types:
        codes += _WITH_QUERY
    if "after" in declared.filters.types:
        codes.append("cursor.invalid")
    if path_names(declared.path):
        codes.append("not_found")
    return tuple(dict.fromkeys(codes))
