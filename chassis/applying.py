"""From delivered events to hearings: each position once, in order, without a gap.

    at or before tracking ── skipped      next position ── heard      beyond it ── the gap is read from the feed

What the bus brings is doubted (``doubting``), the feed is the source's own log. A gap in that is loss: the county is
blocked there, and a row of ``parked`` with no event says so, so that no month is sealed over it. When the feed gives
the position again, the county goes on by itself.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import structlog

from chassis.backfill import Delivered, Feed, FeedError
from chassis.dispatch import Behind
from chassis.doubting import Doubt
from chassis.genuine import Forged
from chassis.hearing import Hearer, Tracked
from chassis.kernel import NotYet
from chassis.service import Heard

log = structlog.get_logger(__name__)

MISSING = "missing at source"
"""The reason of the parked row that stands for a position which the source's log does not have."""

NOBODY = UUID(int=0)
"""Event and subject of such a row."""

NOT_YET_PAUSES_S = (0.05, 0.1, 0.2, 0.4)


class EpochChanged(Exception):
    """The source's log is not the one that was applied so far."""


class SourceGap(Exception):
    """The source's own log lacks ``position``."""

    def __init__(self, position: int) -> None:
        super().__init__(f"position {position} is missing at the source")
        self.position = position


class Applying:
    """Applies one source's public events; those of one county never side by side."""

    def __init__(self, hearer: Hearer, feed: Feed, run_max: int) -> None:
        self.hearer = hearer
        self.source = hearer.source
        self.feed = feed
        self.run_max = run_max
        self.doubt = Doubt(hearer.service.name, hearer.source, feed)
        self.blocked: dict[str, int] = {}
        self.lock: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def load(self) -> None:
        """Take up what an earlier process has found missing."""
        rows = await self.hearer.database.works.fetch(
            "select county, min(position) as position from parked where source = $1 and reason = $2 group by county",
            self.source,
            MISSING,
        )
        self.blocked = {row["county"]: row["position"] for row in rows}

    async def take(self, county: str, delivered: Sequence[Delivered]) -> None:
        """Apply what the bus has brought, and what is missing before it; what the source did not tell is refused.

        Returns once tracking has passed all of it, or the county is blocked. Raises NotYet when it must wait longer,
        EpochChanged when the source has another history, FeedError or the dispatch's errors when it cannot be now.
        """
        async with self.lock[county]:
            for pause_s in NOT_YET_PAUSES_S:
                try:
                    await self._advance(county, delivered, doubted=True)
                    return
                except NotYet:
                    await asyncio.sleep(pause_s)
            await self._advance(county, delivered, doubted=True)

    async def pull(self, county: str) -> None:
        """Apply everything the feed has, page by page; raises as ``take`` does."""
        async with self.lock[county]:
            await self._unblock(county, await self.hearer.tracked(county))
            while page := await self._page(county, (await self.hearer.tracked(county)).position):
                await self._advance(county, page)
                if county in self.blocked:
                    return

    async def _advance(self, county: str, delivered: Sequence[Delivered], *, doubted: bool = False) -> None:
        tracked = await self.hearer.tracked(county)
        try:
            epoch = tracked.epoch or await self._first_epoch(county, delivered)
        except Forged as forged:
            self.doubt.refuse([one.heard for one in delivered], forged.reason)
            return
        if doubted and delivered[-1].epoch != epoch:
            delivered = await self.doubt.of_epoch(county, delivered, epoch)
        position = tracked.position
        fresh = sorted(_of_epoch(delivered, epoch), key=lambda heard: heard.position)
        try:
            while fresh := [heard for heard in fresh if heard.position > position]:
                run = told = _contiguous(fresh, position)
                if doubted:
                    run = await self.doubt.linked(Tracked(position, epoch), told)
                    fresh = [heard for heard in fresh if heard not in told[len(run) : len(run) + 1]]
                run = run or await self._missing(county, position, epoch)
                if not run:
                    self.doubt.refuse(fresh, "beyond")
                    return
                run = run[: self.run_max]
                await self.hearer.apply(county, Tracked(position, epoch), run)
                position = run[-1].position
                self.doubt.applied(Tracked(position, epoch), run[-1])
                await self._unblock(county, Tracked(position, epoch))
        except Behind as behind:
            # Another process applies this county: it is the one that goes on.
            log.warning("applied elsewhere", source=self.source, county=county, through=behind.through)
        except SourceGap as gap:
            await self._block(county, Tracked(position, epoch), gap.position)

    async def _first_epoch(self, county: str, delivered: Sequence[Delivered]) -> UUID:
        """At a county's first event its stream may still begin with an older epoch: the source knows which is its own.

        While the source does not answer, what was delivered last is believed. Raises Forged where it has no such
        county.
        """
        try:
            head = await self.feed.head(self.source, county)
        except FeedError:
            return delivered[-1].epoch
        if head is None:
            raise Forged("county")
        return head.epoch

    async def _missing(self, county: str, position: int, epoch: UUID) -> list[Heard]:
        """What the source's log has after a position; nothing where it ends there. Raises SourceGap, EpochChanged."""
        page = await self._page(county, position)
        if not page:
            return []
        run = _contiguous(_of_epoch(page, epoch), position)
        if not run:
            raise SourceGap(position + 1)
        log.info("gap read from the feed", source=self.source, county=county, after=position, events=len(run))
        return run

    async def _page(self, county: str, after: int) -> list[Delivered]:
        return await self.feed.events(self.source, county, after, self.run_max)

    async def _block(self, county: str, at: Tracked, position: int) -> None:
        if self.blocked.get(county) == position:
            return
        log.error("gap at the source", source=self.source, county=county, position=position)
        nothing = Heard(
            source=self.source, county=county, position=position, event_id=NOBODY, type="", subject=NOBODY, body=b"",
            recorded_at=datetime.fromtimestamp(0, UTC),
        )  # fmt: skip
        await self.hearer.keep(county, at, parked=((nothing, MISSING, 0),))
        self.blocked[county] = position

    async def _unblock(self, county: str, at: Tracked) -> None:
        position = self.blocked.get(county)
        if position is not None and position <= at.position:
            await self.hearer.keep(county, at, redriven=(position,))
            del self.blocked[county]
            log.info("gap at the source is closed", source=self.source, county=county, position=position)


def _of_epoch(delivered: Sequence[Delivered], epoch: UUID) -> list[Heard]:
    """The events of the log that is being applied; older epochs' are passed over. Raises EpochChanged at a new one."""
    if delivered and delivered[-1].epoch != epoch:
        raise EpochChanged(f"epoch {epoch} became {delivered[-1].epoch}")
    return [one.heard for one in delivered if one.epoch == epoch]


def _contiguous(ordered: Sequence[Heard], after: int) -> list[Heard]:
    """The events at ``after + 1`` and on, as far as they follow one another; a repetition is passed over."""
    run: list[Heard] = []
    for heard in ordered:
        if heard.position == after + len(run) + 1:
            run.append(heard)
        elif heard.position > after + len(run) + 1:
            break
    return run
