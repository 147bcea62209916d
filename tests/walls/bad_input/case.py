"""A case of bad input: one request, its one answer. Bodies may hold JSON that no encoder would write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from tests.walls.bad_input.wire import Header


class Literal(NamedTuple):
    """JSON text that is put into a body as it stands: ``1e2``, ``NaN``."""

    text: str


ABSENT = Literal("")
"""Takes a field out of a template's body."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A good request: asked in another county it is accepted (``test_accepted``)."""

    service: str
    path: str
    by: str = "bureau"
    body: Mapping[str, Any] | None = None
    status: int = 201
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """``place`` and ``fault`` are what the problem names; empty where it names none.

    ``body`` None sends none; ``raw`` are bytes to be sent instead. ``headers`` are added, ``without`` leaves usual ones
    out. ``name`` is a sentence.
    """

    name: str
    service: str
    path: str
    status: int
    code: str
    by: str = "bureau"
    method: str = "POST"
    body: Any = None
    raw: bytes | None = None
    headers: tuple[Header, ...] = ()
    without: frozenset[str] = field(default=frozenset())
    place: str = ""
    fault: str = ""

    def __str__(self) -> str:
        return self.name


def changed(
    name: str, good: Template, code: str, status: int = 422, /, *, place: str = "", fault: str = "", by: str = "",
    path: str = "", **fields: Any,
) -> Case:  # fmt: skip
    """``good`` with other fields; a field set to ``ABSENT`` is left out. ``place_`` is the field ``place``."""
    fields = {key if key != "place_" else "place": value for key, value in fields.items()}
    body = {key: value for key, value in {**(good.body or {}), **fields}.items() if value is not ABSENT}
    return Case(
        name=name,
        service=good.service,
        path=path or good.path,
        status=status,
        code=code,
        by=by or good.by,
        body=body if good.body is not None else None,
        headers=good.headers,
        place=place,
        fault=fault,
    )


def misshapen(name: str, good: Template, place: str, fault: str, /, **fields: Any) -> Case:
    """``good`` with fields of another shape: ``body.invalid`` at ``place``."""
    return changed(name, good, "body.invalid", place=place, fault=fault, **fields)


def sent(name: str, good: Template, code: str, status: int, **how: Any) -> Case:
    """``good`` sent in another way."""
    whole = Case(name=name, service=good.service, path=good.path, status=status, code=code, by=good.by, body=good.body,
                 headers=good.headers)  # fmt: skip
    return replace(whole, **how)


def read(
    name: str, service: str, path: str, code: str, status: int = 400, /, *, method: str = "GET", **how: Any
) -> Case:  # fmt: skip
    """A request without a body, a GET unless said otherwise."""
    return Case(name=name, service=service, path=path, status=status, code=code, method=method, **how)


def to_json(value: Any) -> str:
    """JSON with its literals as they stand."""
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {to_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(to_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def texts(value: Any) -> set[str]:
    """Every text within a body that is long enough to be recognised."""
    if isinstance(value, str):
        return {value} if len(value) > 5 and not value.startswith("<") else set()
    if isinstance(value, Mapping):
        return set().union(*map(texts, value.values())) if value else set()
    if isinstance(value, list | tuple) and not isinstance(value, Literal):
        return set().union(*map(texts, value)) if value else set()
    return set()
