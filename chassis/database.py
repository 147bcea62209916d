"""A service's way to its database: one county at a time, and a second role for the little that spans counties.

    at(county) ─▶ a connection of ``careloop_<service>``, which row-level security lets see that county only
    works      ─▶ connections of ``careloop_<service>_works``, which sees all counties, of very few columns

Which county a connection sees is a setting of its session, ``careloop.county`` (``tables.walls``). The connection
remembers what it was set to, so the setting travels only when it changes; where that is not known (nothing was set yet,
or setting it failed) it is set again before anything else is said. A connection without it sees no row at all.

As works run, because they look for what *some* county has to do: the relay (which counties have something to publish),
the agenda (what is due), housekeeping (answers kept long enough), the consumers' bookkeeping (how far each county is
applied, where one is blocked), the heads that ``GET /v1/heads`` and a region's feed begin with, readiness, and the
gauges of all these. What they find they then do county by county, as the service's own role. No other request is
answered as works, and works reads no personal data and writes nothing but the end of kept answers.

A pooler between the service and PostgreSQL must pool by session: by transaction it would mix the counties up.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from chassis.config import Settings

ACQUIRE_S = 30.0
"""So long is waited for a free connection; then TimeoutError, answered as unavailable."""
_SEE = "select set_config('careloop.county', $1, false)"


class CountyConnection(asyncpg.Connection):
    """A connection that remembers the county its session sees; None where that is not known."""

    county: str | None = None

    async def see(self, county: str) -> None:
        """From here on see ``county`` only. Outside a transaction: rolled back, the setting would be another."""
        self.county = None
        if self.is_in_transaction():
            raise RuntimeError("a connection changes its county between transactions only")
        await self.fetchval(_SEE, county)
        self.county = county


class At:
    """A connection at one county, for as long as the block runs."""

    __slots__ = ("_connection", "_county", "_pool", "_within_s")

    _connection: PoolConnectionProxy

    def __init__(self, pool: asyncpg.Pool, county: str, within_s: float) -> None:
        self._pool = pool
        self._county = county
        self._within_s = within_s

    async def __aenter__(self) -> PoolConnectionProxy:
        connection: Any = await self._pool.acquire(timeout=self._within_s)
        try:
            if connection.county != self._county:
                await connection.see(self._county)
        except BaseException:
            await self._pool.release(connection)
            raise
        self._connection = connection
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.release(self._connection)


class Counties:
    """A database whose tables are walled by county. In the short forms the county is ``$1`` of the query as well."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @classmethod
    async def connect(cls, url: str, settings: Settings) -> Counties:
        """Connect to ``url``; the pool's limits are those of the settings."""
        return cls(await _pool(url, settings, settings.pool_min, settings.pool_max, CountyConnection))

    def at(self, county: str, *, within_s: float = ACQUIRE_S) -> At:
        """A connection that sees ``county`` only. TimeoutError if none is free ``within_s`` seconds."""
        return At(self._pool, county, within_s)

    async def fetch(self, query: str, county: str, *arguments: object) -> list[Any]:
        """Rows of ``county``."""
        async with self.at(county) as connection:
            return list(await connection.fetch(query, county, *arguments))

    async def fetchrow(self, query: str, county: str, *arguments: object) -> Any:
        """The first row of ``county``, or None."""
        async with self.at(county) as connection:
            return await connection.fetchrow(query, county, *arguments)

    async def fetchval(self, query: str, county: str, *arguments: object) -> Any:
        """The first column of the first row of ``county``, or None."""
        async with self.at(county) as connection:
            return await connection.fetchval(query, county, *arguments)

    async def execute(self, query: str, county: str, *arguments: object) -> str:
        """Carry out one statement on rows of ``county``; what PostgreSQL answers, as ``UPDATE 1``."""
        async with self.at(county) as connection:
            return await connection.execute(query, county, *arguments)

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.close()


class Database(Counties):
    """One service's own database: see the module's text for what may use ``works``."""

    def __init__(self, pool: asyncpg.Pool, works: asyncpg.Pool) -> None:
        super().__init__(pool)
        self.works = works

    @classmethod
    async def open(cls, service: str, settings: Settings) -> Database:
        """Connect as the service's two roles; the works' connections are made when they are needed."""
        own = await Counties.connect(settings.service_database_url(service), settings)
        works = await _pool(settings.works_database_url(service), settings, 0, settings.works_pool_max)
        return cls(own._pool, works)

    def pools(self) -> dict[str, asyncpg.Pool]:
        """The connections by what they are for, to be counted."""
        return {"service": self._pool, "works": self.works}

    async def ready(self) -> None:
        """Raises where either role cannot be served."""
        async with self.at("") as connection:
            await connection.fetchval("select 1")
        await self.works.fetchval("select 1")

    async def close(self) -> None:
        """Close all connections of both roles."""
        await self.works.close()
        await super().close()


async def _pool(
    url: str, settings: Settings, least: int, most: int, kind: type[asyncpg.Connection] = asyncpg.Connection
) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=least,
        max_size=most,
        connection_class=kind,
        command_timeout=settings.statement_timeout_s,
        server_settings={"statement_timeout": str(int(settings.statement_timeout_s * 1000))},
        reset=_no_reset,
    )


async def _no_reset(_connection: asyncpg.Connection) -> None:
    """The reset query on release is skipped: all a session keeps is its county, and the connection knows that."""
