"""Batch dispatch: everything that waits for a county becomes one decision and one transaction.

One supervised writer lane a county takes what has queued up while it was busy (no waiting window), decides it in
memory on cached states and writes it with one statement that moves ``head`` by compare-and-swap. If another process
wrote in between, the lane takes the row lock, catches up on exactly the events it missed, decides again and writes
under the lock, so progress is certain. Whatever goes wrong forgets cache and head; nothing is answered that was not
committed.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from uuid import UUID

import asyncpg
import structlog
from eventsourcing.persistence import StoredEvent

from chassis import crash
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.deciding import Behind, Decided, Deciding, Folded, KeyReused, Poisoned, Reader, Unit
from chassis.kernel import NotYet
from chassis.policies import read_policies
from chassis.recorder import EVENTS_SINCE, Connection, read_head
from chassis.service import Ask, Hearing, Reply, Service, Step
from chassis.write import Head, is_conflict, write

__all__ = ["Behind", "Dispatch", "KeyReused", "Overloaded", "Poisoned", "Unavailable"]

log = structlog.get_logger(__name__)

OnCommit = Callable[[str, int, int], None]
LOST = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""Errors after which nobody knows whether the statement was committed: the batch is asked again, keys decide."""


class Overloaded(Exception):
    """Too many commands wait in this county: try again later."""


class Unavailable(Exception):
    """The database does not answer; whether the command was kept is decided by asking again with the same key."""


class Dispatch:
    """Takes asks and hearings of all counties of one service; see the module's text."""

    def __init__(self, service: Service, pool: asyncpg.Pool, settings: Settings, clock: Clock) -> None:
        self.service = service
        self.pool = pool
        self.settings = settings
        self.clock = clock
        self.codec = Codec(service.deciders)
        self._lanes: dict[str, Lane] = {}
        self._callbacks: list[OnCommit] = []

    async def start(self) -> None:
        """Ready to take asks; lanes start with their county's first one."""

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

    def committed(self, county: str, public_position: int, agenda: int) -> None:
        """Tell everybody who wants to know."""
        for callback in self._callbacks:
            callback(county, public_position, agenda)

    def idle(self) -> bool:
        """Whether nothing waits and nothing is being decided."""
        return all(lane.idle for lane in self._lanes.values())

    def _lane(self, county: str) -> Lane:
        lane = self._lanes.get(county)
        if lane is None:
            lane = self._lanes[county] = Lane(self, county)
        return lane


class Lane:
    """The one writer of a county in this process."""

    def __init__(self, dispatch: Dispatch, county: str) -> None:
        self.dispatch = dispatch
        self.county = county
        self.idle = True
        self._waiting: deque[tuple[Unit, asyncio.Future[Reply | None]]] = deque()
        self._wake = asyncio.Event()
        self._cache: OrderedDict[UUID, Folded] = OrderedDict()
        self._head: Head | None = None
        self._policies: tuple[object, ...] | None = None
        self._stopping = False
        self._task = asyncio.create_task(self._run(), name=f"lane {dispatch.service.name} {county}")

    async def put(self, unit: Unit) -> Reply | None:
        """Queue the unit and wait for its answer; a cancelled caller's unit is carried out all the same."""
        if self._stopping:
            raise Unavailable("stopping")
        if len(self._waiting) >= self.dispatch.settings.queue_max:
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
            try:
                await self._carry_out(batch)
            except Exception as error:
                self._forget()
                log.error("batch failed", service=self.dispatch.service.name, county=self.county, exc_info=error)
                for _, answer in batch:
                    _settle(answer, error)
        self.idle = True

    def _take(self) -> list[tuple[Unit, asyncio.Future[Reply | None]]]:
        """The next units, in order: as many as fit, no key twice, no guard twice, at most one hearing."""
        batch: list[tuple[Unit, asyncio.Future[Reply | None]]] = []
        guards: set[str] = set()
        keys: set[str] = set()
        weight, heard = 0, False
        while self._waiting and weight < self.dispatch.settings.batch_max:
            unit, _ = self._waiting[0]
            mine = {guard for step in unit.steps for guard in self._guards(step)}
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
        return self.dispatch.service.guards(step, folded.state if folded else None)

    async def _carry_out(self, batch: list[tuple[Unit, asyncio.Future[Reply | None]]]) -> None:
        units = [unit for unit, _ in batch]
        try:
            decided = await self._persist(units)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            self._forget()
            if len(batch) == 1:
                _settle(batch[0][1], error)
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
                async with self.dispatch.pool.acquire(timeout=5) as connection:
                    return await self._once(connection, units)
            except LOST as error:
                self._forget()
                last = error
                log.warning("database lost", service=self.dispatch.service.name, county=self.county, error=repr(error))
        raise Unavailable(repr(last))

    async def _once(self, connection: Connection, units: list[Unit]) -> Decided:
        if self._head is None:
            self._head = await read_head(connection, self.dispatch.service.name, self.county)
        decided = await self._attempt(connection, units, self._head)
        try:
            if not _changes(decided):
                # A refusal rests on the present too: nobody may have written since the states were read.
                present = await read_head(connection, self.dispatch.service.name, self.county)
                if present.position == self._head.position:
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
        head = await read_head(connection, self.dispatch.service.name, self.county, lock=True)
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
        dispatch = self.dispatch
        behind = [await self._behind(connection, unit) if isinstance(unit, Hearing) else None for unit in units]
        fresh = [unit for unit, applied in zip(units, behind, strict=True) if applied is None]
        if self._policies is None:
            self._policies = await read_policies(connection, dispatch.service, self.county)
        cached = {}
        for unit in fresh:
            for step in unit.steps:
                if (folded := self._cache.get(step.stream)) is not None:
                    cached[step.stream] = folded
        reader = Reader(connection, self.county, self._policies)
        now = dispatch.clock.now()
        decided = await Deciding(dispatch.service, dispatch.codec, reader, connection, head, now, cached).run(fresh)
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
        codec = self.dispatch.codec
        decider = self.dispatch.service.decider(codec.category_of[stored.topic])
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
        while len(cache) > self.dispatch.settings.cache_max:
            cache.popitem(last=False)
        if decided.policies_changed:
            self._policies = None
        self.dispatch.committed(self.county, self._head.public_position, len(decided.write.agenda))

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
