"""One system for all of it: a county in which the bureau decides what is given, and one in which the charity does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from chassis.config import Settings
from tests.journeys.client import Client
from tests.journeys.county import shanghai
from tests.journeys.ground import whole_system
from tests.journeys.love.loving import Loving

BEGINS = shanghai(date(2024, 11, 1), 9)
System = tuple[Settings, asyncpg.Connection]


@pytest.fixture(scope="package")
async def system() -> AsyncIterator[System]:
    """The whole system, in this process."""
    async with whole_system(BEGINS) as running:
        yield running


@pytest.fixture(scope="package")
async def loving(system: System) -> AsyncIterator[Loving]:
    """The county of the love orders: its journeys follow one another, each with people of its own."""
    settings, connection = system
    client = Client(settings, "140901")
    try:
        yield await Loving.founded(client, connection)
    finally:
        await client.close()


@pytest.fixture(scope="module")
async def listing(system: System) -> AsyncIterator[Loving]:
    """A county whose pack lets the charity decide what each of a list is given (seed 001)."""
    settings, connection = system
    client = Client(settings, "140902")
    try:
        yield await Loving.founded(client, connection, content="charity")
    finally:
        await client.close()
