"""Generated files that stand in the repository: which are out of date, writing them, the two modes of a command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Makers = Mapping[str, Callable[[], str]]
"""Path below a folder -> what makes the text that must stand there."""


def stale(folder: Path, makers: Makers) -> dict[str, str]:
    """Path -> text, for every file below ``folder`` that is missing or differs from what must stand there."""
    wanted = {path: make() for path, make in makers.items()}
    return {path: text for path, text in wanted.items() if not _stands(folder / path, text)}


def write(folder: Path, makers: Makers) -> list[str]:
    """Write what is stale below ``folder``; the paths written."""
    found = stale(folder, makers)
    for path, text in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return list(found)


def run(arguments: list[str], folder: Path, makers: Makers, usage: str | None) -> int:
    """Run ``--write`` or ``--check``; 0 for success, 1 for stale files, 2 for a wrong call."""
    match arguments:
        case ["--write"]:
            print("\n".join(f"written: {path}" for path in write(folder, makers)) or "all current")
            return 0
        case ["--check"]:
            old = stale(folder, makers)
            print("\n".join(f"out of date: {path}" for path in old) or "all current")
            return 1 if old else 0
        case _:
            print(usage, file=sys.stderr)
            return 2


def _stands(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
