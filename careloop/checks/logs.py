"""The services and what they have written: readiness, lags in PostgreSQL positions, parked events, clock, heads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import asyncpg
import httpx2

from careloop.checks.finding import Finding, failed, ok, warned
from careloop.lags import due, lags, parked
from chassis.auditing import counties
from chassis.chain import genesis
from chassis.clock import Clock
from chassis.config import Settings
from chassis.service import Service

PATIENCE_S = 5.0
BEHIND_MAX = 1000
"""More positions than this are more than a moment's work."""
NOT_MOVED = timedelta(minutes=1)
LOGS = (("events", "position", "hash"), ("public_log", "public_position", "public_hash"))


async def readiness(settings: Settings, services: Iterable[Service]) -> list[Finding]:
    """Each service's own answer to whether it is ready."""
    return list(await asyncio.gather(*(_ready(settings, service) for service in services)))


async def _ready(settings: Settings, service: Service) -> Finding:
    what, address = f"service {service.name}", settings.address(service.name, service.port)
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_S, trust_env=False) as client:
            answer = await client.get(f"{address}/v1/readyz")
    except httpx2.HTTPError:
        return warned(what, f"does not answer at {address}", "careloop up, or careloop serve")
    if answer.status_code != 200:
        return failed(what, f"not ready: {answer.text}", "the facts name the check that fails; see the service's log")
    return ok(what, f"ready at {address}")


async def behind(connection: asyncpg.Connection, services: Sequence[Service]) -> list[Finding]:
    """How far each service has heard the others."""
    found = []
    for lag in await lags(connection, services):
        what, told = f"{lag.service} hears {lag.source}", f"{lag.county}: {lag.heard} of {lag.told}"
        if lag.behind > BEHIND_MAX:
            found.append(warned(what, told, f"run the consumer of {lag.service}; see its log and careloop park list"))
        else:
            found.append(ok(what, told))
    return found


async def waiting(connection: asyncpg.Connection, services: Iterable[Service], now: datetime) -> list[Finding]:
    """What is due and not carried out, and what was set aside."""
    found = []
    for service in services:
        overdue, aside = await due(connection, service.name, now), await parked(connection, service.name)
        what = f"agenda {service.name}"
        if overdue > BEHIND_MAX:
            found.append(warned(what, f"{overdue} due", f"run the agenda of {service.name}; see its log"))
        else:
            found.append(ok(what, f"{overdue} due"))
        what, hint = f"parked {service.name}", "careloop park list says why; careloop park retry tries again"
        found.append(failed(what, f"{aside} events", hint) if aside else ok(what, "nothing"))
    return found


def clock(settings: Settings) -> Finding:
    """Whether the clock shows another time than the system's."""
    shown = Clock(settings.clock_file).now()
    if settings.clock_file is None:
        return ok("clock", "the system's; it cannot be moved here")
    if abs(shown - datetime.now(UTC)) > NOT_MOVED:
        hint = f"fine for a demonstration; remove {settings.clock_file} while nothing runs to go back to the system's"
        return warned("clock", f"moved: it shows {shown:%Y-%m-%d %H:%M} UTC", hint)
    return ok("clock", "the system's time")


async def heads(connection: asyncpg.Connection, services: Iterable[Service]) -> list[Finding]:
    """Whether each log's last row is what its head says; every link is checked by ``careloop audit verify``."""
    found = []
    for service in services:
        for county in await counties(connection, service.name):
            for log, position, hash in LOGS:
                found.append(await _head(connection, service.name, county, log, position, hash))
    return found


async def _head(
    connection: asyncpg.Connection, service: str, county: str, log: str, position: str, hash: str
) -> Finding:
    row = await connection.fetchrow(
        f"select h.{position} as position, h.{hash} as hash, l.hash as last, (select max(position) from {service}.{log}"
        f" where county = h.county) as end from {service}.head h left join {service}.{log} l on l.county = h.county"
        f" and l.position = h.{position} where h.county = $1",
        county,
    )
    assert row is not None
    what, last = f"head {service} {log}", row["last"] if row["position"] else genesis(service, county, log)
    if row["hash"] != last or (row["end"] or 0) != row["position"]:
        told = f"{county}: the head says {row['position']}, the log ends at {row['end'] or 0} or with another hash"
        return failed(what, told, "careloop audit verify names the row; restore from a backup")
    return ok(what, f"{county}: {row['position']} rows, {row['hash'].hex()[:16]}…")
