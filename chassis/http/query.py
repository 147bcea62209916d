"""Query parameters: declared by name and type, each at most once, nothing unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import pydantic
from pydantic import TypeAdapter

from chassis.problems import Place, Refused

TEXT_MAX = 512
_INTEGER = re.compile(r"-?[0-9]{1,18}")


class Filters:
    """The query parameters a route knows. Types: ``str int bool UUID date datetime``, ``Literal``, ``Annotated``."""

    def __init__(self, types: Mapping[str, Any], required: Iterable[str]) -> None:
        self.types = dict(types)
        self.required = frozenset(required)
        missing = self.required - self.types.keys()
        if missing:
            raise ValueError(f"required but not declared: {sorted(missing)}")
        self._adapters = {name: TypeAdapter(kind) for name, kind in self.types.items()}

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
        malformed = len(text) > TEXT_MAX or "\0" in text or (self.types[name] is int and not _INTEGER.fullmatch(text))
        try:
            if malformed:
                raise Refused("query.invalid", places=(Place(name, "malformed"),))
            return adapter.validate_strings(text, strict=True)
        except pydantic.ValidationError as error:
            code = error.errors(include_input=False, include_context=False, include_url=False)[0]["type"]
            raise Refused("query.invalid", places=(Place(name, code),)) from None


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=50
        )
    except ValueError:
        raise Refused("query.invalid") from None
