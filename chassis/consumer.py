"""The consumer: one source's public events into one service, over the bus and, where that does not bring them, by feed.

    stream careloop-<source> ── hint, short pulls ──▶ ┐
                                                       ├─▶ applying ─▶ dispatch (one transaction with tracking) ─▶ ack
    source GET /v1/heads, /v1/events ── every few s ──▶ ┘

The bus is fast, the feed is the truth: with NATS down everything still flows, slower. A message is acknowledged when
its position is applied, or when the feed will bring it anyway. One that is not what it says (``genuine``) is refused
and acknowledged too, and the feed is read at once.
"""

from __future__ import annotations

import asyncio

import structlog
from nats.aio.msg import Msg

from chassis import crash, genuine
from chassis.applying import Applying, EpochChanged
from chassis.backfill import Delivered, Feed, FeedError, SourceHead
from chassis.bus import Bus
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.gauges import Gaps
from chassis.hearing import Hearer, Tracked
from chassis.kernel import NotYet
from chassis.loop import Loop
from chassis.metrics import BUS_REFUSED
from chassis.pull import Pull
from chassis.reconcile import is_replaced, reconcile
from chassis.service import Service

AGAIN_S = 1.0
"""A message that could not be applied is delivered again after so long."""
COUNTIES_AT_ONCE = 4
TRACKED = "select county, position, epoch from tracking where source = $1"


class Consumer:
    """Hears ``source`` for ``service``. One active consumer a county; a second one stands down when it is behind."""

    def __init__(
        self,
        service: Service,
        source: str,
        database: Database,
        bus: Bus,
        dispatch: Dispatch,
        settings: Settings,
        feed: Feed,
    ) -> None:
        self.service = service
        self.source = source
        self.database = database
        self.bus = bus
        self.feed = feed
        self.batch_max = settings.consumer_batch_max
        hearer = Hearer(service, source, database, dispatch, settings.consumer_tries)
        self.applying = Applying(hearer, feed, self.batch_max)
        self._pull = Pull(bus, source, service.name)
        self._log = structlog.get_logger(__name__).bind(service=service.name, source=source)
        self._gaps = Gaps(service.name, source)
        self._hinted = False
        self._heads: dict[str, SourceHead] = {}
        self._doubtful: set[str] = set()
        self._bus_loop = Loop(f"consumer {service.name} of {source}", self._take, settings.consumer_poll_s)
        self._feed_loop = Loop(f"feed {service.name} of {source}", self._compare, settings.consumer_poll_s)

    @property
    def blocked(self) -> dict[str, int]:
        """County -> the position that is missing in the source's own log."""
        return self.applying.blocked

    async def start(self) -> None:
        """Begin hearing."""
        await self.applying.load()
        self._bus_loop.start()
        self._feed_loop.start()

    async def stop(self) -> None:
        """Finish what is in hand and end."""
        await asyncio.gather(self._bus_loop.stop(), self._feed_loop.stop())

    def wake(self) -> None:
        """Look now, at the bus and at the feed."""
        self._bus_loop.wake()
        self._feed_loop.wake()

    async def measure(self) -> None:
        """Show how far each county is behind, and what is parked."""
        await self._gaps.measure(self.database)

    async def _take(self) -> bool:
        """One pull from the bus; True if there may be more."""
        if not self.bus.connected:
            return False
        if not self._hinted:
            await self.bus.on_hint(self.source, self._bus_loop.wake)
            self._hinted = True
        messages = await self._pull.fetch(self.batch_max)
        by_county: dict[str, list[Msg]] = {}
        for message in messages:
            by_county.setdefault(message.subject.split(".")[1], []).append(message)
        await asyncio.gather(*(self._take_county(county, own) for county, own in by_county.items()))
        return len(messages) >= self.batch_max

    async def _take_county(self, county: str, messages: list[Msg]) -> None:
        delivered = [one for message in messages if (one := self._read(county, message)) is not None]
        try:
            if delivered:
                self._gaps.told(county, max(one.heard.position for one in delivered))
                crash.point("before_apply")
                await self.applying.take(county, delivered)
                crash.point("after_apply")
        except EpochChanged:
            # Whether these or what we track is the older: the feed knows, and brings what is missing.
            self._feed_loop.wake()
        except Exception as error:
            tell = self._log.info if isinstance(error, NotYet) else self._log.warning
            tell("not applied yet", county=county, error=repr(error))
            for message in messages:
                await message.nak(AGAIN_S)
            return
        for message in messages:
            await message.ack()

    def _read(self, county: str, message: Msg) -> Delivered | None:
        """The event in a message; None for one that is not what it says, whose county is then read from the feed."""
        try:
            return genuine.read(self.source, message.subject, message.headers or {}, message.data)
        except genuine.Forged as forged:
            BUS_REFUSED.labels(self.service.name, self.source, forged.reason).inc()
            self._log.error("message refused", subject=message.subject, reason=forged.reason)
            self._doubtful.add(county)
            self._feed_loop.wake()
            return None

    async def _compare(self) -> bool:
        """Compare tracking with the source's heads; read what the bus has not brought since the last look."""
        rows = await self.database.works.fetch(TRACKED, self.source)
        tracked = {row["county"]: Tracked(row["position"], row["epoch"]) for row in rows}
        # Tracking is read before the heads: a head can then be behind only if history was replaced.
        heads = await self.feed.heads(self.source)
        before, self._heads = self._heads, heads
        self._gaps.compared(heads, tracked)
        limit = asyncio.Semaphore(COUNTIES_AT_ONCE)

        async def catch_up(county: str, head: SourceHead) -> None:
            async with limit:
                await self._catch_up(county, tracked.get(county, Tracked(0, None)), head, before.get(county))

        await asyncio.gather(*(catch_up(county, head) for county, head in heads.items()))
        return False

    async def _catch_up(self, county: str, tracked: Tracked, head: SourceHead, before: SourceHead | None) -> None:
        """What was there at the last look already and is not applied, the bus does not bring."""
        try:
            if is_replaced(tracked, head):
                await reconcile(self.applying, county)
            due = head.position if not self.bus.connected else before.position if before else 0
            if tracked.position < due or county in self.blocked or county in self._doubtful:
                self._doubtful.discard(county)
                await self.applying.pull(county)
        except (EpochChanged, NotYet, FeedError) as error:
            self._log.info("catching up later", county=county, error=str(error))
        except Exception as error:
            self._log.warning("not caught up", county=county, error=repr(error))
