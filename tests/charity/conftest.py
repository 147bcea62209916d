"""The charity service as it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.charity.service import service
from tests.charity.examples import NOW
from tests.conftest import Servers
from tests.edge import Edge, running_edge


@pytest.fixture
async def edge(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county without policy, charities or love orders."""
    async with running_edge(service, servers.settings(), tmp_path, NOW) as edge:
        yield edge
