"""One world for all bad input."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.walls.bad_input.world import World, running_world


@pytest.fixture(scope="package")
async def world() -> AsyncIterator[World]:
    """The running services and what was made there."""
    async with running_world() as world:
        yield world
