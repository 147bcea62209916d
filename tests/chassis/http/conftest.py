"""The counting service over ASGI, on the real dispatch and tables."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from chassis.auth import Verifier, issue
from chassis.authority import Authority
from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.http import Running, create_app
from tests.chassis.http.counting import service

AUTHZ = Path(__file__).parent / "authz"
"""What may be done to counters, besides the deployment's policies."""


@dataclass
class Edge:
    """A caller of the service: requests with a token, a county and fresh keys."""

    client: httpx2.AsyncClient
    running: Running
    county: str

    def headers(self, role: str = "bureau", **changes: Any) -> dict[str, str]:
        """Headers of a caller in ``role``; ``county``, ``owner``, ``township`` and ``subject`` may differ."""
        claims = {"subject": "somebody", "county": self.county, **changes}
        return {"Authorization": f"Bearer {issue(self.running.settings, role=role, **claims)}"}

    async def get(self, path: str, role: str = "bureau", **more: Any) -> httpx2.Response:
        headers = {**self.headers(role, **more.pop("claims", {})), **more.pop("headers", {})}
        return await self.client.get(path, headers=headers, **more)

    async def post(
        self, path: str, body: Any = None, role: str = "bureau", key: str = "", **more: Any
    ) -> httpx2.Response:
        headers = {"Idempotency-Key": key or str(uuid4()), **self.headers(role, **more.pop("claims", {}))}
        headers |= more.pop("headers", {})
        content = {"content": body, "headers": {**headers, "Content-Type": "application/json"}}
        return await self.client.post(
            path, **more, **(content if isinstance(body, bytes) else {"json": body, "headers": headers})
        )


Start = Callable[..., Any]


@pytest.fixture
def start(toy_settings: Settings, toy_database: Database, tmp_path: Path) -> Start:
    """Starts an edge; ``settings`` and other fields of ``Running`` may be changed."""

    @contextlib.asynccontextmanager
    async def start(settings: dict[str, Any] | None = None, **changes: Any) -> AsyncIterator[Edge]:
        changed = toy_settings.model_copy(update=settings or {})
        clock = Clock(tmp_path / "clock.json") if changed.embedded else Clock()
        dispatch = Dispatch(service, toy_database, changed, clock)
        values: dict[str, Any] = {
            "service": service, "settings": changed, "clock": clock, "dispatch": dispatch, "database": toy_database,
            "verifier": Verifier(changed), "codec": dispatch.codec,
            "authority": Authority.load(changed.authz, AUTHZ), **changes,
        }  # fmt: skip
        running = Running(**values)
        transport = httpx2.ASGITransport(app=create_app(running.service, running))
        async with httpx2.AsyncClient(transport=transport, base_url="http://counting.test") as client:
            yield Edge(client, running, uuid4().hex[:12])
        await dispatch.stop()

    return start


@pytest.fixture
async def edge(start: Start) -> AsyncIterator[Edge]:
    """The edge as it usually is."""
    async with start() as edge:
        yield edge
