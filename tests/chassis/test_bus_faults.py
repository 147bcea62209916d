"""NATS killed, and its store lost, under a running relay and consumer: nothing is lost, nothing is applied twice."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from careloop.embedded import Embedded
from chassis.consumer import Consumer
from chassis.relay import Relay
from tests.chassis.pair import Side, feed_of, listening, other, positions, published, side, until
from tests.chassis.quiet import quiet
from tests.conftest import BUS, ROLE_SECRET, Servers


@dataclass
class Loop:
    """Both services with a NATS of their own."""

    nats: Embedded
    source: Side
    hearing: Side

    def kill(self) -> None:
        """As a power cut does."""
        os.kill(self.nats.pids()["nats"], signal.SIGKILL)

    async def heard(self, county: str, position: int) -> None:
        async def there() -> bool:
            return await self.hearing.heard(county) == position

        await until(there, timeout_s=30.0)


@pytest.fixture
async def loop(servers: Servers, pair_tables: None, tmp_path: Path) -> AsyncIterator[Loop]:
    nats = await Embedded.start(tmp_path / "own", postgres=False, role_secret=ROLE_SECRET, bus=BUS)
    settings = servers.settings(nats_url=nats.nats_url, relay_poll_s=0.2, consumer_poll_s=0.2)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(nats.stop)
        source = await stack.enter_async_context(side(other, settings))
        hearing = await stack.enter_async_context(side(listening, settings))
        source.relay = Relay("other", source.database, source.bus, settings)
        source.dispatch.on_commit(source.relay.on_commit)
        feed, _way = feed_of(source)
        stack.push_async_callback(feed.close)
        consumer = Consumer(listening, "other", hearing.database, hearing.bus, hearing.dispatch, settings, feed)
        hearing.consumers = (consumer,)
        for part in (source.relay, consumer):
            await part.start()
            stack.push_async_callback(part.stop)
        yield Loop(nats, source, hearing)


async def test_a_killed_nats_is_done_without_and_caught_up_when_it_is_back(loop: Loop) -> None:
    county = uuid4().hex[:12]
    subject = await loop.source.add(county, 1, 2)
    await loop.heard(county, 2)
    loop.kill()
    await loop.source.add(county, 3, 4, stream=subject)
    await loop.heard(county, 4)
    await loop.nats.ensure()
    await loop.source.add(county, 5, stream=subject)
    await quiet([loop.source, loop.hearing])
    assert await loop.hearing.total(county, subject) == 15
    assert positions(await published(loop.source, county)) == [1, 2, 3, 4, 5]


async def test_a_lost_store_is_rebuilt_from_the_database(loop: Loop) -> None:
    county = uuid4().hex[:12]
    subject = await loop.source.add(county, 1, 2, 3)
    await loop.heard(county, 3)
    loop.kill()
    shutil.rmtree(loop.nats.data / "nats" / "store")
    await loop.nats.ensure()
    await loop.source.add(county, 4, stream=subject)
    await quiet([loop.source, loop.hearing])
    assert await loop.hearing.total(county, subject) == 10
    assert positions(await published(loop.source, county)) == [1, 2, 3, 4]
