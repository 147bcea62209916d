"""A lane: the one writer of a county in this process. See ``dispatch`` for what it is part of.

put ─▶ waiting ─ take ─▶ decide ─▶ write (head moves) ─▶ accept, answer
                            └ head moved by another process ─▶ lock, catch up, decide again, write under the lock
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from contextvars import Context
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import structlog
from eventsourcing.persistence import StoredEvent

from chassis import crash
from chassis.batch import LOST, Behind, Decided, Folded, Overloaded, Reader, Unavailable, Unit
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.database import Database
from chassis.deciding import Deciding
from chassis.loop import is_cancelled
from chassis.measuring import Batches
from chassis.policies import read_policies
from chassis.recorder import EVENTS_SINCE, Connection, read_head
from chassis.service import Hearing, Reply, Service, Step
from chassis.write import Head, is_conflict, refusal_of, write

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What all lanes of a service share; ``committed`` is told county, public position and new agenda entries."""

    service: Service
    database: Database
    settings: Settings
    clock: Clock
    codec: Codec
    batches: Batches
    committed: Callable[[str, int, int], None]


class Lane:
    """The one writer of a county in this process."""

    def __init__(self, ground: Ground, county: str) -> None:
        self.ground = ground
        self.county = county
        self.idle = True
        self._waiting: deque[tuple[Unit, asyncio.Future[Reply | None]]] = deque()
        self._wake = asyncio.Event()
        self._cache: OrderedDict[UUID, Folded] = OrderedDict()
        self._head: Head | None = None
        self._policies: tuple[object, ...] | None = None
        self._stopping = False
        # A lane outlives the request it begins with, and is of no request: nothing of that one's context stays here.
        name = f"lane {ground.service.name} {county}"
        self._task = asyncio.create_task(self._run(), name=name, context=Context())

    @property
    def waiting(self) -> int:
        """How many commands wait to be decided."""
        return len(self._waiting)

    async def put(self, unit: Unit) -> Reply | None:
        """Queue the unit and wait for its answer; a cancelled caller's unit is carried out all the same."""
        if self._stopping:
            raise Unavailable("stopping")
        if len(self._waiting) >= self.ground.settings.queue_max:
            raise Overloaded(self.county)
        answer: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, answer))
        self.idle = False
        self._wake.set()
        return await answer

    async def stop(self) -> None:
        """Finish the current batch and end."""
        self._stopping = True
        self._wake.set()
        await self._task
        for _, answer in self._waiting:
            _settle(answer, Unavailable("stopping"))

    async def _run(self) -> None:
        """Supervised: an error of a batch is answered to its callers and logged, the lane goes on."""
        while not self._stopping:
            if not self._waiting:
                self.idle = True
                self._wake.clear()
                await self._wake.wait()
                continue
            batch = self._take()
            if not batch:
                continue
            try:
                with self.ground.batches.measured(self.county, [unit for unit, _ in batch]):
                    await self._carry_out(batch)
            except (Exception, asyncio.CancelledError) as error:
                if is_cancelled():
                    raise
                self._forget()
                log.error("batch failed", service=self.ground.service.name, county=self.county, exc_info=error)
                for _, answer in batch:
                    _settle(answer, error if isinstance(error, Exception) else Unavailable(repr(error)))
        self.idle = True

    def _take(self) -> list[tuple[Unit, asyncio.Future[Reply | None]]]:
        """The next units, in order: as many as fit, no key twice, no guard twice, at most one hearing."""
        batch: list[tuple[Unit, asyncio.Future[Reply | None]]] = []
        guards: set[str] = set()
        keys: set[str] = set()
        weight, heard = 0, False
        while self._waiting and weight < self.ground.settings.batch_max:
            unit, answer = self._waiting[0]
            try:
                mine = {guard for step in unit.steps for guard in self._guards(step)}
            except Exception as error:
                # Its asker is told. Raised from here it would end the lane, and everybody after would wait for ever.
                log.error("no guards", service=self.ground.service.name, county=self.county, exc_info=error)
                self._waiting.popleft()
                _settle(answer, error)
                continue
            if isinstance(unit, Hearing):
                if heard:
                    break
                heard = True
            elif unit.key in keys:
                break
            else:
                keys.add(unit.key)
            if batch and guards & mine:
                break
            guards |= mine
            weight += max(1, len(unit.steps))
            batch.append(self._waiting.popleft())
        return batch

    def _guards(self, step: Step) -> Iterable[str]:
        folded = self._cache.get(step.stream)
        return self.ground.service.guards(step, folded.state if folded else None)

    async def _carry_out(self, batch: list[tuple[Unit, asyncio.Future[Reply | None]]]) -> None:
        units = [unit for unit, _ in batch]
        try:
            decided = await self._persist(units)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            self._forget()
            if len(batch) == 1:
                unit, answer = batch[0]
                _settle(answer, error if isinstance(unit, Hearing) else refusal_of(error))
                return
            for one in batch:
                await self._carry_out([one])
            return
        for (_, answer), result in zip(batch, decided.answers, strict=True):
            _settle(answer, result)

    async def _persist(self, units: list[Unit]) -> Decided:
        """Decide and commit; after a lost connection again, a few times, keys and tracking making it happen once."""
        last: BaseException | None = None
        for pause_s in (0.0, 0.1, 0.5, 2.0):
            await asyncio.sleep(pause_s)
            try:
                async with self.ground.database.at(self.county, within_s=5) as connection:
                    return await self._once(connection, units)
            except LOST as error:
                self._forget()
                last = error
                log.warning("database lost", service=self.ground.service.name, county=self.county, error=repr(error))
        raise Unavailable(repr(last))

    async def _once(self, connection: Connection, units: list[Unit]) -> Decided:
        if self._head is None:
            self._head = await read_head(connection, self.ground.service.name, self.county)
        decided = await self._attempt(connection, units, self._head)
        try:
            if not _changes(decided):
                # A refusal rests on the present too: nobody may have written since the states were read.
                present = await read_head(connection, self.ground.service.name, self.county)
                if present.writes == self._head.writes:
                    return decided
            elif await write(connection, decided.write):
                self._accept(decided)
                return decided
        except asyncpg.PostgresError as error:
            if not is_conflict(error):
                raise
        async with connection.transaction():
            decided = await self._again(connection, units)
        self._accept(decided)
        return decided

    async def _again(self, connection: Connection, units: list[Unit]) -> Decided:
        """Somebody else wrote: lock the head, catch up on exactly what was missed, decide on that, write."""
        assert self._head is not None
        head = await read_head(connection, self.ground.service.name, self.county, lock=True)
        for row in await connection.fetch(EVENTS_SINCE, self.county, self._head.position):
            self._catch_up(StoredEvent(*row))
        self._head = head
        self._policies = None
        decided = await self._attempt(connection, units, head)
        if _changes(decided) and not await write(connection, decided.write):
            raise RuntimeError("the locked head moved")
        crash.point("after_insert")
        return decided

    async def _attempt(self, connection: Connection, units: list[Unit], head: Head) -> Decided:
        ground = self.ground
        behind = [await self._behind(connection, unit) if isinstance(unit, Hearing) else None for unit in units]
        fresh = [unit for unit, applied in zip(units, behind, strict=True) if applied is None]
        if self._policies is None:
            self._policies = await read_policies(connection, ground.service, self.county)
        cached = {}
        for unit in fresh:
            for step in unit.steps:
                if (folded := self._cache.get(step.stream)) is not None:
                    cached[step.stream] = folded
        reader = Reader(connection, self.county, self._policies)
        now = ground.clock.now()
        decided = await Deciding(ground.service, ground.codec, reader, connection, head, now, cached).run(fresh)
        answers = iter(decided.answers)
        decided.answers = [next(answers) if applied is None else applied for applied in behind]
        return decided

    async def _behind(self, connection: Connection, hearing: Hearing) -> Behind | None:
        """A message is applied once: what tracking has passed is the business of whoever moved it."""
        tracked = await connection.fetchrow(
            "select position, epoch from tracking where county = $1 and source = $2", self.county, hearing.source
        )
        if tracked is None or hearing.redriven:
            return None
        back = hearing.through < tracked["position"] and hearing.epoch == tracked["epoch"]
        again = any(heard.position <= tracked["position"] for heard in hearing.messages)
        return Behind(tracked["position"]) if back or again else None

    def _catch_up(self, stored: StoredEvent) -> None:
        """Evolve a cached state with an event of another process: exact invalidation."""
        stream = UUID(str(stored.originator_id))
        folded = self._cache.get(stream)
        if folded is None or folded.version >= stored.originator_version:
            return
        codec = self.ground.codec
        decider = self.ground.service.decider(codec.category_of[stored.topic])
        event = codec.decode(stored.topic, stored.state)
        self._cache[stream] = Folded(stored.originator_version, decider.evolve(folded.state, event))

    def _accept(self, decided: Decided) -> None:
        """The batch is committed: keep head and states, tell the others."""
        crash.point("after_commit")
        self._head = decided.write.after
        cache = self._cache
        for stream, folded in decided.states.items():
            cache[stream] = folded
            cache.move_to_end(stream)
        while len(cache) > self.ground.settings.cache_max:
            cache.popitem(last=False)
        if decided.policies_changed:
            self._policies = None
        self.ground.committed(self.county, self._head.public_position, len(decided.write.agenda))

    def _forget(self) -> None:
        self._cache.clear()
        self._head = None
        self._policies = None


def _changes(decided: Decided) -> bool:
    wrote = decided.write
    return bool(
        wrote.events or wrote.inbox or wrote.done or wrote.tracking or wrote.parked or wrote.unparked or wrote.agenda
    )


def _settle(answer: asyncio.Future[Reply | None], result: Reply | BaseException | None) -> None:
    if answer.done():
        return
    if isinstance(result, BaseException):
        answer.set_exception(result)
    else:
        answer.set_result(result)
