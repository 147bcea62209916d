"""Looking into a document that may be misshapen: what is not there or of another type is simply not seen.

The checks across sections use this, so that they speak of every contradiction even where the shape check refuses
something else; what they do not see, the shape check has named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.policy_pack.problems import Path

Table = dict[str, Any]


def table(document: Table, *keys: str) -> Table:
    """The table at ``keys``, or an empty one."""
    current: Any = document
    for key in keys:
        current = current.get(key) if isinstance(current, dict) else None
    return current if isinstance(current, dict) else {}


def entries(holder: Table, key: str, within: Path = ()) -> Iterator[tuple[Path, Table]]:
    """The tables of the list at ``key`` with their places."""
    found = holder.get(key)
    for position, entry in enumerate(found if isinstance(found, list) else []):
        if isinstance(entry, dict):
            yield (*within, key, position), entry


def texts(holder: Table, key: str, within: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of the list at ``key`` with their places."""
    found = holder.get(key)
    for position, entry in enumerate(found if isinstance(found, list) else []):
        if isinstance(entry, str):
            yield (*within, key, position), entry


def names(holder: Table, key: str, field: str = "id") -> set[str]:
    """What the tables of the list at ``key`` call themselves."""
    return {entry[field] for _, entry in entries(holder, key) if isinstance(entry.get(field), str)}


def by_id(holder: Table, key: str) -> dict[str, Table]:
    """The tables of the list at ``key`` by their ids."""
    return {entry["id"]: entry for _, entry in entries(holder, key) if isinstance(entry.get("id"), str)}


def everywhere(value: Any, path: Path = ()) -> Iterator[tuple[Path, Table]]:
    """Every table of ``value`` with its place, outermost first."""
    if isinstance(value, dict):
        yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inner:
        yield from everywhere(part, (*path, step))
