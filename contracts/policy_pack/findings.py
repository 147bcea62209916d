"""Findings that several checks have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.policy_pack.problems import Finding, Path
from contracts.policy_pack.reading import Table


def repeated(listed: Iterable[tuple[Path, Table]], field: str) -> Iterator[Finding]:
    """A finding for each entry that an earlier one has named already."""
    seen: set[str] = set()
    for path, entry in listed:
        name = entry.get(field)
        if isinstance(name, str) and name in seen:
            yield Finding(path=(*path, field), code="duplicate", english="stands here twice", chinese="重复出现")
        elif isinstance(name, str):
            seen.add(name)


def unknown(path: Path, what: str, chinese: str) -> Finding:
    """A reference that leads nowhere."""
    return Finding(path=path, code="unknown_reference", english=f"names no {what} of this pack", chinese=chinese)
