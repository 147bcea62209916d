"""Examples for the description: made from the shapes, and from words that each service gives for its own fields.

``words`` map a field's name to its example, or ``Model.field`` where one name means different things. Where a shape
says itself what fits (a choice, an id, a day, a number from a range) no word is needed; where it does not (a pattern,
free text) and no word is given there is no example, and the tests say where.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_NAMESPACE = uuid.UUID("6d1b0e57-3f0e-5c63-9d5a-2f0f9b1f7a11")
_NOTHING: Any = object()
_BY_FORMAT: Mapping[str, str] = {"date": "2026-11-05", "date-time": "2026-11-05T09:30:00+08:00"}
_BY_TYPE: Mapping[str, Any] = {"boolean": False, "object": {}, "null": None, "number": 1.0}

IN_BULK = "InBulkItem"
"""How the shape of an item of a bulk command is named after that of the single one."""
OMIT: Any = object()
"""Instead of a word: the field is left out."""

GENERAL: Mapping[str, Any] = {
    "Careloop-County": "130528",
    "Idempotency-Key": "2f6a1c58-7d0b-4a53-9d53-0a7c5e6f1b22",
    "If-Match": '"3"',
    "If-None-Match": '"3"',
    "X-Request-Id": "5f0c1e9b2a7d-1f",
    "limit": 50,
    "after": "xK2x3pXy0cYw0m0bC1tZrltbImludCIsIjQyIl1d",
    "next": "xK2x3pXy0cYw0m0bC1tZrltbImludCIsIjQyIl1d",
    "Events.next": 42,
    "version": 3,
    "index": 0,
    "if_match": '"3"',
    "county": "130528",
    "now": "2026-11-05T09:30:00+08:00",
    "MoveClock.to": "2026-12-01T09:00:00+08:00",
    "source": "orders",
    "position": 42,
    ".position": "42",
    "type": "orders.order_opened.v1",
    "reason": "ValueError",
    "service": "orders",
    "away": [],
    "purpose": "上门服务前联系",
    "careloophash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "problem": OMIT,
    ".sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "PhotoAnswer.sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "PhotoFacts.sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "PhotoAlike.sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "original_sha256": "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
    "phash": "9c3e58f21ba70d46",
    "PhotoUpload.owner": "11111111-2222-4333-8444-555555555555",
    "PhotoAnswer.width": 2048,
    "PhotoAnswer.height": 1536,
    "PhotoFacts.width": 2048,
    "PhotoFacts.height": 1536,
    "PhotoAnswer.bytes": 412_345,
    "PhotoFacts.bytes": 412_345,
    "PhotoAlike.distance": 3,
    "PhotoPlace.lat": 37_620_000,
    "PhotoPlace.lon": 114_919_000,
}
"""For the fields that every service has."""


class Examples:
    """Makes examples of the schemas of one document."""

    def __init__(self, schemas: Mapping[str, Schema], words: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._words = {**GENERAL, **words}

    def of(self, schema: Schema, model: str = "", name: str = "") -> Any:
        """An example of ``schema``, the field ``name`` of ``model``; ValueError where nothing is known to fit."""
        if "$ref" in schema:
            referred = schema["$ref"].rpartition("/")[2]
            return self.of(self._schemas[referred], referred, name)
        known = self._known(schema, model, name)
        if known is not _NOTHING:
            return known
        for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            if choice.get("type") != "null":
                return self.of(choice, model, name)
        if "properties" in schema:
            return self._object(schema, model)
        if schema.get("type") == "array":
            return [self.of(schema["items"], model, name)] if "items" in schema else []
        return self._plain(schema, model, name)

    def _known(self, schema: Schema, model: str, name: str) -> Any:
        single = model.removesuffix(IN_BULK)
        for words in (f"{model}.{name}", f"{single}.{name}", name):
            if words in self._words and _fits(self._words[words], schema):
                return self._words[words]
        for said in ("example", "const", "default"):
            if said in schema and schema[said] is not None:
                return schema[said]
        listed = schema.get("examples") or schema.get("enum")
        return listed[0] if listed else _NOTHING

    def _object(self, schema: Schema, model: str) -> dict[str, Any]:
        """All fields; one that may be left out is, where nothing is known to fit."""
        made = {}
        for name, field in schema["properties"].items():
            try:
                value = self.of(field, model, name)
            except ValueError:
                if name in schema.get("required", ()):
                    raise
                value = OMIT
            if value is not OMIT:
                made[name] = value
        return made

    @staticmethod
    def _plain(schema: Schema, model: str, name: str) -> Any:
        kind, form = schema.get("type", ""), schema.get("format", "")
        if form == "uuid":
            return str(uuid.uuid5(_NAMESPACE, name))
        if form in _BY_FORMAT:
            return _BY_FORMAT[form]
        if kind == "integer":
            return max(schema.get("minimum", 1), 1) if schema.get("maximum", 1) >= 1 else schema["maximum"]
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
        raise ValueError(f"{model}.{name}: an example is needed")


def _fits(word: Any, schema: Schema) -> bool:
    """Whether a word can be meant for a field: a field of the same name may be of another kind altogether."""
    kind = schema.get("type")
    number = isinstance(word, int) and not isinstance(word, bool)
    if (kind == "integer" and not number) or (kind == "string" and not isinstance(word, str)):
        return word is OMIT
    return "properties" not in schema and word in schema.get("enum", (word,))
