"""The agenda: what was to be done later is asked when its time has come, as any other command, and so happens once.

Entries are read without a lock; the entry's id is the command's key, and the entry goes with the command's transaction,
so two agendas at once do nothing twice. The command is built from the stream's state when it is decided. An entry that
is refused is put off, longer each time; after ``agenda_tries`` it is an error, tried once a day.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import asyncpg
import structlog

from chassis import tracing
from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import LOST, Dispatch, Overloaded, Unavailable
from chassis.kernel import NotYet
from chassis.loop import Loop
from chassis.service import Ask, Service, Step, Timely

log = structlog.get_logger(__name__)

FIRST_PUT_OFF = timedelta(seconds=2)
LAST_PUT_OFF = timedelta(days=1)
TRIES_COUNTED_MAX = 30_000
"""The column counts no further."""

DUE = (
    "select county, id, due_at, decider, stream, reason, tries from agenda where due_at <= $1"
    " order by due_at, county, id limit $2"
)
PUT_OFF = "update agenda set tries = $3, due_at = $4 where county = $1 and id = $2"


class Agenda:
    """Carries out one service's agenda, of all counties, by the service's clock, which may be moved."""

    def __init__(
        self, service: Service, database: Database, dispatch: Dispatch, clock: Clock, settings: Settings
    ) -> None:
        self.service = service
        self.database = database
        self.dispatch = dispatch
        self.clock = clock
        self.settings = settings
        self._loop = Loop(f"agenda {service.name}", self._turn, settings.agenda_poll_s)

    async def start(self) -> None:
        """Begin."""
        self._loop.start()

    async def stop(self) -> None:
        """Finish what is in hand and end."""
        await self._loop.stop()

    def on_commit(self, _county: str, _public_position: int, agenda: int) -> None:
        """For ``Dispatch.on_commit``: entries were added, some perhaps due at once."""
        if agenda:
            self._loop.wake()

    def wake(self) -> None:
        """Look now: the clock was moved."""
        self._loop.wake()

    async def settled(self) -> bool:
        """Whether nothing is due now."""
        self.clock.refresh()
        waits = "select exists (select from agenda where due_at <= $1)"
        return not await self.database.works.fetchval(waits, self.clock.now())

    async def _turn(self) -> bool:
        """Ask everything that is due, oldest first; True if there may be more."""
        self.clock.refresh()
        rows = await self.database.works.fetch(DUE, self.clock.now(), self.settings.agenda_batch_max)
        kept = await asyncio.gather(*(self._ask(row) for row in rows))
        return bool(rows) and all(kept)

    async def _ask(self, entry: asyncpg.Record) -> bool:
        """Whether the entry is dealt with: carried out, or put off."""
        try:
            decider = self.service.decider(entry["decider"])
            command = Timely(reason=entry["reason"], at=entry["due_at"])
            name = f"{self.service.name} agenda {entry['reason']}"
            with tracing.spanning(self.service.name, name, careloop__county=entry["county"]) as trace:
                await self.dispatch.ask(
                    Ask(
                        county=entry["county"],
                        steps=(Step(decider=decider, stream=entry["stream"], command=command),),
                        key=f"agenda:{entry['id']}",
                        done=entry["id"],
                        trace=trace,
                    )
                )
        except (Unavailable, Overloaded, NotYet, *LOST) as error:
            log.info("agenda waits", service=self.service.name, county=entry["county"], error=repr(error))
            return False
        except Exception as error:
            await self._put_off(entry, error)
        return True

    async def _put_off(self, entry: asyncpg.Record, error: Exception) -> None:
        tries = entry["tries"] + 1
        enough = tries >= self.settings.agenda_tries
        put_off = LAST_PUT_OFF if enough else FIRST_PUT_OFF * 2 ** (tries - 1)
        (log.error if enough else log.warning)(
            "agenda entry failed", service=self.service.name, county=entry["county"], stream=str(entry["stream"]),
            reason=entry["reason"], tries=tries, error=repr(error),
        )  # fmt: skip
        await self.database.execute(
            PUT_OFF, entry["county"], entry["id"], min(tries, TRIES_COUNTED_MAX), self.clock.now() + put_off
        )
