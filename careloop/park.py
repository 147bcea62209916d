"""``careloop park``: parked events on the command line. A retry goes through the running service's API."""

from __future__ import annotations

import asyncpg
import httpx2

from careloop.auditing import with_database
from careloop.embedded import EmbeddedError
from careloop.environment import NothingRuns, reachable
from careloop.output import err, out
from chassis.auth import issue_for_service
from chassis.config import Settings
from services.declared import PORTS

COLUMNS = "county, source, position, type, subject, reason, tries, parked_at"


def list_(county: str) -> int:
    """Every parked event; 1 if there is any."""
    try:
        found = with_database(
            lambda connection: _all(connection, county),
        )
    except (NothingRuns, EmbeddedError, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    for service, row in found:
        out.print(
            f"{service} {row['county']} {row['source']} {row['position']}  {row['type']}  {row['subject']}"
            f"  tries {row['tries']}  {row['reason']}"
        )
    if not found:
        out.print("nothing is parked")
    return 1 if found else 0


async def _all(connection: asyncpg.Connection, county: str) -> list[tuple[str, asyncpg.Record]]:
    found: list[tuple[str, asyncpg.Record]] = []
    for service in PORTS:
        rows = await connection.fetch(
            f"select {COLUMNS} from {service}.parked where $1 = '' or county = $1 order by county, source, position",
            county,
        )
        found.extend((service, row) for row in rows)
    return found


def show(service: str, county: str, source: str, position: int) -> int:
    """One parked event with its body; 1 if there is none."""
    if service not in PORTS:
        err.print(f"there is no service {service!r}; there are {', '.join(PORTS)}")
        return 2
    query = f"select * from {service}.parked where county = $1 and source = $2 and position = $3"
    row = with_database(lambda connection: connection.fetchrow(query, county, source, position))
    if row is None:
        err.print("that event is not parked")
        return 1
    for name, value in row.items():
        out.print(f"{name:<12} {value.decode() if isinstance(value, bytes) else value}")
    return 0


def retry(service: str, county: str, source: str, position: int) -> int:
    """Ask the running service to try again; 1 if it still cannot be applied."""
    if service not in PORTS:
        err.print(f"there is no service {service!r}; there are {', '.join(PORTS)}")
        return 2
    settings = reachable(Settings())
    answer = httpx2.post(
        f"{settings.address(service, PORTS[service])}/v1/parked/{source}/{position}/retry",
        headers={
            "Authorization": f"Bearer {issue_for_service(settings, 'park')}",
            "Careloop-County": county,
            "Idempotency-Key": f"park-{county}-{source}-{position}",
        },
        timeout=30,
    )
    out.print(answer.text)
    return 0 if answer.is_success else 1
