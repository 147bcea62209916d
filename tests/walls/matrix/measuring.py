"""Asks every operation as everybody about everything, and notes what was answered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from zlib import crc32

from tests.walls.asking import Answer, Holder, Request
from tests.walls.matrix.asked import Asked, by_operation
from tests.walls.matrix.outcomes import NOBODY, NONE, outcome
from tests.walls.matrix.traced import Traced
from tests.walls.world import closing
from tests.walls.world.places import ROLES, World, bureau, holder

RELATIONS = ("own", "other_county", "other_township", "other_owner")
PAGES_MAX = 20
_PARAMETER = re.compile(r"\{[a-z0-9_]+\}")

Row = tuple[str, ...]
"""The words for ``RELATIONS``."""


@dataclass
class Measured:
    """``rows`` by operation and role; operations that nobody really did, and answers nobody should get."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    never_done: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


async def operations(world: World) -> Mapping[str, bool]:
    """Every operation of the running services by name, and whether it needs a token."""
    found = {}
    for service in closing.SERVICES:
        answer = await world.door.ask(Request(service=service, method="GET", path="/openapi.json"), None)
        for path, methods in answer.json["paths"].items():
            for method, described in methods.items():
                found[f"{service} {method.upper()} {path}"] = bool(described.get("security"))
    return found


async def measure(world: World) -> Measured:
    """The whole matrix: questions first, then commands in the order of ``asked``."""
    there, asked = await operations(world), by_operation()
    measured = Measured()
    for name in sorted(asked, key=lambda name: " GET " not in name):
        if name in there:
            await _operation(world, measured, name, asked[name], guarded=there[name])
    return measured


async def _operation(world: World, measured: Measured, name: str, asked: Asked, *, guarded: bool) -> None:
    done = False
    for role in sorted((*ROLES, NOBODY), key=lambda role: role != asked.first):
        words = []
        for relation in RELATIONS:
            if relation not in _meaningful(world, asked, role, guarded):
                words.append(NONE)
                continue
            if "/parked/" in name:
                # What was tried again is set aside anew.
                await closing.park(world, world.spot(relation, role), name.partition(" ")[0])
            answer, row = await _ask(world, name, asked, role, relation)
            done = done or answer.status < 300
            try:
                words.append(outcome(answer, row))
            except ValueError as error:
                words.append(str(answer.status))
                measured.strange.append(f"{name} as {role}, {relation}: {error}")
        measured.rows[name, role] = tuple(words)
    if not done:
        measured.never_done.append(name)


def _meaningful(world: World, asked: Asked, role: str, guarded: bool) -> set[str]:
    """Relations that can make a difference: those whose facts the request is about."""
    spot = Traced(world.own, role)
    for part in (asked.path, asked.body, asked.upload, asked.row, asked.about):
        if part is not None:
            part(spot)
    found = {"own"} | {f"other_{fact}" for fact in spot.facts}
    return found | {"other_county"} if guarded else found


async def _ask(world: World, name: str, asked: Asked, role: str, relation: str) -> tuple[Answer, str]:
    """The answer, of rows those of all pages; and the id by which the spot's are known."""
    spot = world.spot(relation, role)
    # Each operation is asked by somebody of its own: who decided on a need before may not verify what came of it.
    subject = f"{role}-asking-{crc32(name.encode()):08x}"
    by = None if role == NOBODY else replace(holder(role, world.own), subject=subject)
    request, row = build(name, asked, Traced(spot, role))
    named = spot.county if by is None or relation == "other_county" or len(by.county) < len(spot.county) else ""
    request = replace(request, county=named)
    answer = (await world.door.ask_as_seen(request, by, bureau(spot.county))).of_the_first()
    if row and answer.status == 200:
        pages = [page async for page in following(world, request, by, answer)]
        answer = Answer(200, answer.headers, b"\n".join(page.body for page in pages))
    return answer, row


def build(name: str, asked: Asked, spot: Traced) -> tuple[Request, str]:
    """The request about a spot, and the id of its row."""
    service, method, template = name.split(" ")
    values = iter(asked.path(spot))
    path = _PARAMETER.sub(lambda _match: next(values), template)
    body: object = None if asked.body is None else dict(asked.body(spot))
    if asked.upload is not None:
        body = asked.upload(spot)
    row = asked.row(spot) if asked.row is not None else ""
    query = {**asked.query, **asked.about(spot)}
    return Request(service=service, method=method, path=path, query=query, body=body), row


async def following(world: World, request: Request, by: Holder | None, first: Answer) -> AsyncIterator[Answer]:
    """The pages from ``first`` on; a feed ends where it gives nothing more."""
    page = first
    for _ in range(PAGES_MAX):
        yield page
        if not page.json.get("next") or not page.json["items"]:
            return
        page = await world.door.ask(replace(request, query={**request.query, "after": str(page.json["next"])}), by)
        if page.status != 200:
            return


def by_name(rows: Mapping[tuple[str, str], Row]) -> Iterator[tuple[str, ...]]:
    """Lines of the table."""
    for (name, role), words in sorted(rows.items(), key=lambda item: _place(*item[0])):
        yield (name, role, *words)


def _place(name: str, role: str) -> tuple[str, str, str, int]:
    service, method, path = name.split(" ")
    return service, path, method, (*ROLES, NOBODY).index(role)
