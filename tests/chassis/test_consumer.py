"""The consumer on the real servers and the real feed: every event applied once, in order, whatever the bus does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis import parking
from chassis.backfill import Feed
from chassis.bus import Bus
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.quiet import quiet
from chassis.relay import Relay
from chassis.service import Heard, Service, Step
from tests.chassis import toy
from tests.chassis.pair import (
    NOT_YET,
    POISON,
    Cut,
    OtherAdded,
    Side,
    feed_of,
    listening,
    other,
    side,
    until,
)
from tests.conftest import Servers

NEVER_S = 3600.0


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
        source.relay = Relay("other", source.pool, source.bus, settings)
        source.dispatch.on_commit(source.relay.on_commit)
        yield source
        await source.relay.stop()


@dataclass
class Ear:
    """The service that hears, its consumer, and the way to the source's feed."""

    side: Side
    consumer: Consumer
    feed: Feed
    way: Cut


async def ear_of(hearing: Side, source: Side, service: Service = listening, **changes: object) -> Ear:
    feed, way = feed_of(source)
    settings = hearing.settings.model_copy(update=changes)
    consumer = Consumer(service, "other", hearing.pool, hearing.bus, hearing.dispatch, settings, feed)
    return Ear(hearing, consumer, feed, way)


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


async def hears_through(ear: Ear, county: str, position: int) -> None:
    async def there() -> bool:
        return await ear.side.heard(county) == position

    await until(there)


async def start(source: Side, ear: Ear) -> None:
    assert source.relay
    await source.relay.start()
    await ear.consumer.start()


