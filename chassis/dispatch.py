"""Batch dispatch: everything that waits for a county becomes one decision and one transaction.

One supervised writer lane a county takes what has queued up while it was busy (no waiting window), decides it in
memory on cached states and writes it with one statement that moves ``head`` by compare-and-swap. If another process
wrote in between, the lane takes the row lock, catches up on exactly the events it missed, decides again and writes
under the lock, so progress is certain. Whatever goes wrong forgets cache and head; nothing is answered that was not
committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from chassis.batch import LOST, Behind, KeyReused, Overloaded, Poisoned, Unavailable
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.database import Database
from chassis.kernel import NotYet
from chassis.lane import Ground, Lane
from chassis.measuring import Batches
from chassis.service import Ask, Hearing, Reply, Service

__all__ = ["LOST", "Behind", "Dispatch", "KeyReused", "Overloaded", "Poisoned", "Unavailable"]

OnCommit = Callable[[str, int, int], None]


class Dispatch:
    """Takes asks and hearings of all counties of one service; a lane begins with its county's first one."""

    def __init__(self, service: Service, database: Database, settings: Settings, clock: Clock) -> None:
        self.service = service
        self.codec = Codec(service.deciders)
        self._ground = Ground(
            service=service,
            database=database,
            settings=settings,
            clock=clock,
            codec=self.codec,
            batches=Batches(service.name),
            committed=self._committed,
        )
        self._lanes: dict[str, Lane] = {}
        self._callbacks: list[OnCommit] = []

    async def stop(self) -> None:
        """Let every lane finish the batch in its hands, then end; what still waits is answered Unavailable."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes.values()))
        self._lanes.clear()

    async def ask(self, ask: Ask) -> Reply:
        """The reply once it is committed. Raises Rejected, KeyReused, Overloaded, Unavailable."""
        answer = await self._lane(ask.county).put(ask)
        assert answer is not None
        return answer

    async def hear(self, hearing: Hearing) -> None:
        """Returns once the messages are applied and tracked. Raises Poisoned, Behind, NotYet, Unavailable."""
        try:
            await self._lane(hearing.county).put(hearing)
        except Poisoned as poisoned:
            if isinstance(poisoned.error, NotYet):
                raise poisoned.error from poisoned
            raise

    def on_commit(self, callback: OnCommit) -> None:
        """Be told of every commit: county, public position after it, number of agenda entries it added."""
        self._callbacks.append(callback)

    def _committed(self, county: str, public_position: int, agenda: int) -> None:
        """Tell everybody who wants to know."""
        for callback in self._callbacks:
            callback(county, public_position, agenda)

    def waiting(self) -> int:
        """How many commands wait for their county's writer."""
        return sum(lane.waiting for lane in self._lanes.values())

    def idle(self) -> bool:
        """Whether nothing waits and nothing is being decided."""
        return all(lane.idle for lane in self._lanes.values())

    def _lane(self, county: str) -> Lane:
        lane = self._lanes.get(county)
        if lane is None:
            lane = self._lanes[county] = Lane(self._ground, county)
        return lane
