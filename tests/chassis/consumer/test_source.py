"""When the source itself has lost or replaced something: noticed, named, and made good as far as it can be."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from chassis.config import Settings
from chassis.relay import Relay
from tests.chassis.consumer.ears import Ear, ear_of, hears_through, start
from tests.chassis.pair import Side, other, side, until


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
        relay = Relay("other", restored.database, restored.bus, settings)
        await relay.start()
        await until(relay.settled)
        await ear.consumer.start()
        await hears_through(ear, county, 2)
        await relay.stop()
    assert [await ear.side.total(county, subject) for subject in (kept, after, lost)] == [1, 5, 0]


async def epoch_is_known(ear: Ear, source: Side, county: str) -> bool:
    tracked: UUID = await ear.side.database.fetchval("select epoch from tracking where county = $1", county)
    return bool(tracked == await source.database.fetchval("select epoch from head where county = $1", county))


async def test_a_log_shorter_than_what_was_applied_is_noticed_without_a_new_epoch(
    source: Side, deaf_to_the_bus: Ear, county: str, settings: Settings
) -> None:
    ear = deaf_to_the_bus
    await ear.consumer.start()
    await source.add(county, 1, 2, 3)
    await hears_through(ear, county, 3)
    await source.dispatch.stop()
    before = await source.database.fetchval("select epoch from head where county = $1", county)
    await restore(settings, county, 1)
    admin = await asyncpg.connect(settings.database_url, server_settings={"search_path": "other"})
    await admin.execute("update head set epoch = $2 where county = $1", county, before)
    await admin.close()
    await hears_through(ear, county, 1)
    async with side(other, settings) as restored:
        subject = await restored.add(county, 7)
        await hears_through(ear, county, 2)
    assert await ear.side.total(county, subject) == 7
