"""What the bus brings is believed as far as it links, by the hash chain, to what was applied before.

The hash of the event that was applied last is remembered, so a message costs one SHA-256. After a start it is asked of
the source's feed, once a county; where that does not answer, the first event is believed and the next must link to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import structlog

from chassis import genuine
from chassis.backfill import Delivered, Feed, FeedError
from chassis.hearing import Tracked
from chassis.metrics import BUS_REFUSED
from chassis.service import Heard

log = structlog.get_logger(__name__)


class Doubt:
    """Tells what ``source`` told from what it did not; what is refused is counted for ``service`` and logged."""

    def __init__(self, service: str, source: str, feed: Feed) -> None:
        self.service = service
        self.source = source
        self.feed = feed
        self._applied: dict[str, tuple[Tracked, bytes]] = {}

    def applied(self, at: Tracked, last: Heard) -> None:
        """``last`` was applied, and tracking is ``at`` it."""
        if last.hash:
            self._applied[last.county] = at, bytes.fromhex(last.hash)
        else:
            self._applied.pop(last.county, None)

    async def linked(self, at: Tracked, run: list[Heard]) -> list[Heard]:
        """The beginning of the run that follows what was applied last, link by link; what does not is refused."""
        if not run:
            return run
        before = await self._before(run[0].county, at)
        if before is None:
            log.warning("believed without its link", source=self.source, county=run[0].county, after=at.position)
        for place, heard in enumerate(run):
            if before is not None and not genuine.links(before, heard):
                self.refuse([heard], "chain")
                return run[:place]
            before = bytes.fromhex(heard.hash)
        return run

    async def of_epoch(self, county: str, delivered: Sequence[Delivered], epoch: UUID) -> list[Delivered]:
        """What is of the log that is being applied, where the last one is not; another epoch's is refused.

        All of it, where the source's log has another epoch itself or does not answer: then it is not for us to say.
        """
        with suppress(FeedError):
            head = await self.feed.head(self.source, county)
            if head is not None and head.epoch == epoch:
                self.refuse([one.heard for one in delivered if one.epoch != epoch], "epoch")
                return [one for one in delivered if one.epoch == epoch]
        return list(delivered)

    def refuse(self, messages: Sequence[Heard], reason: str) -> None:
        """Count and log them, without their bodies; ``reason`` is one of ``genuine.Forged``."""
        for heard in messages:
            BUS_REFUSED.labels(self.service, self.source, reason).inc()
            log.error(
                "message refused", service=self.service, source=self.source, county=heard.county,
                position=heard.position, reason=reason,
            )  # fmt: skip

    async def _before(self, county: str, at: Tracked) -> bytes | None:
        """The hash of the event at a position of the source's log; None where nobody can tell it now."""
        if at.position == 0:
            return genuine.beginning(self.source, county)
        known = self._applied.get(county)
        if known is not None and known[0] == at:
            return known[1]
        with suppress(FeedError):
            page = await self.feed.events(self.source, county, at.position - 1, 1)
            if page and (page[0].heard.position, page[0].epoch) == at and page[0].heard.hash:
                return bytes.fromhex(page[0].heard.hash)
        return None
