"""The settlement service as it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.settlement.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.settlement.examples import NOW


@pytest.fixture
async def edge(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county without policy, facts or money, on the first of December."""
    async with running_edge(service, servers.settings(), tmp_path, NOW) as edge:
        yield edge
