"""Where in a TOML text a place of its document stands.

A text that parses is cut into statements by letting the TOML reader itself say where each one ends: the shortest run
of lines that parses alone is one statement. So strings and lists over several lines need no reader of our own.
"""

from __future__ import annotations

import tomllib
from typing import Any

from contracts.policy_pack.problems import Path

LONGEST_STATEMENT = 400
"""Lines tried for one statement; beyond that places in it stay without a line."""

MOST_READ = 1_000_000
"""Characters read in all; after that the rest of the text stays without lines."""


class Lines:
    """The line of each table and key of ``text``, which must be valid TOML."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {}
        self._count: dict[Path, int] = {}
        self._table: Path = ()
        self._left = MOST_READ
        written = text.replace("\r\n", "\n").split("\n")
        start = 0
        while start < len(written) and self._left > 0:
            start = self._statement(written, start)

    def of(self, path: Path) -> int | None:
        """The line (from 1) of ``path``, or of the nearest thing around it that has one."""
        for length in range(len(path), 0, -1):
            line = self._at.get(path[:length])
            if line is not None:
                return line
        return None

    def _statement(self, written: list[str], start: int) -> int:
        """Note what begins at ``start``; the line after it."""
        for end in range(start + 1, min(len(written), start + LONGEST_STATEMENT) + 1):
            statement = "\n".join(written[start:end])
            self._left -= len(statement)
            try:
                parsed = tomllib.loads(statement)
            except (ValueError, RecursionError):
                continue
            keys = self._note(parsed, start + 1, header=written[start].lstrip().startswith("["))
            if end > start + 1:
                self._note_elements(keys, written[start:end], start + 1)
            return end
        return start + 1

    def _note_elements(self, path: Path, written: list[str], line: int) -> None:
        """Note where each element of a list over several lines is: how many a part of it has, once closed, tells."""
        known = 0
        for end in range(1, len(written)):
            part = "\n".join([*written[:end], "]"])
            self._left -= len(part)
            try:
                _, found = _chain(tomllib.loads(part), header=False)
            except (ValueError, RecursionError):
                continue
            for number in range(known, len(found) if isinstance(found, list) else 0):
                self._at[(*path, number)] = line + end - 1
                known = number + 1

    def _note(self, parsed: dict[str, Any], line: int, *, header: bool) -> Path:
        """Note one statement; the place it speaks of."""
        if not parsed:
            return ()
        keys, last = _chain(parsed, header=header)
        if not header:
            path = self._table
            for key in keys:
                path = (*path, key)
                self._at.setdefault(path, line)
            return path
        path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
        path = (*path, keys[-1])
        if isinstance(last, list):
            number = self._count.get(path, -1) + 1
            self._count[path] = number
            self._at.setdefault(path, line)
            path = (*path, number)
        self._at[path] = line
        self._table = path
        return path

    def _latest(self, path: Path) -> Path:
        """A list of tables on the way of a header means its latest entry."""
        return (*path, self._count[path]) if path in self._count else path


def _chain(parsed: dict[str, Any], *, header: bool) -> tuple[list[str], Any]:
    """The keys of a statement that names one thing, and what it is: ``a.b = 1`` is ``["a", "b"]`` and 1."""
    keys: list[str] = []
    current: Any = parsed
    while isinstance(current, dict) and len(current) == 1:
        key, current = next(iter(current.items()))
        keys.append(key)
        if not header and not isinstance(current, dict):
            break
    return keys, current
