"""PostgreSQL seen from outside the application: signed in as each role, with two counties' rows in every table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import asyncpg
import pytest

from chassis.config import Settings
from chassis.migrate import migrate
from chassis.service import Service
from services.declared import PORTS, declared
from tests.chassis import toy

SERVICES = (*PORTS, "toy")
of_every_service = pytest.mark.parametrize("service", SERVICES)

DENIED = "42501"
"""insufficient_privilege: also what a row against a policy of row-level security is refused with."""

_TABLES = """
select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attname = 'county'
where n.nspname = $1 and c.relkind in ('r', 'p') order by 1
"""
_NEEDED = """
select a.attname::text as name, format_type(a.atttypid, null) as kind
from pg_attribute a where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
  and a.attnotnull and not a.atthasdef and a.attname <> 'county' order by a.attnum
"""
_FILLERS = {
    "uuid": "gen_random_uuid()",
    "text": "'x'",
    "bytea": "'\\x00'",
    "jsonb": "'[]'",
    "boolean": "false",
    "date": "date '2024-11-01'",
    "text[]": "'{}'",
}
"""What a column of a type is filled with; numbers get 1 and instants now."""


@dataclass(frozen=True)
class Walled:
    """The services' schemas with a row in every table for ``own`` and for ``other``, two counties."""

    settings: Settings
    owner: asyncpg.Connection
    services: tuple[Service, ...]
    own: str
    other: str

    async def tables(self, service: str) -> list[str]:
        """All tables of a service that have a county."""
        return [row[0] for row in await self.owner.fetch(_TABLES, service)]

    async def fill(self, county: str) -> None:
        """A row of ``county`` in every table, as the owner."""
        for service in self.services:
            for table in await self.tables(service.name):
                await self.owner.execute(await self.insertion(service.name, table), county)

    async def insertion(self, service: str, table: str) -> str:
        """A statement that inserts one row for the county ``$1``."""
        needed = await self.owner.fetch(_NEEDED, f"{service}.{table}")
        names = ", ".join(["county", *(row["name"] for row in needed)])
        values = ", ".join(["$1", *(_filler(row["kind"]) for row in needed)])
        return f"insert into {service}.{table} ({names}) values ({values})"


@asynccontextmanager
async def two_counties(settings: Settings) -> AsyncIterator[Walled]:
    """All services and the toy one, migrated, with the rows of two counties; these are gone afterwards."""
    services = (*declared(), toy.service)
    await migrate(services, settings)
    owner = await asyncpg.connect(settings.database_url)
    walled = Walled(settings, owner, services, a_county(), a_county())
    try:
        await walled.fill(walled.own)
        await walled.fill(walled.other)
        yield walled
    finally:
        for service in SERVICES:
            for table in await walled.tables(service):
                query = f"delete from {service}.{table} where county = any($1)"
                await owner.execute(query, [walled.own, walled.other])
        await owner.close()


def url_of(walled: Walled, service: str, which: str) -> str:
    """The address of a service's ``own`` role, its ``works``, or the ``auditor``."""
    settings = walled.settings
    urls = {
        "own": settings.service_database_url(service),
        "works": settings.works_database_url(service),
        "auditor": settings.auditor_database_url(),
    }
    return urls[which]


def _filler(kind: str) -> str:
    return _FILLERS.get(kind, "now()" if kind.startswith("timestamp") else "1")


@asynccontextmanager
async def signed_in(url: str, county: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    """A plain connection, as any client makes one; it names ``county`` where one is given."""
    connection = await asyncpg.connect(url)
    try:
        if county is not None:
            await connection.execute("select set_config('careloop.county', $1, false)", county)
        yield connection
    finally:
        await connection.close()


async def denied(attempt: Awaitable[object]) -> bool:
    """Whether PostgreSQL refuses, with SQLSTATE 42501 and no other; False where it lets it pass."""
    try:
        await attempt
    except asyncpg.PostgresError as error:
        if error.sqlstate != DENIED:
            pytest.fail(f"refused with {error.sqlstate}, not {DENIED}: {error}")
        return True
    return False


def a_county() -> str:
    """A code that nobody else uses."""
    return uuid4().hex[:12]
