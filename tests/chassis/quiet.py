"""Waiting until a set of services has nothing left to do: everything published, heard, and carried out.

For tests and demonstrations. Positions are compared in PostgreSQL; what is parked, or missing at its source, counts as
heard, because nobody will do more about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from chassis.agenda import Agenda
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.relay import Relay
from chassis.service import Service

LOOK_S = 0.02


class Working(Protocol):
    """A running service as far as quiet is concerned; relay and agenda are None where another process has them."""

    @property
    def service(self) -> Service: ...

    @property
    def database(self) -> Database: ...

    @property
    def dispatch(self) -> Dispatch: ...

    @property
    def relay(self) -> Relay | None: ...

    @property
    def agenda(self) -> Agenda | None: ...

    @property
    def consumers(self) -> Sequence[Consumer]: ...


async def quiet(runnings: Sequence[Working], timeout_s: float = 60.0) -> None:
    """Return when nothing moves any more; raises TimeoutError, naming what does, after ``timeout_s``."""
    busy, before = ["not looked at yet"], None
    try:
        async with asyncio.timeout(timeout_s):
            while True:
                # Twice in a row, with no write in between: what one service did may have given work to another.
                busy, now = await _busy(runnings), await _written(runnings)
                if not busy and now == before:
                    return
                before = now if not busy else None
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        raise TimeoutError(f"not quiet after {timeout_s} s: {'; '.join(busy)}") from None


async def _written(runnings: Sequence[Working]) -> list[int]:
    """How much is in each service's logs."""
    query = "select coalesce(sum(public_position), 0)::bigint from head"
    return [await running.database.works.fetchval(query) for running in runnings]


async def _busy(runnings: Sequence[Working]) -> list[str]:
    """What still has something to do, in words."""
    busy: list[str] = []
    databases = {running.service.name: running.database for running in runnings}
    for running in runnings:
        name = running.service.name
        if not running.dispatch.idle():
            busy.append(f"{name} is deciding")
        if running.relay and not await running.relay.settled():
            busy.append(f"{name} is publishing")
        if running.agenda and not await running.agenda.settled():
            busy.append(f"{name} has something due")
        heard = [consumer for consumer in running.consumers if consumer.source in databases]
        late = {consumer.source: await _late(consumer, databases[consumer.source]) for consumer in heard}
        busy.extend(
            f"{name} is behind {source} in {', '.join(counties)}" for source, counties in late.items() if counties
        )
    return busy


async def _late(consumer: Consumer, source: Database) -> list[str]:
    """Counties that the consumer has not heard to their end."""
    heads = await source.works.fetch("select county, public_position from head where public_position > 0")
    query = "select county, position from tracking where source = $1"
    rows = await consumer.database.works.fetch(query, consumer.source)
    tracked = {row["county"]: row["position"] for row in rows}
    return [
        head["county"]
        for head in heads
        if head["county"] not in consumer.blocked and tracked.get(head["county"], 0) < head["public_position"]
    ]
