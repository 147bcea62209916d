"""How far the services are behind one another, in positions of PostgreSQL's logs, and what is due but not yet done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from chassis.service import Service

LOOK_S = 0.05


class NotQuiet(Exception):
    """Something does not come to rest: what, in words."""


@dataclass(frozen=True, kw_only=True)
class Lag:
    """``service`` has heard ``source`` through ``heard`` of ``told`` public positions of a county."""

    service: str
    source: str
    county: str
    heard: int
    told: int

    @property
    def behind(self) -> int:
        """Positions still to be heard."""
        return max(0, self.told - self.heard)


async def lags(connection: asyncpg.Connection, services: Iterable[Service]) -> list[Lag]:
    """Every service against every source it hears, by county."""
    found: list[Lag] = []
    for service in services:
        for source in service.hears:
            rows = await connection.fetch(
                f"select h.county, h.public_position as told, coalesce(t.position, 0) as heard from {source}.head h"
                f" left join {service.name}.tracking t on t.county = h.county and t.source = $1 order by h.county",
                source,
            )
            found.extend(Lag(service=service.name, source=source, **row) for row in rows)
    return found


async def due(connection: asyncpg.Connection, service: str, now: datetime) -> int:
    """How many entries of a service's agenda are due at ``now`` and not yet carried out."""
    count: int = await connection.fetchval(f"select count(*) from {service}.agenda where due_at <= $1", now)
    return count


async def parked(connection: asyncpg.Connection, service: str) -> int:
    """How many events a service has set aside."""
    count: int = await connection.fetchval(f"select count(*) from {service}.parked")
    return count


async def written(connection: asyncpg.Connection, services: Iterable[Service]) -> dict[str, tuple[int, int]]:
    """By service, how many events and how many public events its logs hold."""
    found = {}
    for service in services:
        row = await connection.fetchrow(
            "select coalesce(sum(position), 0)::bigint, coalesce(sum(public_position), 0)::bigint"
            f" from {service.name}.head"
        )
        assert row is not None
        found[service.name] = (row[0], row[1])
    return found


async def busy(connection: asyncpg.Connection, services: Iterable[Service], now: datetime) -> list[str]:
    """What is not done yet, in words."""
    services = list(services)
    late = [lag for lag in await lags(connection, services) if lag.behind]
    waiting = {service.name: await due(connection, service.name, now) for service in services}
    return [
        *(f"{lag.service} is {lag.behind} behind {lag.source}" for lag in late),
        *(f"{name} has {count} things due" for name, count in waiting.items() if count),
    ]


async def quiet(
    connection: asyncpg.Connection, services: Iterable[Service], now: datetime, timeout_s: float = 120.0
) -> None:
    """Return when everything told is heard and nothing is due, twice in a row with nothing written in between.

    ``now`` is what the deployment's clock showed last. Raises ``NotQuiet`` when an event was parked, or in the end.
    """
    services = list(services)
    before: dict[str, tuple[int, int]] | None = None
    waits = ["not looked at yet"]
    for _ in range(int(timeout_s / LOOK_S)):
        if aside := [service.name for service in services if await parked(connection, service.name)]:
            raise NotQuiet(f"events are parked in {', '.join(aside)}: see `careloop park list`")
        waits, now_written = await busy(connection, services, now), await written(connection, services)
        if not waits and now_written == before:
            return
        before = None if waits else now_written
        await asyncio.sleep(LOOK_S)
    raise NotQuiet(f"not quiet after {timeout_s:.0f} s: {'; '.join(waits)}")
