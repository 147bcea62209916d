"""Three counties for everything that looks at the walls from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.walls.world import World, playing


@pytest.fixture(scope="package")
async def counties() -> AsyncIterator[World]:
    """Played once a run."""
    async with playing() as world:
        yield world
