"""What flows through NATS: the relay's rate, a consumer's rate, and how long a verification takes to reach settlement.

All of it is the real thing: orders' public log, JetStream with ``sync_interval: always``, providers deciding on every
order they hear of, settlement journalling every verified service.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from bench import people
from bench.dispatching import Opening
from bench.figures import percentile
from bench.ground import COUNTY
from chassis.bus import Bus
from chassis.config import Settings
from chassis.database import Database
from chassis.http import Running
from chassis.relay import Relay
from chassis.runner import ROLES, running
from chassis.service import Ask, Step
from services.declared import PORTS, declared
from services.orders.domain import order
from services.orders.domain.days import business_day

LOOK_S = 0.01
PATIENCE_S = 300.0
A_SECOND = 50
"""Verifications asked a second while the delay is measured: far below what the system carries."""
TRACKED = "select coalesce(max(position), 0)::bigint from tracking where county = $1 and source = 'orders'"


async def measure(settings: Settings, quick: bool) -> dict[str, Any]:
    """Rates of relay and consumer, the delay from verification to settlement's journal."""
    events, verified = (4_000, 100) if quick else (50_000, 1_000)
    orders = declared(["orders"])
    async with running(orders, settings, PORTS, ["api"]) as parts:
        port = PORTS["orders"] + settings.port_offset
        known = [UUID(one) for one in await people.settle_in(settings, port)]
        await _fill(Opening(parts["orders"], known), events)
        relayed = await _relay(settings, parts["orders"].database, events)
        consumed = await _consume(settings, events)
    async with running(declared(), settings, PORTS, ROLES) as whole:
        delays = await _delays(whole, known, verified)
    p50, p99 = (percentile(delays, share) * 1000 for share in (0.5, 0.99))
    return {
        "ratios": {},
        "rates": {
            "relay, public events into JetStream": round(relayed),
            "consumer, order_opened decided": round(consumed),
        },
        "others": {f"verification to settlement's journal at {A_SECOND}/s: p50 / p99 in ms": f"{p50:.0f} / {p99:.0f}"},
    }


async def _fill(opening: Opening, events: int) -> None:
    """Open so many orders, 256 at once."""
    left = iter(range(events))

    async def work() -> None:
        for _ in left:
            await opening.dispatch.ask(opening.ask())

    await asyncio.gather(*(work() for _ in range(256)))


async def _relay(settings: Settings, database: Database, events: int) -> float:
    """Events a second from the public log into an empty stream."""
    bus = Bus(settings.service_nats_url("orders"), "bench relay", "orders")
    await bus.start()
    relay = Relay("orders", database, bus, settings)
    begun = time.perf_counter()
    await relay.start()
    try:
        await _until(lambda: relay.published(COUNTY) >= events)
        return events / (time.perf_counter() - begun)
    finally:
        await relay.stop()
        await bus.stop()


async def _consume(settings: Settings, events: int) -> float:
    """Events a second through the bus into the providers service, from the first one tracked on."""
    async with running(declared(["providers"]), settings, PORTS, ["consumer"]) as parts:
        database, deadline = parts["providers"].database, time.perf_counter() + PATIENCE_S
        first, begun = 0, 0.0
        while time.perf_counter() < deadline:
            tracked: int = await database.fetchval(TRACKED, COUNTY)
            if tracked and not first:
                first, begun = tracked, time.perf_counter()
            if tracked >= events:
                return (tracked - first) / (time.perf_counter() - begun)
            await asyncio.sleep(LOOK_S)
    raise TimeoutError("the consumer did not hear everything")


async def _delays(parts: Mapping[str, Running], known: list[UUID], number: int) -> list[float]:
    """Seconds from asking for a verification until settlement has journalled it, in ascending order."""
    ours, settlement = parts["orders"], parts["settlement"]
    completed = [await _completed(ours, known[place % len(known)], place) for place in range(number)]
    await _until_tracked(ours, settlement)
    arrivals = _Arrivals(settlement)
    last = 0

    def committed(county: str, position: int, _agenda: int) -> None:
        nonlocal last
        last = position

    ours.dispatch.on_commit(committed)
    settlement.dispatch.on_commit(arrivals.look)
    for stream in completed:
        begun = time.perf_counter()
        await ours.dispatch.ask(_ask(stream, _verify(ours)))
        arrivals.waiting.append((last, begun))
        await asyncio.sleep(max(0.0, 1 / A_SECOND - (time.perf_counter() - begun)))
    await _until(lambda: not arrivals.waiting)
    return sorted(arrivals.took)


class _Arrivals:
    """Which positions of orders' log settlement has applied, seen at each of its commits."""

    def __init__(self, settlement: Running) -> None:
        self.waiting: deque[tuple[int, float]] = deque()
        self.took: list[float] = []
        self._database = settlement.database
        self._looking: set[asyncio.Task[None]] = set()

    def look(self, _county: str, _position: int, _agenda: int) -> None:
        """Settlement has committed something."""
        task = asyncio.create_task(self._look(time.perf_counter()))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self, at: float) -> None:
        tracked = await self._database.fetchval(TRACKED, COUNTY)
        while self.waiting and self.waiting[0][0] <= tracked:
            _, begun = self.waiting.popleft()
            self.took.append(max(at - begun, 0.0))


async def _completed(ours: Running, person: UUID, place: int) -> UUID:
    """An order that was opened and reported done."""
    at, stream = ours.clock.now(), uuid.uuid4()
    begins = business_day(at)
    opened = order.Open(
        kind="purchase", person=person, plan_id=None, item="home_cleaning", units=1, township=people.township(place),
        village=f"{people.township(place)}201", window_from=begins, window_to=begins, provider=None,
        remark_code="bench", at=at,
    )  # fmt: skip
    done = order.Complete(
        visit_id=uuid.uuid4(), provider=uuid.UUID(int=1), item=None, units=None, day=begins, time="09:30",
        exceptions=(), red=False, reported_by="bench-provider", at=at,
    )  # fmt: skip
    await ours.dispatch.ask(_ask(stream, opened, done))
    return stream


def _verify(ours: Running) -> order.Verify:
    return order.Verify(
        visit_id=None, result="accepted", note_code="", by="bench-bureau", role="bureau", at=ours.clock.now()
    )


def _ask(stream: UUID, *commands: order.Command) -> Ask:
    steps = tuple(Step(decider=order.decider, stream=stream, command=command) for command in commands)
    return Ask(county=COUNTY, steps=steps, key=uuid.uuid4().hex, by="bench", role="bureau")


async def _until_tracked(ours: Running, settlement: Running) -> None:
    """Wait until settlement has heard everything so far."""
    through = await ours.database.fetchval("select public_position from head where county = $1", COUNTY)
    deadline = time.perf_counter() + PATIENCE_S
    while await settlement.database.fetchval(TRACKED, COUNTY) < through:
        if time.perf_counter() > deadline:
            raise TimeoutError("settlement did not hear everything")
        await asyncio.sleep(LOOK_S)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(LOOK_S)
