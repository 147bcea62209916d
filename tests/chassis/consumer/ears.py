"""A service that hears, and what the tests of the consumer do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from chassis.backfill import Feed
from chassis.consumer import Consumer
from chassis.service import Heard, Service, Step
from tests.chassis import toy
from tests.chassis.pair import Cut, OtherAdded, Side, feed_of, listening, until


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
    consumer = Consumer(service, "other", hearing.database, hearing.bus, hearing.dispatch, settings, feed)
    return Ear(hearing, consumer, feed, way)


async def hears_through(ear: Ear, county: str, position: int) -> None:
    async def there() -> bool:
        return await ear.side.heard(county) == position

    await until(there)


async def start(source: Side, ear: Ear) -> None:
    assert source.relay
    await source.relay.start()
    await ear.consumer.start()


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
        mended = msgspec.structs.replace(steps[0], command=toy.Add(amount=100, at=heard.recorded_at))
        return [mended] if unfit and self.mended else steps
