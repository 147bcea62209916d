"""Keys, versions and cursors that belong to something else: refused, and what is kept stays as it was."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.walls.bad_input.case import Template, to_json
from tests.walls.bad_input.templates import ALLOCATE, NEED, NOTICE
from tests.walls.bad_input.wire import Answer, Header
from tests.walls.bad_input.world import FUZZED, World


async def send(
    world: World, good: Template, key: str, *headers: Header, county: str = FUZZED, **fields: Any
) -> Answer:  # fmt: skip
    """``good`` in the county that may be changed, with other fields."""
    usual = [
        ("Authorization", f"Bearer {world.token(good.by, county)}"),
        ("Idempotency-Key", key),
        ("Content-Type", "application/json"),
    ]
    body = world.filled(to_json({**(good.body or {}), **fields}), county).encode()
    return await world.ask(good.service, "POST", world.filled(good.path, county), [*usual, *headers], body)


async def get(world: World, service: str, path: str, by: str = "bureau", *headers: Header) -> Answer:
    """A question in our county."""
    authorization = ("Authorization", f"Bearer {world.token(by)}")
    return await world.ask(service, "GET", world.filled(path), [authorization, *headers])


async def test_a_key_with_another_body_is_refused_and_the_first_answer_stays(world: World) -> None:
    key, document = str(uuid4()), f"宁财 {uuid4()}"
    first = await send(world, ALLOCATE, key, document=document)
    assert first.status == 201
    head = await world.head("settlement", FUZZED)
    other = await send(world, ALLOCATE, key, document=document, amount_fen=101)
    elsewhere = await send(world, NEED, key)
    assert (other.status, other.code) == (422, "idempotency_key.reused")
    assert await world.head("settlement", FUZZED) == head
    again = await send(world, ALLOCATE, key, document=document)
    assert (again.status, again.body) == (first.status, first.body)
    assert elsewhere.status == 201, "another service keeps keys of its own"


async def test_the_same_body_in_other_bytes_is_another_body(world: World) -> None:
    key, document = str(uuid4()), f"宁财 {uuid4()}"
    assert (await send(world, ALLOCATE, key, document=document)).status == 201
    spaced = Template(service=ALLOCATE.service, path=ALLOCATE.path, by=ALLOCATE.by,
                      body=dict(reversed(list((ALLOCATE.body or {}).items()))))  # fmt: skip
    again = await send(world, spaced, key, document=document)
    assert (again.status, again.code) == (422, "idempotency_key.reused")


VERSIONS: Mapping[str, tuple[int, str]] = {
    '"999999"': (412, "precondition.failed"),
    'W/"1"': (412, "precondition.failed"),
    '"888", W/"1", "77"': (412, "precondition.failed"),
    "1": (400, "precondition.malformed"),
    '"1': (400, "precondition.malformed"),
    "": (400, "precondition.malformed"),
    '"1" "2"': (400, "precondition.malformed"),
    "''": (400, "precondition.malformed"),
    "null": (400, "precondition.malformed"),
}


@pytest.mark.parametrize("tag", VERSIONS)
async def test_another_version_than_there_is_is_refused(tag: str, world: World) -> None:
    before = await world.heads()
    payment = Template(
        service="settlement", path="/v1/statements/<statement>/payment", by="finance", body={"reference": "P"}
    )
    answer = await send(world, payment, str(uuid4()), ("If-Match", tag), county="130528")
    assert (answer.status, answer.code) == VERSIONS[tag]
    assert await world.heads() == before


@pytest.mark.parametrize(
    ("service", "path", "by", "body"),
    [
        ("orders", "/v1/orders/<order_completed>/verification", "verifier", {"result": "accepted"}),
        ("orders", "/v1/plans/<plan_reviewed>/start", "bureau", {"from_day": "2024-12-10"}),
        ("orders", "/v1/needs/<need_surveyed>/refusal", "bureau", {"reason": "不符合条件"}),
        ("settlement", "/v1/statements/<statement>/payment", "finance", {"reference": "P"}),
        ("settlement", "/v1/statements/<statement>/dispute", "provider", {"line": 1, "reason_code": "wrong"}),
    ],
)
async def test_a_decision_without_a_version_is_refused(
    service: str, path: str, by: str, body: dict[str, Any], world: World
) -> None:
    before = await world.heads()
    answer = await send(world, Template(service=service, path=path, by=by, body=body), str(uuid4()), county="130528")
    assert (answer.status, answer.code) == (428, "precondition.missing")
    assert await world.heads() == before


async def test_an_old_version_is_honoured_where_it_need_not_be_given(world: World) -> None:
    before = await world.heads()
    answer = await send(world, NOTICE, str(uuid4()), ("If-Match", '"999999"'), county="130528")
    assert (answer.status, answer.code) == (412, "precondition.failed")
    assert await world.heads() == before


def edited(cursor: str) -> list[str]:
    """The cursor with other bytes, shorter, longer, and turned round."""
    raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = [
        raw[:-1] + bytes([raw[-1] ^ 1]),
        bytes([raw[0] ^ 1]) + raw[1:],
        raw[:-3],
        raw + b"\0",
        raw[::-1],
        raw[12:],
    ]
    return [urlsafe_b64encode(each).rstrip(b"=").decode() for each in changed]


async def test_a_cursor_serves_the_list_it_came_from_only(world: World) -> None:
    first = await get(world, "orders", "/v1/orders?limit=1")
    cursor = json.loads(first.body)["next"]
    assert (await get(world, "orders", f"/v1/orders?limit=1&after={cursor}")).status == 200
    for path in ("/v1/needs?limit=1", "/v1/orders?limit=1&state=accepted", "/v1/orders?limit=1&sort=opened_at"):
        answer = await get(world, "orders", f"{path}&after={cursor}")
        assert (answer.status, answer.code) == (400, "cursor.invalid"), path
    answer = await get(world, "orders", f"/v1/orders?limit=1&after={cursor}", "provider")
    assert (answer.status, answer.code) == (400, "cursor.invalid")
    answer = await get(world, "providers", f"/v1/taken?limit=1&after={cursor}")
    assert (answer.status, answer.code) == (400, "cursor.invalid")


async def test_an_edited_cursor_is_refused(world: World) -> None:
    cursor = json.loads((await get(world, "orders", "/v1/orders?limit=1")).body)["next"]
    for text in edited(cursor):
        answer = await get(world, "orders", f"/v1/orders?limit=1&after={text}")
        assert (answer.status, answer.code) == (400, "cursor.invalid")


async def test_a_method_is_not_overridden(world: World) -> None:
    before = await world.heads()
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = await get(world, "orders", "/v1/orders?limit=1", "bureau", (name, "POST"))
        assert answer.status == 200
    answer = await get(world, "orders", "/v1/orders?limit=1&_method=POST")
    assert answer.code == "query.unknown"
    assert await world.heads() == before


async def test_an_id_in_capital_letters_is_the_same_id(world: World) -> None:
    path = f"/v1/orders/{world.names['order_accepted'].upper()}"
    answer = await get(world, "orders", path)
    assert json.loads(answer.body)["id"] == world.names["order_accepted"]