async def test_everything_is_applied_once(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    subject = await source.add(county, *[1] * 45)
    await hears_through(ear, county, 45)
    assert await ear.side.total(county, subject) == 45


async def test_a_hint_wakes_the_consumer(source: Side, hearing: Side, county: str) -> None:
    ear = await ear_of(hearing, source, consumer_poll_s=NEVER_S)
    await start(source, ear)
    await source.add(county, 1)
    await hears_through(ear, county, 1)
    await source.add(county, 1)
    await hears_through(ear, county, 2)
    await ear.consumer.stop()


async def test_without_nats_everything_comes_by_the_feed(source: Side, deaf_to_the_bus: Ear, county: str) -> None:
    await deaf_to_the_bus.consumer.start()
    subject = await source.add(county, *[1] * 25)
    await hears_through(deaf_to_the_bus, county, 25)
    assert await deaf_to_the_bus.side.total(county, subject) == 25


async def test_a_message_lost_in_the_stream_is_read_from_the_feed(source: Side, ear: Ear, county: str) -> None:
    assert source.relay
    await source.relay.start()
    subject = await source.add(county, 1, 2, 3)
    await until(source.relay.settled)
    last = await source.bus.last("other", county)
    assert last is not None
    await source.bus.client.jetstream().delete_msg("careloop-other", last.sequence - 1)
    await ear.consumer.start()
    await hears_through(ear, county, 3)
    assert ear.way.pages > 0
    assert await ear.side.total(county, subject) == 6


async def test_the_lost_end_of_a_stream_is_read_from_the_feed(source: Side, ear: Ear, county: str) -> None:
    await ear.consumer.start()
    subject = await source.add(county, 1, 2)
    await hears_through(ear, county, 2)
    assert await ear.side.total(county, subject) == 3


async def test_a_deleted_stream_loses_nothing(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    subject = await source.add(county, 1, 2)
    await hears_through(ear, county, 2)
    await source.bus.client.jetstream().delete_stream("careloop-other")
    await source.add(county, 3, stream=subject)
    await hears_through(ear, county, 3)
    assert await ear.side.total(county, subject) == 6
    assert source.relay
    await until(source.relay.settled)


async def test_what_is_delivered_again_is_applied_once(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    subject = await source.add(county, 1, 2)
    await hears_through(ear, county, 2)
    await ear.consumer.stop()
    await source.bus.client.jetstream().delete_consumer("careloop-other", "toy")
    again = await ear_of(ear.side, source)
    await again.consumer.start()
    await source.add(county, 3, stream=subject)
    await hears_through(again, county, 3)
    await again.consumer.stop()
    assert await ear.side.total(county, subject) == 6


async def test_two_consumers_at_once_apply_everything_once(
    source: Side, ear: Ear, county: str, settings: Settings
) -> None:
    async with side(listening, settings) as elsewhere:
        rival = await ear_of(elsewhere, source)
        await start(source, ear)
        await rival.consumer.start()
        subject = await source.add(county, *[1] * 150)
        await hears_through(ear, county, 150)
        await rival.consumer.stop()
        assert await ear.side.total(county, subject) == 150


async def test_a_poisonous_event_is_parked_after_its_tries_and_others_flow(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    poisoned = await source.add(county, 1, POISON, 2)
    healthy = await source.add(county, 5, 6)
    await hears_through(ear, county, 5)
    assert await ear.side.total(county, poisoned) == 1
    assert await ear.side.total(county, healthy) == 11
    assert await ear.side.parked(county) == [(2, "RuntimeError: a bug"), (3, "waits for position 2")]
    tries = await ear.side.pool.fetchval("select tries from parked where county = $1 and position = 2", county)
    assert tries == ear.side.settings.consumer_tries


async def test_a_later_event_of_a_parked_subject_waits_after_a_restart_too(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    poisoned = await source.add(county, POISON)
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    successor = await ear_of(ear.side, source)
    await successor.consumer.start()
    await source.add(county, 2, stream=poisoned)
    await hears_through(successor, county, 2)
    await successor.consumer.stop()
    assert [position for position, _ in await ear.side.parked(county)] == [1, 2]


class Mended:
    """The toy service, whose fault can be mended: then what was poison is applied."""

    def __init__(self) -> None:
        self.mended = False
        self.seen = 0
        self.service = replace(listening, hears={"other": {OtherAdded.TYPE: self.hear}})

    def hear(self, heard: Heard) -> list[Step]:
        self.seen += 1
        steps = list(toy.heard_added(heard))
        unfit = isinstance(steps[0].command, toy.Fail | toy.Wait)
        mended = replace(steps[0], command=toy.Add(amount=100, at=heard.recorded_at))
        return [mended] if unfit and self.mended else steps


async def test_a_poisonous_event_is_decided_as_often_as_it_may_be_tried(
    source: Side, hearing: Side, county: str
) -> None:
    seen: list[int] = []

    def hear(heard: Heard) -> list[Step]:
        seen.append(heard.position)
        return list(toy.heard_added(heard))

    ear = await ear_of(hearing, source, replace(listening, hears={"other": {OtherAdded.TYPE: hear}}), consumer_tries=4)
    await start(source, ear)
    await source.add(county, POISON)
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    assert seen == [1] * 4


async def test_a_fault_that_passes_parks_nothing(source: Side, hearing: Side, county: str) -> None:
    fault = Mended()
    ear = await ear_of(hearing, source, fault.service, consumer_tries=20)
    await start(source, ear)
    subject = await source.add(county, POISON)
    await until(lambda: was_seen(fault))
    fault.mended = True
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    assert await hearing.total(county, subject) == 100
    assert await hearing.parked(county) == []


async def was_seen(fault: Mended) -> bool:
    return fault.seen > 1


async def test_a_retry_applies_a_mended_event_and_those_behind_it(source: Side, hearing: Side, county: str) -> None:
    fault = Mended()
    ear = await ear_of(hearing, source, fault.service)
    await start(source, ear)
    subject = await source.add(county, 1, POISON, 2)
    await hears_through(ear, county, 3)
    fault.mended = True
    assert await parking.retry(ear.consumer, county, "other", 3) == parking.Retried(applied=2)
    assert await hearing.total(county, subject) == 103
    assert await hearing.parked(county) == []
    assert await hearing.heard(county) == 3
    await source.add(county, 4, stream=subject)
    await hears_through(ear, county, 4)
    assert await hearing.total(county, subject) == 107
    await ear.consumer.stop()


async def test_a_retry_that_fails_again_leaves_everything_parked(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    subject = await source.add(county, POISON, 2)
    await hears_through(ear, county, 2)
    retried = await parking.retry(ear.consumer, county, "other", 1)
    assert retried == parking.Retried(applied=0, stopped_at=1, reason="RuntimeError: a bug")
    listed = await parking.list_parked(ear.side.pool, county)
    assert [(one.heard.position, one.tries) for one in listed] == [(1, 4), (2, 0)]
    shown = await parking.show(ear.side.pool, county, "other", 1)
    assert shown is not None
    assert (shown.heard.subject, shown.heard.type) == (subject, "other.added.v1")
    assert await ear.side.heard(county) == 2


async def test_an_event_that_must_wait_is_not_parked_and_holds_only_its_county(
    source: Side, hearing: Side, county: str
) -> None:
    fault, elsewhere = Mended(), uuid4().hex[:12]
    ear = await ear_of(hearing, source, fault.service)
    await start(source, ear)
    subject = await source.add(county, 1, NOT_YET, 2)
    await source.add(elsewhere, 1)
    await hears_through(ear, elsewhere, 1)
    await hears_through(ear, county, 1)
    assert await hearing.parked(county) == []
    fault.mended = True
    await hears_through(ear, county, 3)
    assert await hearing.total(county, subject) == 103
    await ear.consumer.stop()


async def test_an_unknown_type_moves_tracking_only(source: Side, hearing: Side, county: str) -> None:
    ear = await ear_of(hearing, source, replace(listening, hears={"other": {}}))
    await start(source, ear)
    subject = await source.add(county, 1, POISON)
    await hears_through(ear, county, 2)
    assert await hearing.total(county, subject) == 0
    assert await hearing.parked(county) == []
    await ear.consumer.stop()


async def test_a_body_that_cannot_be_read_is_parked(source: Side, hearing: Side, county: str) -> None:
    def unreadable(_heard: Heard) -> list[Step]:
        raise ValueError("not what we agreed")

    ear = await ear_of(hearing, source, replace(listening, hears={"other": {OtherAdded.TYPE: unreadable}}))
    await start(source, ear)
    await source.add(county, 1)
    await hears_through(ear, county, 1)
    assert await hearing.parked(county) == [(1, "ValueError: not what we agreed")]
    await ear.consumer.stop()


async def test_nothing_is_lost_while_the_feed_and_then_the_bus_are_away(source: Side, ear: Ear, county: str) -> None:
    ear.way.cut = True
    await start(source, ear)
    subject = await source.add(county, 1, 2)
    await hears_through(ear, county, 2)
    assert source.relay
    await source.relay.stop()
    ear.way.cut = False
    await source.add(county, 3, stream=subject)
    await hears_through(ear, county, 3)
    assert await ear.side.total(county, subject) == 6


async def take_away(settings: Settings, county: str, where: str) -> list[asyncpg.Record]:
    """Delete rows of the source's public log, as no one may; what was there."""
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    rows = await admin.fetch(f"delete from public_log where county = $1 and {where} returning *", county)
    await admin.close()
    return list(rows)


async def test_a_gap_at_the_source_blocks_the_county_and_is_named(
    source: Side, deaf_to_the_bus: Ear, county: str, settings: Settings
) -> None:
    ear = deaf_to_the_bus
    subject = await source.add(county, 1, 2, 3)
    lost = await take_away(settings, county, "position = 2")
    await ear.consumer.start()
    await until(lambda: is_blocked(ear, county))
    assert ear.consumer.blocked == {county: 2}
    assert await ear.side.parked(county) == [(2, "missing at source")]
    assert await ear.side.heard(county) == 1
    await ear.consumer.stop()
    successor = await ear_of(ear.side, source)
    await successor.consumer.applying.load()
    assert successor.consumer.blocked == {county: 2}
    await give_back(settings, lost)
    await ear.consumer.start()
    await hears_through(ear, county, 3)
    await until(lambda: is_blocked(ear, county, so=False))
    assert await ear.side.total(county, subject) == 6
    assert await ear.side.parked(county) == []


async def is_blocked(ear: Ear, county: str, so: bool = True) -> bool:
    return (county in ear.consumer.blocked) == so


async def give_back(settings: Settings, rows: list[asyncpg.Record]) -> None:
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    await admin.copy_records_to_table("public_log", records=[tuple(row) for row in rows])
    await admin.close()


async def restore(settings: Settings, county: str, position: int) -> None:
    """What a restored backup does: everything after ``position`` is gone, and the store says so by a new epoch."""
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    for table in ("events", "public_log"):
        await admin.execute(f"delete from {table} where county = $1 and position > $2", county, position)
    await admin.execute(
        "update head set position = $2, public_position = $2, epoch = gen_random_uuid(),"
        " hash = (select hash from events where county = $1 and position = $2),"
        " public_hash = (select hash from public_log where county = $1 and position = $2) where county = $1",
        county,
        position,
    )
    await admin.close()


async def test_after_a_restore_at_the_source_new_events_are_applied_and_old_ones_not_twice(
    source: Side, ear: Ear, county: str, settings: Settings
) -> None:
    await start(source, ear)
    kept = await source.add(county, 1, 2)
    lost = await source.add(county, 40)
    await hears_through(ear, county, 3)
    assert source.relay
    await source.relay.stop()
    await restore(settings, county, 2)
    async with side(other, settings) as restored:
        after = await restored.add(county, 5, 6)
        await until(lambda: epoch_is_known(ear, restored, county))
        await hears_through(ear, county, 4)
    assert [await ear.side.total(county, subject) for subject in (kept, after, lost)] == [3, 11, 40]
    assert await ear.side.parked(county) == []


async def test_a_newcomer_passes_over_what_the_stream_holds_of_an_older_epoch(
    source: Side, ear: Ear, county: str, settings: Settings
) -> None:
    assert source.relay
    await source.relay.start()
    kept = await source.add(county, 1)
    lost = await source.add(county, *[1] * (2 * settings.consumer_batch_max))
    await until(source.relay.settled)
    await source.relay.stop()
    await restore(settings, county, 1)
    async with side(other, settings) as restored:
        after = await restored.add(county, 5)
        relay = Relay("other", restored.pool, restored.bus, settings)
        await relay.start()
        await until(relay.settled)
        await ear.consumer.start()
        await hears_through(ear, county, 2)
        await relay.stop()
    assert [await ear.side.total(county, subject) for subject in (kept, after, lost)] == [1, 5, 0]


async def epoch_is_known(ear: Ear, source: Side, county: str) -> bool:
    tracked: UUID = await ear.side.pool.fetchval("select epoch from tracking where county = $1", county)
    return bool(tracked == await source.pool.fetchval("select epoch from head where county = $1", county))


async def test_a_log_shorter_than_what_was_applied_is_noticed_without_a_new_epoch(
    source: Side, deaf_to_the_bus: Ear, county: str, settings: Settings
) -> None:
    ear = deaf_to_the_bus
    await ear.consumer.start()
    await source.add(county, 1, 2, 3)
    await hears_through(ear, county, 3)
    await source.dispatch.stop()
    before = await source.pool.fetchval("select epoch from head where county = $1", county)
    await restore(settings, county, 1)
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    await admin.execute("update head set epoch = $2 where county = $1", county, before)
    await admin.close()
    await hears_through(ear, county, 1)
    async with side(other, settings) as restored:
        subject = await restored.add(county, 7)
        await hears_through(ear, county, 2)
    assert await ear.side.total(county, subject) == 7


async def test_quiet_returns_when_everything_is_published_and_heard(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    ear.side.consumers = (ear.consumer,)
    subject = await source.add(county, *[1] * 30)
    await quiet([source, ear.side])
    assert await ear.side.total(county, subject) == 30


async def test_quiet_names_what_is_still_busy(source: Side, ear: Ear, county: str) -> None:
    ear.side.consumers = (ear.consumer,)
    await source.add(county, 1)
    with pytest.raises(TimeoutError, match=f"toy is behind other in .*{county}"):
        await quiet([source, ear.side], timeout_s=0.5)
