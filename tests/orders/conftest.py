"""The orders service as it runs, in a county of its own with Ningjin's rules."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.orders.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.orders.examples import PACK, at
from tests.orders.needs_in_depth import PACK_2

_number = itertools.count(990_001)
_number_in_depth = itertools.count(982_001)


@pytest.fixture
async def county(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county that has published its policy, on 20 September 2024."""
    async with running_edge(service, servers.settings(), tmp_path, at("2024-09-20")) as edge:
        edge.county = str(next(_number))
        await edge.done("/v1/policies", {"document": pack_of(edge.county)})
        yield edge


@pytest.fixture(scope="module")
async def in_depth(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    """The service once for all tests of a file; each takes a fresh county of its own (``people.fresh``)."""
    folder = tmp_path_factory.mktemp("orders")
    async with running_edge(service, servers.settings(), folder, at("2024-10-10")) as edge:
        yield edge


@pytest.fixture
async def ningjin(servers: Servers, tmp_path: Path) -> AsyncIterator[Edge]:
    """A county with the second pack, on Tuesday 8 October 2024."""
    async with running_edge(service, servers.settings(), tmp_path, at("2024-10-08")) as edge:
        edge.county = str(next(_number_in_depth))
        document = PACK_2.read_text(encoding="utf-8").replace("130528", edge.county)
        await edge.done("/v1/policies", {"document": document})
        yield edge


def pack_of(county: str) -> str:
    """Ningjin's pack as another county's."""
    return PACK.read_text(encoding="utf-8").replace("130528", county)
