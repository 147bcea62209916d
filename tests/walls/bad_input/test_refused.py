"""Whatever is thrown at the services is refused by its own code, echoes nothing, and moves nothing."""

from __future__ import annotations

import json
import re
from itertools import count
from uuid import uuid4

import pytest

from tests.walls.bad_input import bodies, many, meanings, requests, shapes, tokens
from tests.walls.bad_input.case import Case, sent, texts, to_json
from tests.walls.bad_input.templates import ALLOCATE, VISIT
from tests.walls.bad_input.wire import Answer, Header
from tests.walls.bad_input.world import World

CASES = [*bodies.cases(), *shapes.cases(), *requests.cases(), *meanings.cases(), *tokens.cases(), *many.cases()]
RUN = uuid4().hex
_number = count(1)


async def ask(world: World, case: Case) -> Answer:
    """The answer to a case."""
    usual: list[Header] = [("Authorization", f"Bearer {world.token(case.by)}")]
    if case.method == "POST":
        usual.append(("Idempotency-Key", f"{RUN}-{next(_number)}"))
    body = b""
    if case.raw is not None or case.body is not None:
        usual.append(("Content-Type", "application/json"))
        body = case.raw if case.raw is not None else world.filled(to_json(case.body)).encode()
    headers = [*(header for header in usual if header[0] not in case.without), *case.headers]
    return await world.ask(case.service, case.method, world.filled(case.path), headers, body)


async def good(world: World, service: str) -> int:
    """The status of an answer to somebody who asks as one should."""
    answer = await world.ask(service, "GET", "/v1/clock", [("Authorization", f"Bearer {world.token('bureau')}")])
    return answer.status


async def check(world: World, case: Case) -> Answer:
    """The case is refused as it says; nothing moved, and the next request is served."""
    before = await world.heads()
    answer = await ask(world, case)
    assert (answer.status, answer.code) == (case.status, case.code), answer.body[:500]
    if case.fault:
        assert (case.place, case.fault) in answer.places
    said = json.dumps([answer.problem.get("facts"), answer.problem.get("errors")], ensure_ascii=False)
    asked = {word for word in re.split("[?&=]", case.path)[1:] if len(word) > 12}
    assert not [text for text in texts(case.body) | asked if text in said]
    assert await world.heads() == before
    assert await good(world, case.service) == 200
    return answer


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_is_refused(case: Case, world: World) -> None:
    await check(world, case)


def test_every_case_says_something_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


async def test_forged_tokens_are_refused(world: World) -> None:
    for name, token in tokens.forged(world.token("finance")).items():
        case = sent(name, ALLOCATE, "token.invalid", 401, without=tokens.NONE,
                    headers=(("Authorization", f"Bearer {token}"),))  # fmt: skip
        await check(world, case)


async def test_many_refused_are_refused_each_by_itself(world: World) -> None:
    visit = VISIT.body or {}
    wrong = [
        {**visit, "order_id": "<order_completed>"},
        {**visit, "ended_at": "2024-12-02T07:00:00+08:00"},
        {**visit, "started_at": "2024-12-20T08:00:00+08:00", "ended_at": "2024-12-20T09:00:00+08:00"},
        {**visit, "order_id": "<their_order_taken>"},
    ]
    before = await world.heads()
    answer = await ask(world, sent("", many.VISITS, "", 200, body={"items": wrong}))
    assert [(item["status"], item["problem"]["code"]) for item in json.loads(answer.body)["items"]] == [
        (409, "visit.reported_already"),
        (422, "visit.ended_before_it_began"),
        (422, "visit.in_the_future"),
        (404, "not_found"),
    ]
    assert await world.heads() == before
