"""Write a document back as TOML, so that a pack merged with what it extends can be kept, hashed and handed out."""

from __future__ import annotations

import json
from typing import Any

from contracts.policy_pack.reading import Table


def render(document: Table) -> str:
    """``document`` as TOML text that reads back equal; the same document always gives the same text.

    Holds what a pack may hold: texts, whole numbers, true and false, lists and tables. Raises ``TypeError`` for others.
    """
    return "\n".join(_table(document, "")).strip() + "\n"


def _table(table: Table, name: str) -> list[str]:
    """Plain keys first, then the tables below, then the lists of tables."""
    below = [key for key, value in table.items() if isinstance(value, dict)]
    lists = [key for key, value in table.items() if _holds_tables(value)]
    written = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if key not in {*below, *lists}]
    for key in below:
        path = f"{name}{_key(key)}"
        written += ["", f"[{path}]", *_table(table[key], f"{path}.")]
    for key in lists:
        path = f"{name}{_key(key)}"
        for entry in table[key]:
            written += ["", f"[[{path}]]", *_table(entry, f"{path}.")]
    return written


def _holds_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    raise TypeError(f"a policy pack holds no {type(value).__name__}")


def _quoted(text: str) -> str:
    """A basic string; JSON escapes as TOML does, but leaves DEL as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _quoted(key)
