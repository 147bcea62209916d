"""The exchange of an API key: a token of the key's scopes, and one answer to whatever is wrong."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.providers.api import secret_text
from tests.edge import Edge
from tests.providers.examples import NOW
from tests.providers.system_keys import WORKER, a_key, a_provider, bearer, exchange, head, wish


async def test_a_key_is_exchanged_for_a_token_of_its_scopes(edge: Edge) -> None:
    provider = await a_provider(edge)
    answer = (await exchange(edge, (await a_key(edge, provider))["secret"])).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 600)
    assert answer["scope"] == "orders.read providers.read"
    caller = edge.running.verifier.caller(f"Bearer {answer['access_token']}".encode())
    assert (caller.role, caller.county, caller.owner) == ("provider", edge.county, str(provider))


async def test_a_token_does_what_its_scopes_say_and_no_more(edge: Edge) -> None:
    provider = await a_provider(edge)
    headers = await bearer(edge, (await a_key(edge, provider))["secret"])
    assert (await edge.client.get(f"/v1/providers/{provider}", headers=headers)).status_code == 200
    before = await head(edge)
    for path, body in ((f"/v1/providers/{provider}/workers", WORKER), (f"/v1/providers/{provider}/keys", wish())):
        refused = await edge.client.post(path, json=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden.scope")
    assert await head(edge) == before


async def test_personal_data_need_a_scope_of_their_own(edge: Edge) -> None:
    provider = await a_provider(edge)
    worker = await edge.done(f"/v1/providers/{provider}/workers", WORKER, "provider", provider)
    path = f"/v1/workers/{worker['id']}/personal?purpose=shift"
    for scopes, status in ((["providers.read", "providers.write"], 403), (["personal.read"], 200)):
        headers = await bearer(edge, (await a_key(edge, provider, scopes=scopes))["secret"])
        assert (await edge.client.get(path, headers=headers)).status_code == status


async def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(edge: Edge) -> None:
    provider = await a_provider(edge)
    revoked, expired = await a_key(edge, provider), await a_key(edge, provider, expires_on="2026-11-02")
    good = await a_key(edge, provider)
    await edge.done(f"/v1/providers/{provider}/keys/{revoked['id']}/revocation", None, "provider", provider)
    await edge.pass_time(NOW + timedelta(days=1))
    secret = good["secret"]
    wrong = [
        revoked["secret"], expired["secret"], secret_text.make(edge.county, UUID(good["id"])),
        secret_text.make(edge.county, uuid4()), secret_text.make("130528", UUID(good["id"])), secret[:-1], "x",
        secret[:-1] + ("a" if secret[-1] != "a" else "b"), secret + "\n", "ｃｌｋ" + secret[3:], "clk_" * 30,
    ]  # fmt: skip
    before = await head(edge)
    answers = [await exchange(edge, one) for one in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["code"] == "key.invalid"
    assert await head(edge) == before
    assert (await exchange(edge, secret)).status_code == 200


async def test_a_use_is_noted_to_the_hour(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider)
    _, before = await head(edge)
    await asyncio.gather(*(exchange(edge, key["secret"]) for _ in range(4)))
    assert (await edge.get(f"/v1/keys/{key['id']}"))["used_at"] == "2026-11-02T02:00:00Z"
    await edge.pass_time(NOW + timedelta(minutes=59))
    await exchange(edge, key["secret"])
    assert (await head(edge))[1] == before + 1
    await edge.pass_time(NOW + timedelta(minutes=61))
    await exchange(edge, key["secret"])
    assert (await edge.get(f"/v1/keys/{key['id']}"))["used_at"] == "2026-11-02T03:00:00Z"
    assert (await head(edge))[1] == before + 2


@pytest.mark.parametrize(
    "body",
    [
        {}, {"key": "x"}, {"grant_type": "client_credentials"}, {"grant_type": "password", "key": "x"},
        {"grant_type": "client_credentials", "key": ""}, {"grant_type": "client_credentials", "key": "x" * 161},
        {"grant_type": "client_credentials", "key": 7},
        {"grant_type": "client_credentials", "key": "x", "scope": "orders.read"},
    ],
    ids=str,
)  # fmt: skip
async def test_an_exchange_of_another_shape_is_refused_and_echoes_nothing(edge: Edge, body: dict[str, Any]) -> None:
    answer = await edge.client.post("/v1/tokens", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "body.invalid")
    assert "xxx" not in answer.text


async def test_a_token_is_not_kept_with_an_idempotency_key(edge: Edge) -> None:
    provider = await a_provider(edge)
    body = {"grant_type": "client_credentials", "key": (await a_key(edge, provider))["secret"]}
    for _ in range(2):
        answer = await edge.client.post("/v1/tokens", json=body, headers={"Idempotency-Key": "the same"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        async with edge.running.database.at(edge.county) as connection:
            kept = await connection.fetch("select body from inbox where county = $1", edge.county)
        assert not any(answer.json()["access_token"].encode() in bytes(row["body"]) for row in kept)


def test_a_secret_has_256_bits_and_a_checksum() -> None:
    key_id = uuid4()
    secrets = {secret_text.make("130528", key_id) for _ in range(100)}
    assert len(secrets) == 100
    secret = secrets.pop()
    shown = secret_text.read(secret)
    assert (shown.county, shown.key_id, shown.secret_hash) == ("130528", key_id, secret_text.hash_of(secret))
    assert re.search(secret_text.PATTERN, f"key={secret}\n")
    for place in range(len(secret)):
        typo = secret[:place] + ("a" if secret[place] != "a" else "b") + secret[place + 1 :]
        assert secret_text.read(typo) == secret_text.NOBODYS


def test_a_county_with_a_part_has_its_name_in_the_secret() -> None:
    assert secret_text.read(secret_text.make("130528-zone1", uuid4())).county == "130528-zone1"
