"""Query parameters: declared by name and type, each at most once, nothing unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import parse_qsl
from uuid import UUID

import pydantic
from annotated_types import MaxLen
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from chassis.http.values import DAY, ID
from chassis.problems import Place, Refused

TEXT_MAX = 512
_FORMS: Mapping[Any, re.Pattern[str]] = {
    int: re.compile(r"-?[0-9]{1,9}"),
    float: re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?"),
    bool: re.compile(r"true|false"),
    date: DAY,
    UUID: ID,
}
"""The one written form of a value, a whole number within what a column holds; the library's readers
take more: ``on``, ``0`` for a day, ``1_0``, ``urn:uuid:``."""


class Filters:
    """The query parameters a route knows. Types: ``str int bool UUID date datetime``, ``Literal``, ``Annotated``."""

    def __init__(self, types: Mapping[str, Any], required: Iterable[str]) -> None:
        self.types = dict(types)
        self.required = frozenset(required)
        missing = self.required - self.types.keys()
        if missing:
            raise ValueError(f"required but not declared: {sorted(missing)}")
        self._adapters = {name: TypeAdapter(kind) for name, kind in self.types.items()}
        self._longest = {name: _longest(kind) for name, kind in self.types.items()}
        self._forms = {name: _FORMS[_plain(kind)] for name, kind in self.types.items() if _plain(kind) in _FORMS}

    def read(self, query: bytes) -> dict[str, Any]:
        """The parameters that are given. Refuses with ``query.unknown .repeated .invalid .missing``."""
        if not query and not self.required:
            return {}
        found: dict[str, Any] = {}
        for name, text in _pairs(query):
            adapter = self._adapters.get(name)
            if adapter is None:
                raise Refused("query.unknown")
            if name in found:
                raise Refused("query.repeated", places=(Place(name, "repeated"),))
            found[name] = self._value(name, adapter, text)
        missing = sorted(self.required - found.keys())
        if missing:
            raise Refused("query.missing", places=tuple(Place(name, "missing") for name in missing))
        return found

    def _value(self, name: str, adapter: TypeAdapter[Any], text: str) -> Any:
        form = self._forms.get(name)
        malformed = len(text) > self._longest[name] or "\0" in text or (form is not None and not form.fullmatch(text))
        try:
            if malformed:
                raise Refused("query.invalid", places=(Place(name, "malformed"),))
            return adapter.validate_strings(text, strict=True)
        except pydantic.ValidationError as error:
            code = error.errors(include_input=False, include_context=False, include_url=False)[0]["type"]
            raise Refused("query.invalid", places=(Place(name, code),)) from None


def _plain(kind: Any) -> Any:
    """The type itself, without what is said about it."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _longest(kind: Any) -> int:
    """Characters a value may have: what its ``Field(max_length=…)`` says, else ``TEXT_MAX``."""
    said = [each for about in get_args(kind)[1:] if isinstance(about, FieldInfo) for each in about.metadata]
    return next((each.max_length for each in said if isinstance(each, MaxLen)), TEXT_MAX)


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=50
        )
    except ValueError:
        raise Refused("query.invalid") from None
