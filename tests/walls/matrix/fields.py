"""Which fields of an answer are shown to whom: those that the documents give a class, measured in real answers.

``fields.csv`` has a line for each operation and field: the roles that are answered and see it, and those that are
answered and get null in its place. Both are empty where the field has no value in the world of the tests.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.walls.asking import Holder, Request
from tests.walls.matrix.asked import by_operation
from tests.walls.matrix.measuring import build
from tests.walls.matrix.traced import Traced
from tests.walls.world.closing import SERVICES
from tests.walls.world.places import ROLES, World, holder

FILE = Path(__file__).with_name("fields.csv")
HEAD = ("operation", "field", "class", "seen_by", "hidden_from")
CLASS = "x-careloop-class"


@dataclass(frozen=True, order=True)
class Field:
    """A field of an operation's answer; of rows, of each row."""

    operation: str
    name: str
    class_: str


async def classed(world: World) -> list[Field]:
    """All fields with a class, of all questions."""
    found: list[Field] = []
    for service in SERVICES:
        told = (await world.door.ask(Request(service=service, method="GET", path="/openapi.json"), None)).json
        for path, methods in told["paths"].items():
            if "get" in methods:
                content = methods["get"]["responses"]["200"]["content"].get("application/json", {"schema": {}})
                names = dict(_classes(content["schema"], told["components"]["schemas"]))
                found.extend(Field(f"{service} GET {path}", name, class_) for name, class_ in names.items())
    return sorted(found)


def _classes(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and classes of the fields of an answer, or of the rows of a page."""
    whole = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for name, part in whole.get("properties", {}).items():
        if CLASS in part:
            yield name, part[CLASS]
        elif name == "items" and "next" in whole["properties"]:
            yield from _classes(part["items"], schemas)


async def measure_fields(world: World) -> tuple[dict[Field, tuple[str, str]], list[Field]]:
    """Who sees which field, and those fields that nobody was shown anything in."""
    found: dict[Field, tuple[str, str]] = {}
    empty: list[Field] = []
    for field in await classed(world):
        seen: list[str] = []
        hidden: list[str] = []
        for role in ROLES:
            values = await _values(world, field, replace(holder(role, world.own), subject=f"{role}-looking"))
            if values:
                (seen if any(value is not None for value in values) else hidden).append(role)
        found[field] = (" ".join(seen), " ".join(hidden) if seen else "")
        if not seen:
            empty.append(field)
    return found, empty


async def _values(world: World, field: Field, by: Holder) -> list[Any]:
    """What stands in the field for ``by``; nothing where ``by`` is not answered."""
    request, _ = build(field.operation, by_operation()[field.operation], Traced(world.own, by.role))
    county = world.own.county if len(by.county) < len(world.own.county) else ""
    answer = await world.door.ask(replace(request, county=county), by)
    if answer.status != 200:
        return []
    return [row[field.name] for row in (answer.json["items"] if "next" in answer.json else [answer.json])]


def write(found: Mapping[Field, tuple[str, str]]) -> None:
    """Keep what was measured."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows((one.operation, one.name, one.class_, *who) for one, who in sorted(found.items()))


def read() -> dict[Field, tuple[str, str]]:
    """What was kept."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {Field(*line[:3]): (line[3], line[4]) for line in list(csv.reader(file))[1:]}
