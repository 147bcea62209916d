"""Writes a document as YAML 1.2 in block style: plain keys, every text in JSON's quotes, which YAML shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z$][A-Za-z0-9_$./-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some readers take for something else than a text."""


def yaml_text(document: dict[str, Any]) -> str:
    """``document`` (of dictionaries, lists, texts, whole numbers, truth values) as YAML, with a newline at the end."""
    return "\n".join(_mapping(document, "")) + "\n"


def _mapping(mapping: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in mapping.items():
        yield from _entry(f"{indent}{_key(name)}:", value, indent + "  ")


def _sequence(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and item:
            first, *others = _mapping(item, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others
        else:
            yield from _entry(f"{indent}-", item, indent + "  ")


def _entry(begin: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield begin
        yield from _mapping(value, indent)
    elif isinstance(value, list) and value:
        yield begin
        yield from _sequence(value, indent)
    else:
        yield f"{begin} {json.dumps(value, ensure_ascii=False)}"


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) and name.lower() not in _WORDS else json.dumps(name, ensure_ascii=False)
