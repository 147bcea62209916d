"""The JSON Schema of a public model, as it is told to others.

An optional key is left out, never null, so the schema does not offer null. A key with one possible value (``kind`` of
a fact) is always told: required. Other keys with a default stay optional: an event older than the key lacks it, and
the log is read for ever. Unknown keys are allowed, as readers must tolerate them. The keywords are those of draft
2020-12 that draft-07 reads in the same way.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

_NULL = {"type": "null"}


class _Untitled(GenerateJsonSchema):
    """Without a title for each key, which would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """Without the default: a key that is left out has nothing to tell, one with a single value is always told."""
        found = super().default_schema(schema)
        if "const" in found or found.get("default", "") is None:
            found.pop("default", None)
        return found


def told(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what is told in the shape of ``model``."""
    schema: dict[str, Any] = _plain(model.model_json_schema(schema_generator=_Untitled))
    return schema


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _plain(value) for key, value in node.items() if key != "discriminator"}
    options = found.get("anyOf")
    if isinstance(options, list) and _NULL in options:
        found = _without_null(found)
    properties = found.get("properties")
    if isinstance(properties, dict) and found.get("type") == "object":
        needed = found.get("required", [])
        found["required"] = [key for key in properties if key in needed or "const" in properties[key]]
    return found


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    options = [option for option in schema["anyOf"] if option != _NULL]
    return {**options[0], **rest} if len(options) == 1 else {"anyOf": options, **rest}
