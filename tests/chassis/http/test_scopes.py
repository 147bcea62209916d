"""Scopes at the edge, and tokens of an identity provider that has to be asked first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from chassis.auth import Verifier, issue_for_service
from tests.chassis.auth.identity_provider import AUDIENCE, IdentityProvider
from tests.chassis.http.conftest import Edge, Start


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    provider = IdentityProvider()
    yield provider
    provider.go_away()


async def code(response: httpx2.Response) -> str:
    """The code of a refusal, ``ok`` of an answer."""
    return str(response.json()["code"]) if response.status_code >= 400 else "ok"


@pytest.mark.parametrize(
    ("scopes", "read", "write", "feed"),
    [
        (None, "ok", "ok", "ok"), ((), "forbidden.scope", "forbidden.scope", "forbidden.scope"),
        (["toy.read"], "ok", "forbidden.scope", "forbidden.scope"),
        (["toy.write"], "forbidden.scope", "ok", "forbidden.scope"),
        (["feed.read"], "forbidden.scope", "forbidden.scope", "ok"),
        (["orders.read", "orders.write", "personal.read"], "forbidden.scope", "forbidden.scope", "forbidden.scope"),
    ],
    ids=str,
)  # fmt: skip
async def test_a_token_does_what_its_scopes_hold(edge: Edge, scopes: Any, read: str, write: str, feed: str) -> None:
    claims = {"scopes": scopes}
    assert await code(await edge.get("/v1/counters", claims=claims)) == read
    assert await code(await edge.post("/v1/counters", {"amount": 1}, claims=claims)) == write
    assert await code(await edge.get("/v1/events", claims=claims)) == feed


async def test_a_scope_is_looked_at_before_body_and_key(edge: Edge) -> None:
    headers = {"Idempotency-Key": " "}
    refused = await edge.post("/v1/counters", b"{", claims={"scopes": ["toy.read"]}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden.scope")


async def test_scopes_give_nothing_that_the_role_has_not(edge: Edge) -> None:
    refused = await edge.post("/v1/clock", {"to": "2030-01-01T00:00:00Z"}, "auditor", claims={"scopes": ["toy.write"]})
    assert refused.json()["code"] == "forbidden.role"


async def test_a_deployment_on_own_servers_believes_its_identity_provider_only(
    start: Start, provider: IdentityProvider
) -> None:
    """The first token has its issuer asked for the keys, without holding up anybody else's request."""
    key = provider.add("ES256", "k1")
    fixed = {"embedded": False, "oidc_issuer": provider.issuer, "oidc_audience": AUDIENCE}
    async with start() as embedded, start(fixed) as edge:
        headers = {"Authorization": provider.token("ES256", key, county="130528").decode()}
        assert (await edge.client.get("/v1/counters", headers=headers)).status_code == 200
        developments = await edge.client.get("/v1/counters", headers=embedded.headers())
        assert (developments.status_code, developments.json()["code"]) == (401, "token.invalid")
        services = {"Authorization": f"Bearer {issue_for_service(edge.running.settings, 'orders')}"}
        assert (await edge.client.get("/v1/heads", headers=services)).status_code == 200


async def test_while_its_identity_provider_was_never_heard_a_token_is_answered_later(
    start: Start, provider: IdentityProvider
) -> None:
    seconds = 0.0
    token = provider.token("ES256", provider.add("ES256", "k1"), county="130528").decode()
    async with start({"oidc_issuer": provider.issuer, "oidc_audience": AUDIENCE}) as usual:
        settings = usual.running.settings
    provider.go_away()
    async with start(verifier=Verifier(settings, clock=lambda: seconds)) as edge:
        away = await edge.client.get("/v1/counters", headers={"Authorization": token})
        assert (away.status_code, away.json()["code"]) == (503, "unavailable")
        assert away.headers["retry-after"]
        provider.come_back()
        seconds += 60
        assert (await edge.client.get("/v1/counters", headers={"Authorization": token})).status_code == 200
