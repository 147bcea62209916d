"""Who sees which class of fields is what ``fields.csv`` says, and what is hidden cannot be asked for otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.walls.asking import Answer, Holder
from tests.walls.leaks.probes import about, documents
from tests.walls.matrix import fields
from tests.walls.matrix.asked import by_operation
from tests.walls.matrix.fields import Field
from tests.walls.matrix.measuring import build
from tests.walls.matrix.traced import Traced
from tests.walls.world import World
from tests.walls.world.places import holder

Found = dict[Field, tuple[str, str]]


@pytest.fixture(scope="module")
async def found(counties: World) -> tuple[Found, list[Field]]:
    """What the running services show."""
    return await fields.measure_fields(counties)


async def test_fields_are_shown_to_whom_the_table_says(found: tuple[Found, list[Field]]) -> None:
    """Where this is meant: python -m tests.walls.matrix --write"""
    assert found[0] == fields.read()


async def test_every_class_is_shown_to_somebody_in_some_answer(found: tuple[Found, list[Field]]) -> None:
    """A field without a value proves nothing; of each class at least one field has one."""
    shown = {field.class_ for field in found[0].keys() - set(found[1])}
    assert shown == {field.class_ for field in found[0]}


async def test_what_is_hidden_can_neither_be_filtered_nor_sorted_by(
    counties: World, found: tuple[Found, list[Field]]
) -> None:
    """Who may not see the tier would learn it by asking for everybody of that tier."""
    told = await documents(counties)
    for field, (seen_by, hidden_from) in found[0].items():
        parameters = {one["name"]: one for one in told[field.operation].get("parameters", ()) if one["in"] == "query"}
        sorts = str(parameters.get("sort", {}).get("schema", {}))
        for role in hidden_from.split():
            by = replace(holder(role, counties.own), subject=f"{role}-guessing")
            if field.name in parameters:
                reader = replace(holder(seen_by.split()[0], counties.own), subject="reader")
                seen = (row[field.name] for row in await rows(counties, field, reader))
                value = next((one for one in seen if one), parameters[field.name]["example"])
                answer = await asked(counties, field, by, **{field.name: json.dumps(value).strip('"')})
                assert answer.status == 403, f"{field.operation} as {role} by {field.name}"
            for sort in (field.name, f"-{field.name}"):
                if f"'{sort}'" in sorts:
                    answer = await asked(counties, field, by, sort=sort)
                    assert answer.status == 403, f"{field.operation} as {role} sorted by {sort}"


async def test_health_stands_in_no_answer_to_those_from_whom_it_is_hidden(
    counties: World, found: tuple[Found, list[Field]]
) -> None:
    """Wherever it may stand: a tier, a category, a hospital stay deep inside a statement, a reason, an event."""
    hidden = {role for field, who in found[0].items() if field.class_ == "health" for role in who[1].split()}
    told = set()
    for role in sorted(hidden | {"finance", "provider", "charity", "claimant", "province"}):
        by = replace(holder(role, counties.own), subject=f"{role}-curious")
        county = counties.own.county if len(by.county) < len(counties.own.county) else ""
        for probe in about(counties.own, role, "GET", "its own path", county):
            answer = await counties.door.ask(probe.request, by)
            if answer.status == 200 and any(_health(answer.json)):
                told.add((probe.name, role))
    assert told == TOLD_ABOVE


HEALTH = {"tier", "categories", "hospital", "died_on", "admitted", "discharged", "findings", "indicators"}
TOLD_ABOVE = {("orders GET /v1/events", "province")}
"""A province collects every event of a county as it happens, and the facts of bundles say the tier of each day."""


def _health(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (name for name in HEALTH & value.keys() if value[name])
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _health(inner)


async def asked(world: World, field: Field, by: Holder, **query: str) -> Answer:
    """The field's operation, asked as ``by`` with more in its query."""
    request, _ = build(field.operation, by_operation()[field.operation], Traced(world.own, by.role))
    county = world.own.county if len(by.county) < len(world.own.county) else ""
    return await world.door.ask(replace(request, county=county, query={**request.query, **query}), by)


async def rows(world: World, field: Field, by: Holder) -> list[dict[str, object]]:
    """The rows that ``by`` is answered."""
    found: list[dict[str, object]] = (await asked(world, field, by)).json["items"]
    return found
