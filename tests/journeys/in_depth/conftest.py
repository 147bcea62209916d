"""One whole system for all journeys in depth; each gets a county of its own, and the clock runs through the year."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from chassis.config import Settings
from tests.journeys.client import Client
from tests.journeys.county import shanghai
from tests.journeys.ground import whole_system
from tests.journeys.in_depth.way import Way

BEGINS = shanghai(date(2024, 10, 21), 9)
_number = itertools.count(140_101)
System = tuple[Settings, asyncpg.Connection]


@pytest.fixture(scope="package")
async def system() -> AsyncIterator[System]:
    """The whole system, in this process."""
    async with whole_system(BEGINS) as running:
        yield running


@pytest.fixture(scope="module")
async def way(system: System) -> AsyncIterator[Way]:
    """A county with Ningjin's rules in depth, where it is the month before the one that is played."""
    settings, connection = system
    client = Client(settings, str(next(_number)))
    try:
        yield await Way.begun(client, connection)
    finally:
        await client.close()
