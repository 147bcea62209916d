"""Every event is applied once and in order, whatever the bus does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.config import Settings
from tests.chassis.consumer.ears import Ear, ear_of, hears_through, start
from tests.chassis.operator import operator
from tests.chassis.pair import POISON, Side, listening, side, until
from tests.chassis.quiet import quiet

NEVER_S = 3600.0


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
    async with operator(source.settings, "other") as bus:
        assert await bus.lose_messages(county, {2}) == 1
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
    async with operator(source.settings, "other") as bus:
        await bus.lose_stream()
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
    async with operator(source.settings, "other") as bus:
        await bus.jetstream.delete_consumer("careloop-other", "toy")
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


async def test_an_unknown_type_moves_tracking_only(source: Side, hearing: Side, county: str) -> None:
    ear = await ear_of(hearing, source, replace(listening, hears={"other": {}}))
    await start(source, ear)
    subject = await source.add(county, 1, POISON)
    await hears_through(ear, county, 2)
    assert await hearing.total(county, subject) == 0
    assert await hearing.parked(county) == []
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
        await quiet([source, ear.side], timeout_s=3.0)
