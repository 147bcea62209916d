"""The table that is kept, ``table.csv``: one line for each operation and role, one word for each relation."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.walls.matrix.measuring import RELATIONS, Row, by_name

FILE = Path(__file__).with_name("table.csv")
HEAD = ("operation", "role", *RELATIONS)


def write(rows: Mapping[tuple[str, str], Row]) -> None:
    """Keep what was measured."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(by_name(rows))


def read() -> dict[tuple[str, str], Row]:
    """What was kept; ValueError where the file has another head."""
    with FILE.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    if tuple(head) != HEAD:
        raise ValueError(f"{FILE.name} begins with {head}")
    return {(line[0], line[1]): tuple(line[2:]) for line in lines}


def differences(kept: Mapping[tuple[str, str], Row], measured: Mapping[tuple[str, str], Row]) -> list[str]:
    """What differs, in words."""
    found = [f"{name} has no row for {' '.join(roles)}" for name, roles in _by_name(measured.keys() - kept.keys())]
    found += [f"{name} is not asked as {' '.join(roles)}" for name, roles in _by_name(kept.keys() - measured.keys())]
    for name, role in sorted(kept.keys() & measured.keys()):
        found.extend(
            f"{name} as {role}, {relation}: {before}, now {now}"
            for relation, before, now in zip(RELATIONS, kept[name, role], measured[name, role], strict=True)
            if before != now
        )
    return found


def _by_name(rows: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for name, role in sorted(rows):
        found.setdefault(name, []).append(role)
    return list(found.items())
