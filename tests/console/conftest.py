"""The pages over the real providers and charity services, each in a county of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chassis.config import Settings
from console.app import Console
from console.services import Services
from services.charity.service import service as charity_service
from services.providers.service import service as providers_service
from tests.charity.examples import NOW as CHARITY_NOW
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.providers.examples import NOW

PAGES = "https://pages.example"
"""Where people outside reach the pages."""


@pytest.fixture
async def providers(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """The providers service, which knows where the pages are."""
    (tmp_path / "providers").mkdir()
    settings = servers.settings(console_url=PAGES)
    async with running_edge(providers_service, settings, tmp_path / "providers", NOW) as edge:
        yield edge


@pytest.fixture
async def charity(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """The charity service, which knows where the pages are."""
    (tmp_path / "charity").mkdir()
    settings = servers.settings(console_url=PAGES)
    async with running_edge(charity_service, settings, tmp_path / "charity", CHARITY_NOW) as edge:
        yield edge


def console(providers: Edge | None = None, charity: Edge | None = None, **changes: Any) -> Console:
    """The pages over services that run, or over an address where nobody listens."""
    nobody = httpx2.AsyncClient(base_url="http://127.0.0.1:1", trust_env=False)
    clients = {"providers": providers and providers.client, "charity": charity and charity.client}
    services = Services({name: client or nobody for name, client in clients.items()})
    return Console(services, Settings(**changes))


def reader(pages: Console, address: str = "198.51.100.7") -> httpx2.AsyncClient:
    """Somebody at ``address`` who opens pages."""
    transport = httpx2.ASGITransport(app=pages, client=(address, 50_000))
    return httpx2.AsyncClient(transport=transport, base_url=PAGES)
