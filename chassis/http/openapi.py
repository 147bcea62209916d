"""The OpenAPI 3.1 description: the framework's, completed with what it cannot know.

Problems with their codes, tokens, roles and scopes, headers, examples. ``servers`` is the address the description was
read from, and nobody is named as contact or licensor: that is for who runs it to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from chassis.http.codes import codes
from chassis.http.declared import Declared
from chassis.http.examples import Examples
from chassis.http.files import MEDIA
from chassis.http.operation import OperationRoute
from chassis.problems import SCHEMA, Problems, Refused

DESCRIPTION = """\
金额是整数分；日期与月份按北京时间；请求体为严格 JSON。拒绝时答复 `application/problem+json`，`code` 稳定，
见 docs/spec/problems.md。每个 POST 须带 `Idempotency-Key`；`ETag` 是对象的版本，须先读后定的操作要求 `If-Match`。
示例中的人均为生成数据。

Amounts are whole fen; days and months are those of Asia/Shanghai; bodies are strict JSON. Refusals are
`application/problem+json` with a stable `code`, see docs/spec/problems.md. Every POST needs an `Idempotency-Key`; an
`ETag` is a version, and what is to be decided on what was seen needs `If-Match`. The people in examples are generated.
"""

HEADERS: Mapping[str, tuple[str, str]] = {
    "X-Request-Id": ("The caller's, or one of ours: it is in our logs.", "5f0c1e9b2a7d-1f"),
    "RateLimit-Policy": ("The caller's budget: `q` requests in `w` seconds.", '"caller";q=6000;w=60'),
    "RateLimit": ("What is left of it, and for how many seconds.", '"caller";r=5999;t=60'),
    "ETag": ("The version of what is shown, for `If-Match` and `If-None-Match`.", '"3"'),
    "Retry-After": ("Seconds to wait.", "1"),
    "WWW-Authenticate": ("RFC 6750, section 3.", 'Bearer realm="careloop"'),
    "Deprecation": ("RFC 9745: since when.", "@1782864000"),
    "Sunset": ("RFC 8594: until when.", "Thu, 01 Jul 2027 00:00:00 GMT"),
    "Content-Disposition": ("Where the answer is a file: its name.", 'attachment; filename="people-130528.csv"'),
    "Link": ("The successor.", '</v1/successor>; rel="successor-version"'),
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def describe(
    title: str, version: str, routes: Iterable[BaseRoute], problems: Problems, words: Mapping[str, Any]
) -> dict[str, Any]:
    """The OpenAPI document of ``routes``; ``words`` are the service's examples."""
    operations = [route for route in routes if isinstance(route, OperationRoute)]
    document: dict[str, Any] = get_openapi(
        title=title, version=version, routes=[route.described() for route in operations],
        separate_input_output_schemas=False, description=DESCRIPTION,
        servers=[{"url": "/", "description": "此服务的地址 Where the service answers"}],
    )  # fmt: skip
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = SCHEMA
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}, "example": example}
        for name, (text, example) in HEADERS.items()
    }
    examples = Examples(schemas, words)
    for route in operations:
        operation = document["paths"][route.path][route.declared.method.lower()]
        _complete(operation, route.declared, problems)
        _exemplify(operation, examples)
        if not route.declared.public:
            operation["x-careloop-scope"] = route.scope
            operation["x-careloop-roles"] = sorted(route.running.authority.roles(route.action))
    components["responses"] = _shared(document["paths"])
    said = msgspec.json.encode(document).decode()
    components["headers"] = {name: told for name, told in components["headers"].items() if f'/headers/{name}"' in said}
    return document


def _complete(operation: dict[str, Any], declared: Declared, problems: Problems) -> None:
    """Security, the answer's headers, and a response for every status a problem may have."""
    operation["security"] = [] if declared.public else [{"bearer": []}]
    responses = operation["responses"]
    del responses["default"]
    if declared.stream and not declared.elsewhere:
        responses["304"] = {"description": "未变化 Not modified"}
    for answer in responses.values():
        answer["headers"] = _headers(declared, ("ETag",) if declared.stream else ())
    if declared.upload:
        binary = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(declared.upload, binary)}
    if declared.media:
        responses["200"]["content"] = {declared.media: {"schema": {"type": "string", "format": "binary"}}}
    if declared.files or declared.media:
        responses["200"]["headers"]["Content-Disposition"] = {"$ref": "#/components/headers/Content-Disposition"}
    if declared.files:
        responses["200"]["content"] |= _files(declared)
    told: dict[int, list[str]] = {}
    for code in codes(declared):
        told.setdefault(problems.of(code)[0], []).append(code)
    for status, those in sorted(told.items()):
        more = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}.get(status, ())
        example = msgspec.json.decode(problems.answer(Refused(those[0])).body)
        responses[str(status)] = {
            "description": "\n".join(f"- `{code}` {problems.of(code)[2]}" for code in those),
            "headers": _headers(declared, more),
            "content": {"application/problem+json": {"schema": _PROBLEM, "example": example}},
        }


def _shared(paths: Mapping[str, Any]) -> dict[str, Any]:
    """The problem responses that several operations have alike, which then refer to them."""
    uses: dict[bytes, list[tuple[dict[str, Any], str]]] = {}
    for operation in (operation for methods in paths.values() for operation in methods.values()):
        for status, response in operation["responses"].items():
            if status[0] in "45":
                uses.setdefault(msgspec.json.encode(response), []).append((operation["responses"], status))
    shared: dict[str, Any] = {}
    for places in uses.values():
        if len(places) > 1:
            responses, status = places[0]
            alike = sum(name.startswith(f"Problem{status}") for name in shared)
            name = f"Problem{status}_{alike + 1}"
            shared[name] = responses[status]
            for told, each in places:
                told[each] = {"$ref": f"#/components/responses/{name}"}
    return shared


def _files(declared: Declared) -> dict[str, Any]:
    """The answer as a file: a table as text shows its first line, a workbook shows nothing that fits in here."""
    told = {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()}
    titles = ",".join(declared.columns.values())
    return told | {MEDIA["csv"].partition(";")[0]: {"schema": {"type": "string"}, "example": f"{titles}\r\n"}}


def _headers(declared: Declared, more: Iterable[str]) -> dict[str, Any]:
    names = ["X-Request-Id", *([] if declared.public else ["RateLimit-Policy", "RateLimit"]), *more]
    if declared.deprecated is not None:
        names += ["Deprecation", "Sunset", "Link"]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _exemplify(operation: dict[str, Any], examples: Examples) -> None:
    """An example for every parameter, the body and every answer that is no problem, wherever one is known."""
    shown = [(parameter, parameter["name"]) for parameter in operation.get("parameters", ())]
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for described in (*bodies, *operation["responses"].values()):
        content = described.get("content", {}).get("application/json")
        if content is not None:
            shown.append((content, ""))
    for described, name in shown:
        with suppress(ValueError):
            described["example"] = examples.of(described["schema"], "", name)
