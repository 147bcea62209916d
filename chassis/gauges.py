"""What is read rather than counted: refreshed while relay and consumer work, and whenever the metrics are asked for.

Lags are reckoned against PostgreSQL's positions, never against NATS; see ``metrics`` for what each number means.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

import asyncpg

from chassis.backfill import SourceHead
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.hearing import Tracked
from chassis.metrics import (
    AGENDA_FAILED,
    AGENDA_OVERDUE,
    BUS_CONNECTED,
    COMMANDS_WAITING,
    CONSUMER_GAP,
    DATABASE_CONNECTIONS,
    PARKED,
    RELAY_LAG,
)

Measure = Callable[[], Awaitable[None]]
"""Refreshes some of the gauges; raises where it cannot."""

_TRACKED = "select county, position from tracking where source = $1"
_PARKED = "select county, count(*) as count from parked where source = $1 group by county"
_AGENDA = (
    "select count(*) filter (where due_at <= $1) as overdue, count(*) filter (where tries >= $2) as failed"
    " from agenda where due_at <= $1 or tries >= $2"
)


class Lags:
    """How far one service's relay is behind its own logs."""

    def __init__(self, service: str) -> None:
        self._service = service

    def found(self, heads: Iterable[asyncpg.Record], published: Callable[[str], int]) -> None:
        """Compare all heads (``county``, ``public_position``) with what is published of each county."""
        for head in heads:
            behind = head["public_position"] - published(head["county"])
            RELAY_LAG.labels(self._service, head["county"]).set(max(0, behind))


class Gaps:
    """How far one service is behind one source, and what it has set aside."""

    def __init__(self, service: str, source: str) -> None:
        self._service = service
        self._source = source
        self._told: dict[str, int] = {}
        self._parked: set[str] = set()

    def told(self, county: str, position: int) -> None:
        """The bus has brought an event of this position."""
        self._told[county] = max(position, self._told.get(county, 0))

    def compared(self, heads: Mapping[str, SourceHead], tracked: Mapping[str, Tracked]) -> None:
        """The source has said where its counties' logs end; ``tracked`` was read before."""
        self._told = {county: head.position for county, head in heads.items()}
        self._show({county: at.position for county, at in tracked.items()})

    async def measure(self, database: Database) -> None:
        """Read how far this service is, and show it."""
        rows = await database.works.fetch(_TRACKED, self._source)
        self._show({row["county"]: row["position"] for row in rows})
        parked = {row["county"]: row["count"] for row in await database.works.fetch(_PARKED, self._source)}
        self._parked |= parked.keys()
        for county in self._parked:
            PARKED.labels(self._service, self._source, county).set(parked.get(county, 0))

    def _show(self, tracked: Mapping[str, int]) -> None:
        for county, position in self._told.items():
            behind = position - tracked.get(county, 0)
            CONSUMER_GAP.labels(self._service, self._source, county).set(max(0, behind))


def measure_process(service: str, database: Database, dispatch: Dispatch, bus: Bus) -> Measure:
    """Shows what a service holds in this process: commands that wait, connections, the bus."""
    connected, waiting = BUS_CONNECTED.labels(service), COMMANDS_WAITING.labels(service)

    async def measure() -> None:
        connected.set(bus.connected)
        waiting.set(dispatch.waiting())
        for name, pool in database.pools().items():
            size, idle = pool.get_size(), pool.get_idle_size()
            for state, number in (("busy", size - idle), ("idle", idle), ("limit", pool.get_max_size())):
                DATABASE_CONNECTIONS.labels(service, name, state).set(number)

    return measure


def measure_agenda(service: str, database: Database, clock: Clock, tries: int) -> Measure:
    """Shows what of the agenda is past its time, and what was refused ``tries`` times."""
    overdue, failed = AGENDA_OVERDUE.labels(service), AGENDA_FAILED.labels(service)

    async def measure() -> None:
        row = await database.works.fetchrow(_AGENDA, clock.now(), tries)
        assert row is not None
        overdue.set(row["overdue"])
        failed.set(row["failed"])

    return measure
