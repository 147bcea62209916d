"""A provider's keys, for tests of the running service."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx2

from tests.edge import Edge
from tests.providers.county import TOWN
from tests.providers.examples import CODE, TOWNSHIP

WORKER = {"name": "王小梅", "township": TOWNSHIP}


def wish(**changes: Any) -> dict[str, Any]:
    return {"label": "排班系统", "scopes": ["providers.read", "orders.read"], "expires_on": "2027-03-31", **changes}


async def a_provider(edge: Edge, code: str = CODE) -> UUID:
    """A registered provider, so far without agreement."""
    body = {"name": "安宁家政", "credit_code": code, "township": TOWNSHIP, "point": TOWN}
    return UUID((await edge.done("/v1/providers", body))["id"])


async def a_key(edge: Edge, provider: UUID, **changes: Any) -> dict[str, Any]:
    """A key that the provider's own officer has been given."""
    key: dict[str, Any] = await edge.done(f"/v1/providers/{provider}/keys", wish(**changes), "provider", provider)
    return key


async def exchange(edge: Edge, secret: str) -> httpx2.Response:
    return await edge.client.post("/v1/tokens", json={"grant_type": "client_credentials", "key": secret})


async def bearer(edge: Edge, secret: str) -> dict[str, str]:
    """Headers with the token that a secret was exchanged for."""
    answer = await exchange(edge, secret)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}", "Idempotency-Key": str(uuid4())}


async def head(edge: Edge) -> tuple[int, int]:
    async with edge.running.database.at(edge.county) as connection:
        row = await connection.fetchrow("select writes, position from head where county = $1", edge.county)
    return row["writes"], row["position"]
