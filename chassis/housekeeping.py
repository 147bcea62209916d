"""What is kept for a while only is swept: answers kept with their Idempotency-Key, ``inbox_days`` long."""

from __future__ import annotations

from datetime import timedelta

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.loop import Loop

SWEPT_AT_ONCE = 5_000
EVERY_S = 600.0
SWEEP = (
    "delete from inbox where (county, key) in"
    " (select county, key from inbox where received_at < $1 order by received_at limit $2)"
)


class Housekeeping:
    """Sweeps one service's inbox in small portions, so that nobody waits for it."""

    def __init__(self, service: str, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._kept = timedelta(days=settings.inbox_days)
        self._loop = Loop(f"housekeeping {service}", self.sweep, EVERY_S)

    async def start(self) -> None:
        """Begin."""
        self._loop.start()

    async def stop(self) -> None:
        """Finish the portion in hand and end."""
        await self._loop.stop()

    async def sweep(self) -> bool:
        """One portion; True if there may be more."""
        done = await self._database.works.execute(SWEEP, self._clock.now() - self._kept, SWEPT_AT_ONCE)
        return int(done.split()[-1]) == SWEPT_AT_ONCE
