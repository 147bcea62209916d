"""Deciding and committing without HTTP, by the real orders service, against the library's own application."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench import people
from bench.children import child, run
from bench.figures import middle, ratio
from bench.ground import COUNTY, environment
from chassis.config import Settings
from chassis.http import Running
from chassis.runner import running
from chassis.service import Ask, Outcome, Reply, Step
from services.declared import PORTS, declared
from services.orders.domain import order
from services.orders.domain.days import business_day

IN_FLIGHT = (256, 64)
THREADS = (1, 8)


async def measure(settings: Settings, quick: bool) -> dict[str, Any]:
    """Rates of both, and how many times the library's best ours is."""
    seconds, rounds = (1.0, 3) if quick else (4.0, 5)
    start = environment(settings)
    port = PORTS["orders"] + settings.port_offset
    async with child(["-m", "services", "orders", "--roles", "api"], start, port):
        known = [UUID(one) for one in await people.settle_in(settings, port)]
    rates: dict[str, list[float]] = {}
    async with running(declared(["orders"]), settings, PORTS, []) as parts:
        opening = Opening(parts["orders"], known)
        for _ in range(rounds):
            for together in IN_FLIGHT:
                rates.setdefault(f"dispatch, {together} in flight", []).append(await opening.rate(together, seconds))
            for threads in THREADS:
                asked = ["-m", "bench.peer", "commands", str(threads), str(seconds / 2)]
                for name, rate in json.loads(await run(asked, start)).items():
                    rates.setdefault(f"library, {name}, {threads} threads", []).append(rate)
    return _summary(rates)


def _summary(rates: dict[str, list[float]]) -> dict[str, Any]:
    medians = {name: middle(taken) for name, taken in rates.items()}
    best = max(rate for name, rate in medians.items() if name.startswith("library"))
    ratios = {
        "dispatch_vs_eventsourcing": ratio(medians["dispatch, 256 in flight"], best),
        "dispatch_vs_eventsourcing_64": ratio(medians["dispatch, 64 in flight"], best),
    }
    return {"ratios": ratios, "rates": {name: round(rate) for name, rate in medians.items()}, "taken": rates}


class Opening:
    """Opens orders as the route does: key, request hash, reply, so many at once as are wanted."""

    def __init__(self, ours: Running, known: list[UUID]) -> None:
        self.dispatch = ours.dispatch
        self._clock = ours.clock
        self._known = known
        self._numbers = itertools.count()
        self._run = uuid.uuid4().hex

    def ask(self) -> Ask:
        """The next order."""
        number = next(self._numbers)
        at = self._clock.now()
        place = number % len(self._known)
        begins = business_day(at)
        command = order.Open(
            kind="purchase",
            person=self._known[place],
            plan_id=None,
            item=people.ITEMS[number % len(people.ITEMS)],
            units=1,
            township=people.township(place),
            village=f"{people.township(place)}201",
            window_from=begins,
            window_to=begins + timedelta(days=14),
            provider=None,
            remark_code="bench",
            at=at,
        )
        key = f"{self._run}-{number}"
        step = Step(decider=order.decider, stream=uuid.uuid4(), command=command)
        return Ask(county=COUNTY, steps=(step,), key=key, request_hash=key.encode(), by="bench", role="bureau",
                   cause=key, reply=_reply)  # fmt: skip

    async def rate(self, together: int, seconds: float) -> float:
        """Commands committed a second with so many in flight."""
        done = 0
        begun = time.perf_counter()

        async def work() -> None:
            nonlocal done
            while time.perf_counter() - begun < seconds:
                await self.dispatch.ask(self.ask())
                done += 1

        await asyncio.gather(*(work() for _ in range(together)))
        return done / (time.perf_counter() - begun)


def _reply(outcomes: tuple[Outcome, ...]) -> Reply:
    body = json.dumps({"id": str(outcomes[0].stream), "state": outcomes[0].state.stage})
    return Reply(status=201, body=body.encode())
