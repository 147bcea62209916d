"""How others' things are asked for: by path, by every query parameter, by cursor, by command, by header."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.walls.asking import Holder, Request
from tests.walls.matrix.asked import Asked, by_operation
from tests.walls.matrix.measuring import build
from tests.walls.matrix.traced import Traced
from tests.walls.world.closing import SERVICES
from tests.walls.world.helping import beneficiary
from tests.walls.world.places import Spot, World, bureau, holder

Documents = Mapping[str, Mapping[str, Any]]
_IDS = (
    "provider", "charity", "claimant", "person", "order", "visit", "worker", "plan", "need", "love_given", "statement"
)  # fmt: skip
_PAGING = {"limit", "after", "wait", "purpose"}


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A request, and how it was thought up."""

    name: str
    how: str
    request: Request


async def documents(world: World) -> dict[str, Mapping[str, Any]]:
    """What the OpenAPI documents say of every operation, by its name."""
    found = {}
    for service in SERVICES:
        answer = await world.door.ask(Request(service=service, method="GET", path="/openapi.json"), None)
        for path, methods in answer.json["paths"].items():
            found.update({f"{service} {method.upper()} {path}": told for method, told in methods.items()})
    return found


def about(spot: Spot, role: str, method: str, how: str, county: str = "") -> Iterator[Probe]:
    """Every operation of ``method``, asked validly about ``spot``; ``county`` is named in the header."""
    for name, asked in by_operation().items():
        if f" {method} " in name and not _spoils(name):
            request, _ = build(name, asked, Traced(spot, role))
            yield Probe(name=name, how=how, request=replace(request, county=county))


def _spoils(name: str) -> bool:
    """The exchange of a key is for whoever has its secret; the clock belongs to nobody."""
    return name.endswith(("/v1/tokens", "POST /v1/clock"))


def filtered(told: Documents, mine: Iterable[Probe], theirs: Spot) -> Iterator[Probe]:
    """My questions, with every declared query parameter set to everything of theirs that it takes."""
    for probe in mine:
        name, request = probe.name, probe.request
        for parameter in told[name].get("parameters", ()):
            if parameter["in"] != "query" or parameter["name"] in _PAGING:
                continue
            for value in _values(parameter, theirs):
                query = {**request.query, parameter["name"]: value}
                yield Probe(name=name, how=f"{parameter['name']}={value}", request=replace(request, query=query))


def _values(parameter: Mapping[str, Any], theirs: Spot) -> Iterator[str]:
    schema = parameter["schema"]
    schemas = [schema, *schema.get("anyOf", ())]
    if any(one.get("format") == "uuid" for one in schemas):
        bodies = {"provider": theirs.bodies.provider, "charity": theirs.bodies.charity}
        bodies["claimant"] = theirs.bodies.claimant
        yield from (bodies.get(thing) or theirs[thing] for thing in _IDS)
    elif any(one.get("format") == "date" for one in schemas):
        yield from ("2024-11-27", "2024-12-03")
    elif any(one.get("type") == "boolean" for one in schemas):
        yield from ("true", "false")
    elif any("enum" in one for one in schemas):
        yield from (str(value) for one in schemas for value in one.get("enum", ()))
    else:
        person = beneficiary(theirs, 1)
        yield from (theirs.township, theirs.village, theirs.bodies.item, theirs.bodies.provider, "2024-11")
        yield from (person["name"], person["id_number"], theirs["service_number"])


async def cursors(world: World, mine: Iterable[Probe], theirs: Spot, role: str) -> list[Probe]:
    """My questions with cursors that the bureau and they themselves were given, and with those cursors changed."""
    found, asked = [], by_operation()
    for probe in mine:
        if asked[probe.name].row is not None and "limit" in asked[probe.name].query:
            given = [
                *await _cursors_of(world, probe.name, asked[probe.name], theirs, bureau(theirs.county)),
                *await _cursors_of(world, probe.name, asked[probe.name], theirs, holder(role, theirs)),
            ]
            for cursor in dict.fromkeys(given):
                for how, changed in _changed(cursor, theirs):
                    query = {**probe.request.query, "after": changed}
                    found.append(replace(probe, how=how, request=replace(probe.request, query=query)))
    return found


async def _cursors_of(world: World, name: str, asked: Asked, theirs: Spot, by: Holder) -> list[str]:
    """What ``by`` is given where it reads their rows one by one."""
    request, _ = build(name, asked, Traced(theirs, by.role))
    given, after = [], ""
    for _ in range(3):
        query = {**request.query, "limit": "1", **({"after": after} if after else {})}
        answer = await world.door.ask(replace(request, query=query), by)
        after = str(answer.json.get("next") or "") if answer.status == 200 else ""
        if not after:
            break
        given.append(after)
    return given


def _changed(cursor: str, theirs: Spot) -> Iterator[tuple[str, str]]:
    yield "their cursor", cursor
    yield "a cursor cut off", cursor[: len(cursor) // 2]
    yield "a cursor with another sign", ("A" if cursor[0] != "A" else "B") + cursor[1:]
    if cursor.isdigit():
        yield "a position before", str(max(0, int(cursor) - 1))
        return
    raw = bytearray(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))) if len(cursor) > 40 else bytearray()
    if raw:
        raw[-3] ^= 1
        yield "a cursor with another place", urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()
        forged = b"\0" * 12 + f'[["UUID","{theirs["order"]}"]]'.encode()
        yield "a cursor made up", urlsafe_b64encode(forged).rstrip(b"=").decode()
