"""Reads the block-style YAML that is written here, by indentation alone, so that its layout is checked by another eye.

Not a YAML reader: it takes plain or quoted keys, values in JSON's quotes, and two spaces a level.
"""

from __future__ import annotations

import json
import re
from typing import Any

_KEY = re.compile(r'(?P<key>"(?:[^"\\]|\\.)*"|[^\s":][^:]*):(?: (?P<value>.+))?')


def read_yaml(text: str) -> Any:
    """What the document says; ValueError for a line that is out of place."""
    lines = [(len(line) - len(line.lstrip(" ")), line.lstrip(" ")) for line in text.splitlines()]
    found, rest = _block(lines, 0)
    if rest:
        raise ValueError(f"out of place: {rest[0][1]}")
    return found


def _block(lines: list[tuple[int, str]], depth: int) -> tuple[Any, list[tuple[int, str]]]:
    return _sequence(lines, depth) if lines[0][1].startswith("- ") else _mapping(lines, depth)


def _sequence(lines: list[tuple[int, str]], depth: int) -> tuple[list[Any], list[tuple[int, str]]]:
    items: list[Any] = []
    while lines and lines[0][0] == depth and lines[0][1].startswith("- "):
        inner = lines[0][1][2:]
        if _KEY.fullmatch(inner):
            item, lines = _mapping([(depth + 2, inner), *lines[1:]], depth + 2)
        else:
            item, lines = json.loads(inner), lines[1:]
        items.append(item)
    return items, lines


def _mapping(lines: list[tuple[int, str]], depth: int) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    found: dict[str, Any] = {}
    while lines and lines[0][0] == depth and (match := _KEY.fullmatch(lines[0][1])):
        key = json.loads(match["key"]) if match["key"].startswith('"') else match["key"]
        if key in found:
            raise ValueError(f"twice: {key}")
        if match["value"] is not None:
            found[key], lines = json.loads(match["value"]), lines[1:]
        else:
            found[key], lines = _block(lines[1:], depth + 2)
    return found, lines
