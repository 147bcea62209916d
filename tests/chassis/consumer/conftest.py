"""One service that tells and one that hears; neither is running yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from chassis.bus import Bus
from chassis.config import Settings
from chassis.relay import Relay
from tests.chassis.consumer.ears import Ear, ear_of
from tests.chassis.pair import Side, listening, other, side
from tests.conftest import Servers


@pytest.fixture
def settings(servers: Servers) -> Settings:
    return servers.settings(relay_poll_s=0.2, consumer_poll_s=0.2, consumer_batch_max=10)


@pytest.fixture
def county() -> str:
    return uuid4().hex[:12]


@pytest.fixture
async def source(settings: Settings, pair_tables: None) -> AsyncIterator[Side]:
    """The service that tells; its relay is not running yet."""
    async with side(other, settings) as source:
        source.relay = Relay("other", source.database, source.bus, settings)
        source.dispatch.on_commit(source.relay.on_commit)
        yield source
        await source.relay.stop()


@pytest.fixture
async def hearing(settings: Settings, pair_tables: None) -> AsyncIterator[Side]:
    async with side(listening, settings) as hearing:
        yield hearing


@pytest.fixture
async def ear(hearing: Side, source: Side) -> AsyncIterator[Ear]:
    """Not started yet."""
    ear = await ear_of(hearing, source)
    yield ear
    await ear.consumer.stop()
    await ear.feed.close()


@pytest.fixture
async def deaf_to_the_bus(hearing: Side, source: Side) -> AsyncIterator[Ear]:
    """Its NATS does not answer."""
    away = Bus("nats://127.0.0.1:9", "away")
    await away.start(patience_s=0.05)
    ear = await ear_of(replace(hearing, bus=away), source)
    yield ear
    await ear.consumer.stop()
    await ear.feed.close()
    await away.stop()
