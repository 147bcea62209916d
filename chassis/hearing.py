"""Hearing a run of events: what can be decided is, poison is set aside with its reason, nothing is skipped in silence.

* An event that cannot be decided is tried ``tries`` times, then parked; later events of the same subject are parked
  behind it, because they rest on it; all others flow.
* An event that names a policy version not yet here (``NotYet``) is no poison: it and what follows wait.
* Errors that are nobody's fault (the database is away, the queue is full) are raised: all of it is heard again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg
import structlog
from eventsourcing.persistence import MapperDeserialisationError

from chassis import measuring, tracing
from chassis.database import Database
from chassis.dispatch import LOST, Dispatch, Poisoned
from chassis.kernel import NotYet
from chassis.service import Heard, Hearing, Service, Step
from chassis.telemetry import Bound

log = structlog.get_logger(__name__)

TRY_PAUSES_S = (0.05, 0.2, 0.5)
REASON_MAX = 500

UNREADABLE = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, MapperDeserialisationError)
"""Errors of a whole batch that one message of it brings about; which one, is found by halving."""

Parked = tuple[tuple[Heard, str, int], ...]


class Tracked(NamedTuple):
    """How far a county of a source is applied here, and in which epoch; None before the first event."""

    position: int
    epoch: UUID | None


class Hearer:
    """Turns events of one source into hearings of one service."""

    def __init__(self, service: Service, source: str, database: Database, dispatch: Dispatch, tries: int) -> None:
        self.service = service
        self.source = source
        self.database = database
        self.dispatch = dispatch
        self.tries = tries
        self._hears = service.hears.get(source, {})

    async def tracked(self, county: str) -> Tracked:
        """Where tracking stands."""
        row = await self.database.fetchrow(
            "select position, epoch from tracking where county = $1 and source = $2", county, self.source
        )
        return Tracked(row["position"], row["epoch"]) if row else Tracked(0, None)

    def steps(self, heard: Heard) -> list[Step]:
        """What this service does on an event; nothing on a type it does not know. Raises Poisoned, NotYet."""
        incoming = self._hears.get(heard.type)
        try:
            return list(incoming(heard)) if incoming else []
        except NotYet as error:
            raise error from Poisoned(heard.position, error)
        except Exception as error:
            raise Poisoned(heard.position, error) from error

    async def apply(self, county: str, at: Tracked, run: Sequence[Heard], *, again: bool = False) -> None:
        """Hear ``run``, in order, and track its last position; ``again`` hears and leaves tracking at ``at``."""
        with Bound(county=county, source=self.source):
            await self._apply(county, at, run, again=again)

    async def _apply(self, county: str, at: Tracked, run: Sequence[Heard], *, again: bool) -> None:
        while run:
            try:
                await self._hear(county, at, run, again=again)
                return
            except (Poisoned, NotYet) as error:
                place, fault = _place(error, run), error.error if isinstance(error, Poisoned) else error
                if place == 0 and isinstance(error, NotYet):
                    raise
            except UNREADABLE as error:
                place, fault = len(run) // 2, error
            if place:
                await self._apply(county, at, run[:place], again=again)
            else:
                await self._try_again(county, at, run[0], fault, again=again)
            run = run[max(1, place) :]

    async def keep(
        self,
        county: str,
        through: Tracked,
        *,
        messages: Sequence[Heard] = (),
        steps: Sequence[Step] = (),
        parked: Parked = (),
        redriven: Sequence[int] = (),
        traces: Sequence[str] = (),
    ) -> None:
        """One hearing: one transaction of steps, tracking, what is parked and what no longer is."""
        await self.dispatch.hear(
            Hearing(
                county=county,
                source=self.source,
                epoch=through.epoch or UUID(int=0),
                through=through.position,
                messages=tuple(messages),
                steps=tuple(steps),
                parked=parked,
                redriven=tuple(redriven),
                traces=tuple(traces),
            )
        )

    async def _hear(self, county: str, at: Tracked, run: Sequence[Heard], *, again: bool) -> None:
        """All of the run or nothing. Raises Poisoned or NotYet, which name the position."""
        waiting = await self._waiting(county)
        messages: list[Heard] = []
        steps: list[Step] = []
        parked: list[tuple[Heard, str, int]] = []
        for heard in run:
            if heard.type in self._hears and heard.subject in waiting:
                parked.append((heard, f"waits for position {waiting[heard.subject]}", 0))
                continue
            for step in self.steps(heard):
                messages.append(heard)
                steps.append(step)
        through = at if again else Tracked(run[-1].position, at.epoch)
        redriven = {heard.position for heard in messages} if again else ()
        try:
            with measuring.heard(self.service.name, county, messages) as traces:
                await self.keep(
                    county, through, messages=messages, steps=steps, parked=tuple(parked), redriven=tuple(redriven),
                    traces=[traces[heard.event_id] for heard in messages] if traces else (),
                )  # fmt: skip
        except Poisoned as poisoned:
            # The database went away while something was read for a decision: that is not the message's fault.
            if isinstance(poisoned.error, LOST):
                raise poisoned.error from poisoned
            raise

    async def _try_again(self, county: str, at: Tracked, heard: Heard, fault: BaseException, *, again: bool) -> None:
        """An event that failed first in its run: tried by itself as often as is left, then parked."""
        for attempt in range(1, self.tries):
            await asyncio.sleep(TRY_PAUSES_S[min(attempt, len(TRY_PAUSES_S)) - 1])
            try:
                await self._hear(county, at, [heard], again=again)
                return
            except Poisoned as poisoned:
                fault = poisoned.error
            except UNREADABLE as unreadable:
                fault = unreadable
        reason = reason_of(fault)
        log.error(
            "event parked", service=self.service.name, source=self.source, county=county, position=heard.position,
            type=heard.type, reason=reason, **({"trace": tracing.trace_of(heard.trace)} if heard.trace else {}),
        )  # fmt: skip
        through = at if again else Tracked(heard.position, at.epoch)
        await self.keep(county, through, parked=((heard, reason, self.tries),))

    async def _waiting(self, county: str) -> Mapping[UUID, int]:
        """Subjects with a parked event, and the first one's position."""
        rows = await self.database.fetch(
            "select subject, min(position) as position from parked where county = $1 and source = $2 group by subject",
            county,
            self.source,
        )
        return {row["subject"]: row["position"] for row in rows}


def reason_of(fault: BaseException) -> str:
    """Why an event is parked, for people; bounded."""
    return f"{type(fault).__name__}: {fault}"[:REASON_MAX]


def _place(error: Poisoned | NotYet, run: Sequence[Heard]) -> int:
    """Where in the run the event stands that the error is about; 0 where it does not say."""
    poisoned = error if isinstance(error, Poisoned) else error.__cause__
    position = poisoned.position if isinstance(poisoned, Poisoned) else run[0].position
    return next((place for place, heard in enumerate(run) if heard.position == position), 0)
