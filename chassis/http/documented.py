"""The signature of a declared route, as the framework reads it for OpenAPI; it is never called."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any
from uuid import UUID

import fastapi

from chassis.http.declared import Declared
from chassis.http.query import TEXT_MAX

_PATH_NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def documented(declared: Declared) -> Callable[..., Any]:
    """A function with the parameters of ``declared``: path, query, headers, body."""

    async def endpoint(**_parameters: object) -> None:
        raise RuntimeError(f"{declared.path} is served by chassis.http.create_app only")

    endpoint.__name__ = declared.name
    endpoint.__doc__ = None
    endpoint.__signature__ = Signature(list(_parameters(declared)))  # type: ignore[attr-defined]
    return endpoint


def path_names(path: str) -> tuple[str, ...]:
    """The names of the parameters in a path."""
    return tuple(_PATH_NAME.findall(path))


def takes_if_match(declared: Declared) -> bool:
    """Whether a command is about a stream that its path names."""
    return declared.method == "POST" and any(name.endswith("_id") for name in path_names(declared.path))


def _parameters(declared: Declared) -> list[Parameter]:
    found = [_required(name, Annotated[_kind(name), fastapi.Path()]) for name in path_names(declared.path)]
    for name, kind in declared.filters.types.items():
        query = fastapi.Query(max_length=TEXT_MAX) if kind is str else fastapi.Query()
        found.append((_required if name in declared.filters.required else _optional)(name, Annotated[kind, query]))
    if declared.method == "POST":
        key = fastapi.Header(
            alias="Idempotency-Key", min_length=1, max_length=128, pattern="^[!-~]+$",
            description="A repetition with the same key and body gets the kept answer."
            if not declared.keyless else "Not needed and not looked at: this answer is never kept.",
        )  # fmt: skip
        found.append((_optional if declared.keyless else _required)("idempotency_key", Annotated[str, key]))
    if takes_if_match(declared):
        seen = fastapi.Header(
            alias="If-Match", max_length=1024,
            description="The ETag of the state the decision rests on; at any other it is refused with 412.",
        )  # fmt: skip
        found.append((_required if declared.guarded else _optional)("if_match", Annotated[str, seen]))
    if declared.stream:
        known = fastapi.Header(
            alias="If-None-Match", max_length=1024, description="The ETag the caller has already: 304 if it still is."
        )
        found.append(_optional("if_none_match", Annotated[str, known]))
    if not declared.public:
        county = fastapi.Header(
            alias="Careloop-County", pattern="^[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?$",
            description="The county, for callers that may act on several.",
        )  # fmt: skip
        found.append(_optional("careloop_county", Annotated[str, county]))
        request = fastapi.Header(
            alias="X-Request-Id",
            description="1 to 128 visible ASCII characters, to find the request in our logs; any other is replaced.",
        )  # fmt: skip
        found.append(_optional("x_request_id", Annotated[str, request]))
    if declared.body is not None:
        named = _optional if declared.bare else _required
        found.append(named("body", Annotated[declared.body, fastapi.Body()]))
    return found


def _kind(name: str) -> Any:
    return UUID if name.endswith("_id") else str


def _required(name: str, annotation: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation)


def _optional(name: str, annotation: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=None)
