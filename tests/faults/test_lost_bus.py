"""NATS killed, its store lost, its messages lost or repeated: the statements rest on PostgreSQL and are the same."""

from __future__ import annotations

import shutil
from collections import Counter

from nats.aio.msg import Msg

from chassis.bus import POSITION
from tests.chassis.operator import Operator, operator
from tests.faults.load import caller, play_month
from tests.faults.oracles import broken, carried_by, streams
from tests.faults.system import System
from tests.faults.waiting import until
from tests.journeys.county import County

PEOPLE = 4
SOURCE = "orders"


async def published(up: System, county: County) -> None:
    """Wait until the streams carry everything that the public logs say."""

    async def all_there() -> bool:
        return await streams(up, county.connection, county.code) == []

    await until(all_there)


async def heard(up: System, county: County) -> bool:
    """Whether every consumer stands where its source does, also where NATS is away."""
    await county.rest()
    return up.process is not None and up.process.poll() is None


async def test_without_nats_everything_goes_on_by_feed_and_is_published_afterwards(up: System, county: County) -> None:
    caller(county).after(15, lambda: up.kill_server("nats"))
    await county.help_all(range(1, PEOPLE + 1))
    assert up.kills[-1] == "nats"
    assert up.servers.pids().keys() == {"postgres"}
    assert await heard(up, county)
    assert await county.accept_offers() > 0
    assert await heard(up, county)
    assert caller(county).busy + caller(county).cut_off == 0
    await up.servers.ensure()
    await play_month(county, PEOPLE)
    await published(up, county)
    assert await broken(up, county, PEOPLE) == []


async def test_a_lost_store_is_filled_again_from_the_database(up: System, county: County) -> None:
    await county.help_all(range(1, PEOPLE + 1))
    await county.rest()
    up.kill_server("nats")
    shutil.rmtree(up.servers.data / "nats" / "store")
    await up.servers.ensure()
    await play_month(county, PEOPLE)
    await published(up, county)
    assert await broken(up, county, PEOPLE) == []


async def test_a_stream_with_holes_and_repetitions_heard_anew_changes_no_statement(up: System, county: County) -> None:
    await county.help_all(range(1, PEOPLE + 1))
    await county.rest()
    await published(up, county)
    async with operator(up.settings, SOURCE) as bus:
        assert await disturb(bus, county.code) == (3, 4)
    carried = Counter(position for position, _ in await carried_by(up, SOURCE, county.code))
    assert max(carried.values()) > 1
    await play_month(county, PEOPLE)
    assert [fault for fault in await broken(up, county, PEOPLE) if not fault.startswith("the stream of orders")] == []


async def disturb(bus: Operator, county: str) -> tuple[int, int]:
    """Lose three messages of the county and publish four others again, past de-duplication.

    Nobody can delete a message: the stream is made anew without them. Its durables went with it, so that whoever hears
    the source is sent the whole stream again.
    """
    messages = await bus.messages(county)
    lost = await bus.lose_messages(county, {position_of(message) for message in messages[2:5]})
    for message in messages[6:10]:
        headers = {key: value for key, value in (message.headers or {}).items() if not key.startswith("Nats-")}
        await bus.jetstream.publish(message.subject, message.data, headers=headers)
    return lost, len(messages[6:10])


def position_of(message: Msg) -> int:
    return int((message.headers or {})[POSITION])
