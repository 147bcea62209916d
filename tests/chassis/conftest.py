"""What the tests of the bus share: the schemas of the two toy services."""

from __future__ import annotations

import pytest

from chassis.migrate import migrate
from tests.chassis.pair import SERVICES
from tests.conftest import Servers


@pytest.fixture(scope="session")
async def pair_tables(servers: Servers) -> None:
    """Schemas and roles of ``other`` and ``toy``."""
    await migrate(SERVICES, servers.settings())
