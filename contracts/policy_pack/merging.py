"""A pack that extends another: the parent's document completed and overruled by the child's.

Tables merge key by key; a list whose entries have ids merges by id, an entry of the child replacing the parent's
whole; everything else is the child's. Of the parent's head only papers and sources come down, and the settlement
takes version, first day and retroactivity from the child's head: a child is a version of its own.
"""

from __future__ import annotations

from typing import Any

from contracts.policy_pack.problems import Path
from contracts.policy_pack.reading import Table, table

Origins = dict[Path, Path]
"""Place in the merged document -> place in the child's, for what the child wrote."""

OWN_HEAD = ("version", "effective_from", "retroactive")
KEYS = ("id", "entry")


def merge(parent: Table, child: Table) -> tuple[Table, Origins]:
    """The complete document of ``child``, whose head extends ``parent``; and where in its text its parts stand."""
    head = {key: value for key, value in table(parent, "pack").items() if key in ("paper", "source")}
    money = {key: value for key, value in table(parent, "settlement").items() if key not in OWN_HEAD}
    ours = table(child, "pack")
    money |= {key: ours[key] for key in OWN_HEAD if key in ours}
    origins: Origins = {}
    merged: Table = _merge({**parent, "pack": head, "settlement": money}, child, (), (), origins)
    merged["pack"]["merged_from"] = merged["pack"].pop("extends")
    return merged, origins


def origin(path: Path, origins: Origins) -> Path:
    """The child's place of the merged place ``path``; empty where it is the parent's."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return origins[path[:length]] + path[length:]
    return ()


def _merge(parent: Any, child: Any, here: Path, there: Path, origins: Origins) -> Any:
    if isinstance(parent, dict) and isinstance(child, dict):
        merged = dict(parent)
        for key, value in child.items():
            merged[key] = _merge(parent.get(key), value, (*here, key), (*there, key), origins)
        return merged
    if _key(parent) and _key(parent) == _key(child):
        return _merge_lists(parent, child, here, there, origins)
    origins[here] = there
    return child


def _merge_lists(parent: list[Table], child: list[Table], here: Path, there: Path, origins: Origins) -> list[Table]:
    key = _key(child)
    merged = list(parent)
    position = {entry[key]: place for place, entry in enumerate(parent)}
    for number, entry in enumerate(child):
        # An id that the child writes twice stays twice, so that the check can say so.
        place = position.pop(entry[key], len(merged))
        merged[place : place + 1] = [entry]
        origins[(*here, place)] = (*there, number)
    return merged


def _key(value: Any) -> str:
    """The key that names every entry of a list, or nothing."""
    if not isinstance(value, list) or not value:
        return ""
    named = (key for key in KEYS if all(isinstance(entry, dict) and isinstance(entry.get(key), str) for entry in value))
    return next(named, "")
