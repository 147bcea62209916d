"""API keys of the running service: issued, rotated and revoked by people, their secrets told once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

from chassis.auth import issue
from services.providers.api import secret_text
from services.providers.domain.system_key import ACTIVE_MAX
from tests.edge import Edge
from tests.providers.county import OTHER_CODE
from tests.providers.examples import NOW
from tests.providers.system_keys import a_key, a_provider, bearer, exchange, head, wish

ALL_SCOPES = [
    "feed.read", "orders.read", "personal.read", "providers.read", "providers.write", "settlement.read",
    "settlement.write",
]  # fmt: skip


async def test_a_secret_is_told_once(edge: Edge) -> None:
    provider = await a_provider(edge)
    path, headers = f"/v1/providers/{provider}/keys", edge.headers("provider", provider)
    first = await edge.client.post(path, json=wish(), headers=headers)
    again = await edge.client.post(path, json=wish(), headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert secret_text.PATTERN.fullmatch(first.json()["secret"])
    assert again.json() == {**first.json(), "secret": None}
    together = edge.headers("provider", provider)
    answers = await asyncio.gather(*(edge.client.post(path, json=wish(), headers=together) for _ in range(5)))
    assert sorted(answer.json()["secret"] is None for answer in answers) == [False, True, True, True, True]


async def test_a_secret_is_kept_nowhere(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider)
    other = await edge.done(f"/v1/providers/{provider}/keys/{key['id']}/rotation", {}, "provider", provider)
    await bearer(edge, other["secret"])
    for secret in (key["secret"], other["secret"]):
        hidden = secret.rpartition("_")[2][:43]
        assert len(hidden) == 43
        async with edge.running.database.at(edge.county) as connection:
            for table in ("events", "inbox", "system_keys", "public_log", "agenda"):
                rows = await connection.fetch(f"select t::text as row from {table} t where county = $1", edge.county)
                assert rows or table == "public_log"
                assert not any(hidden in row["row"] or hidden.encode().hex() in row["row"] for row in rows)


async def test_a_key_shows_what_it_is_and_never_its_secret_or_hash(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider)
    shown = await edge.get(f"/v1/keys/{key['id']}", "provider", provider)
    assert shown["created_at"].startswith("2026-11-02T02:0")
    assert shown == {
        "id": key["id"], "provider": str(provider), "label": "排班系统", "scopes": ["orders.read", "providers.read"],
        "created_at": shown["created_at"], "expires_on": "2027-03-31", "status": "active", "rotated_at": None,
        "used_at": None,
    }  # fmt: skip
    assert (await edge.get("/v1/keys", "provider", provider))["items"] == [shown]
    assert (await edge.get(f"/v1/keys?provider={provider}&status=active", "auditor"))["items"] == [shown]


async def test_a_key_makes_no_keys_whatever_its_scopes(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider, scopes=ALL_SCOPES)
    headers = await bearer(edge, key["secret"])
    own = f"/v1/providers/{provider}/keys"
    for path, body in ((own, wish()), (f"{own}/{key['id']}/rotation", {}), (f"{own}/{key['id']}/revocation", None)):
        refused = await edge.client.post(path, json=body, headers=headers)
        assert refused.json()["code"] == "forbidden.scope"
    for path in ("/v1/keys", f"/v1/keys/{key['id']}"):
        assert (await edge.client.get(path, headers=headers)).json()["code"] == "forbidden.scope"
    body = wish(scopes=["keys.write"])
    assert await edge.refused(own, body, "provider", provider) == (422, "body.invalid")


async def test_nobody_gives_a_key_more_than_he_may_himself(edge: Edge) -> None:
    provider = await a_provider(edge)
    token = issue(edge.running.settings, "clerk", "bureau", edge.county, scopes=["keys.write", "providers.read"])
    path, before = f"/v1/providers/{provider}/keys", await head(edge)
    for scopes, code in ((["providers.read", "orders.read"], 403), (["providers.read"], 201)):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        answer = await edge.client.post(path, json=wish(scopes=scopes), headers=headers)
        assert answer.status_code == code
        assert (await head(edge) == before) == (code == 403)


async def test_nobody_gets_hold_of_more_by_rotating_a_key(edge: Edge) -> None:
    provider, other = await a_provider(edge), await a_provider(edge, OTHER_CODE)
    key, before = await a_key(edge, provider), await head(edge)
    token = issue(edge.running.settings, "clerk", "bureau", edge.county, scopes=["keys.write", "providers.read"])
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    for owner, code in ((provider, "forbidden.scope"), (other, "key.unknown")):
        path = f"/v1/providers/{owner}/keys/{key['id']}/rotation"
        assert (await edge.client.post(path, json={}, headers=headers)).json()["code"] == code
    assert await head(edge) == before
    assert (await exchange(edge, key["secret"])).status_code == 200


async def test_the_bureau_keeps_the_keys_of_its_providers_too(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await edge.done(f"/v1/providers/{provider}/keys", wish())
    await edge.done(f"/v1/providers/{provider}/keys/{key['id']}/revocation")
    assert (await edge.get(f"/v1/keys/{key['id']}"))["status"] == "revoked"


async def test_another_provider_finds_no_keys(edge: Edge) -> None:
    provider, other = await a_provider(edge), await a_provider(edge, OTHER_CODE)
    key = await a_key(edge, provider)
    own, foreign = f"/v1/providers/{other}/keys", f"/v1/providers/{provider}/keys"
    before = await head(edge)
    assert await edge.refused(foreign, wish(), "provider", other) == (404, "not_found")
    for path in (f"{foreign}/{key['id']}", f"{own}/{key['id']}"):
        assert (await edge.post(f"{path}/rotation", {}, "provider", other)).status_code == 404
        assert (await edge.post(f"{path}/revocation", None, "provider", other)).status_code == 404
    assert (await edge.client.get(f"/v1/keys/{key['id']}", headers=edge.headers("provider", other))).status_code == 404
    assert (await edge.get("/v1/keys", "provider", other))["items"] == []
    assert await head(edge) == before


async def test_a_rotation_lets_both_secrets_live_for_a_while(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider)
    path, headers = f"/v1/providers/{provider}/keys/{key['id']}/rotation", edge.headers("provider", provider)
    rotated = (await edge.client.post(path, json={"overlap_hours": 2}, headers=headers)).json()
    again = (await edge.client.post(path, json={"overlap_hours": 2}, headers=headers)).json()
    assert again == {**rotated, "secret": None}
    for secret in (key["secret"], rotated["secret"]):
        assert (await exchange(edge, secret)).status_code == 200
    await edge.pass_time(NOW + timedelta(hours=2, minutes=5))
    assert (await exchange(edge, key["secret"])).status_code == 401
    assert (await exchange(edge, rotated["secret"])).status_code == 200


async def test_a_rotation_without_overlap_ends_the_old_secret_at_once(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider)
    path = f"/v1/providers/{provider}/keys/{key['id']}/rotation"
    rotated = await edge.done(path, {"overlap_hours": 0}, "provider", provider)
    assert (await exchange(edge, key["secret"])).status_code == 401
    assert (await exchange(edge, rotated["secret"])).status_code == 200
    for hours in (-1, 169, 1.5, True):
        assert await edge.refused(path, {"overlap_hours": hours}, "provider", provider) == (422, "body.invalid")


async def test_a_key_expires_by_itself(edge: Edge) -> None:
    provider = await a_provider(edge)
    key = await a_key(edge, provider, expires_on="2026-11-02")
    await edge.pass_time(NOW + timedelta(days=1))
    assert (await edge.get(f"/v1/keys/{key['id']}"))["status"] == "expired"
    path = f"/v1/providers/{provider}/keys/{key['id']}/rotation"
    assert await edge.refused(path, {}, "provider", provider) == (409, "key.ended")


async def test_a_provider_has_so_many_keys_also_when_they_are_asked_for_at_once(edge: Edge) -> None:
    provider = await a_provider(edge)
    path = f"/v1/providers/{provider}/keys"
    answers = await asyncio.gather(*(edge.post(path, wish(), "provider", provider) for _ in range(ACTIVE_MAX + 3)))
    assert sorted(answer.status_code for answer in answers) == [201] * ACTIVE_MAX + [409] * 3
