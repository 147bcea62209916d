"""The relay on the real servers: everything is published in order, once, whatever happens to stream or database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from chassis.bus import Bus, Message, Refused
from chassis.config import Settings
from chassis.relay import Relay
from tests.chassis.operator import operator
from tests.chassis.pair import Side, amounts, other, positions, published, side, until
from tests.conftest import Servers


@pytest.fixture
def settings(servers: Servers) -> Settings:
    return servers.settings(relay_poll_s=0.2, relay_batch_max=10)


@pytest.fixture
async def source(settings: Settings, pair_tables: None) -> AsyncIterator[Side]:
    async with side(other, settings) as source:
        yield source


@pytest.fixture
async def relay(source: Side) -> AsyncIterator[Relay]:
    relay = Relay("other", source.database, source.bus, source.settings)
    source.dispatch.on_commit(relay.on_commit)
    await relay.start()
    yield relay
    await relay.stop()


@pytest.fixture
def county() -> str:
    return uuid4().hex[:12]


async def reaches(relay: Relay, county: str, position: int) -> None:
    async def there() -> bool:
        return relay.published(county) == position

    await until(there)


async def test_everything_is_published_in_order_and_once(source: Side, relay: Relay, county: str) -> None:
    await source.add(county, *range(1, 36))
    await reaches(relay, county, 35)
    messages = await published(source, county)
    assert positions(messages) == list(range(1, 36))
    assert amounts(messages) == list(range(1, 36))
    assert [int(message["Careloop-Previous"]) for message in messages] == list(range(35))


async def test_a_message_says_what_the_log_says(source: Side, relay: Relay, county: str) -> None:
    stream = await source.add(county, 5)
    await reaches(relay, county, 1)
    row = await source.database.fetchrow("select * from public_log where county = $1", county)
    assert row is not None
    epoch = await source.database.fetchval("select epoch from head where county = $1", county)
    message = (await published(source, county))[0]
    assert message["body"].encode() == row["body"]
    assert {name: message[name] for name in message if name.startswith("ce-")} == {
        "ce-specversion": "1.0",
        "ce-id": str(row["event_id"]),
        "ce-source": f"/careloop/other/{county}",
        "ce-type": "other.added.v1",
        "ce-subject": str(stream),
        "ce-time": row["recorded_at"].isoformat(),
    }
    assert (message["Nats-Msg-Id"], message["Careloop-Epoch"]) == (str(row["event_id"]), str(epoch))


async def test_a_commit_wakes_the_relay(source: Side, county: str) -> None:
    slow = source.settings.model_copy(update={"relay_poll_s": 60.0})
    relay = Relay("other", source.database, source.bus, slow)
    source.dispatch.on_commit(relay.on_commit)
    await relay.start()
    await source.add(county, 1)
    await reaches(relay, county, 1)
    await source.add(county, 2)
    await reaches(relay, county, 2)
    await relay.stop()


async def test_a_batch_is_followed_by_a_hint(source: Side, relay: Relay, county: str) -> None:
    hinted = asyncio.Event()
    ears = Bus(source.settings.service_nats_url("toy"), "ears", "toy")
    await ears.start()
    await ears.on_hint("other", hinted.set)
    await ears.flush()
    await source.add(county, 1)
    async with asyncio.timeout(5):
        await hinted.wait()
    await ears.stop()


async def test_a_new_relay_goes_on_where_the_stream_ends(source: Side, relay: Relay, county: str) -> None:
    await source.add(county, 1, 2)
    await reaches(relay, county, 2)
    await relay.stop()
    await source.add(county, 3)
    successor = Relay("other", source.database, source.bus, source.settings)
    await successor.start()
    await reaches(successor, county, 3)
    await successor.stop()
    assert positions(await published(source, county)) == [1, 2, 3]


async def test_a_relay_that_slept_is_refused_and_goes_on_behind_the_other(
    source: Side, relay: Relay, county: str
) -> None:
    await source.add(county, 1)
    await reaches(relay, county, 1)
    await relay.stop()
    awake = Relay("other", source.database, source.bus, source.settings)
    await awake.start()
    await source.add(county, 2, 3)
    await reaches(awake, county, 3)
    await awake.stop()
    await source.add(county, 4)
    await relay.start()
    await reaches(relay, county, 4)
    await relay.stop()
    assert positions(await published(source, county)) == [1, 2, 3, 4]


async def test_two_relays_at_once_publish_everything_once(source: Side, relay: Relay, county: str) -> None:
    second = Relay("other", source.database, source.bus, source.settings)
    source.dispatch.on_commit(second.on_commit)
    await second.start()
    await source.add(county, *range(1, 101))
    await until(lambda: settled_both(relay, second))
    await second.stop()
    assert positions(await published(source, county)) == list(range(1, 101))


async def settled_both(*relays: Relay) -> bool:
    return all([await relay.settled() for relay in relays])


async def test_a_stale_batch_is_refused_whole(source: Side, relay: Relay, county: str) -> None:
    await source.add(county, 1)
    await reaches(relay, county, 1)
    batch = [Message(f"careloop.{county}.other.added", b"{}", {}) for _ in range(3)]
    with pytest.raises(Refused) as refused:
        await source.bus.publish_batch(batch, f"careloop.{county}.other.>", 0)
    assert refused.value.code == 10071
    assert positions(await published(source, county)) == [1]


async def test_a_deleted_stream_is_filled_again(source: Side, relay: Relay, county: str) -> None:
    await source.add(county, *range(1, 16))
    await reaches(relay, county, 15)
    async with operator(source.settings, "other") as bus:
        await bus.lose_stream()
    await source.add(county, 16)
    await until(relay.settled)
    assert positions(await published(source, county)) == list(range(1, 17))


async def test_a_stream_that_lost_its_end_is_completed(source: Side, relay: Relay, county: str) -> None:
    await source.add(county, 1, 2, 3)
    await reaches(relay, county, 3)
    await relay.stop()
    async with operator(source.settings, "other") as bus:
        assert await bus.lose_messages(county, {3}) == 1
    successor = Relay("other", source.database, source.bus, source.settings)
    await successor.start()
    await until(lambda: ends_at(source.bus, county, 3))
    await successor.stop()
    assert positions(await published(source, county)) == [1, 2, 3]


async def ends_at(bus: Bus, county: str, position: int) -> bool:
    last = await bus.last("other", county)
    return last is not None and last.position == position


async def test_a_replaced_history_gets_a_new_epoch_and_is_published_again(
    source: Side, relay: Relay, county: str, settings: Settings
) -> None:
    await source.add(county, 1, 2, 3)
    await reaches(relay, county, 3)
    await relay.stop()
    before = await source.database.fetchval("select epoch from head where county = $1", county)
    await forget_after(settings, county, 2)
    restored = Relay("other", source.database, source.bus, source.settings)
    await restored.start()
    await reaches(restored, county, 2)
    await restored.stop()
    after = await source.database.fetchval("select epoch from head where county = $1", county)
    messages = await published(source, county)
    assert before != after
    assert positions(messages) == [1, 2, 3, 1, 2]
    assert [message["Careloop-Epoch"] for message in messages] == [str(before)] * 3 + [str(after)] * 2


async def forget_after(settings: Settings, county: str, position: int) -> None:
    """What a restored backup does: everything after ``position`` is gone."""
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    for table in ("events", "public_log"):
        await admin.execute(f"delete from {table} where county = $1 and position > $2", county, position)
    await admin.execute(
        "update head set position = $2, public_position = $2,"
        " hash = (select hash from events where county = $1 and position = $2),"
        " public_hash = (select hash from public_log where county = $1 and position = $2) where county = $1",
        county,
        position,
    )
    await admin.close()


async def test_an_event_too_large_for_the_bus_is_left_to_the_feed(
    source: Side, county: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await source.add(county, 1, 10_000_000, 3)
    query = "select body from public_log where county = $1 and position = 1"
    small = len(await source.database.fetchval(query, county))
    monkeypatch.setattr(Bus, "body_max_bytes", small)
    relay = Relay("other", source.database, source.bus, source.settings)
    await relay.start()
    await reaches(relay, county, 3)
    await relay.stop()
    assert positions(await published(source, county)) == [1, 3]
