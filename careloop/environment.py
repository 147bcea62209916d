"""Where a command works: the addresses that are configured, or the embedded servers of the data folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import structlog
from pydantic import SecretStr

from careloop.embedded import Embedded, EmbeddedError
from careloop.embedded.folder import Folder
from chassis.config import Settings

log = structlog.get_logger(__name__)

SUPERVISED_EVERY_S = 2.0
ADDRESSES = "addresses.json"
"""What a running ``careloop up`` tells the other commands of its folder; it holds secrets and is 0600."""


class NothingRuns(Exception):
    """No address is configured and no ``careloop up`` has left one in the data folder."""


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Settings]:
    """Settings with addresses; PostgreSQL and NATS are started where none is configured, and stopped afterwards.

    Only this launcher (``careloop up``, ``careloop demo``) makes a deployment an embedded one, which may do what
    production may not: move the clock and issue development tokens.
    """
    postgres, nats = not settings.database_url, not settings.nats_url
    secret = settings.role_secret.get_secret_value()
    embedded = await Embedded.start(settings.data, postgres=postgres, nats=nats, role_secret=secret)
    try:
        complete = settings.model_copy(
            update={
                "data": embedded.data,
                "database_url": embedded.database_url if postgres else settings.database_url,
                "nats_url": embedded.nats_url if nats else settings.nats_url,
                "embedded": True,
                **_secrets(settings, embedded.data),
            }
        )
        _leave(complete)
        async with _supervised(embedded):
            yield complete
    finally:
        await embedded.stop()


@asynccontextmanager
async def _supervised(embedded: Embedded) -> AsyncIterator[None]:
    """Start again what dies while we run."""

    done = asyncio.Event()

    async def watch() -> None:
        while not await _within(done, SUPERVISED_EVERY_S):
            try:
                await asyncio.to_thread(asyncio.run, embedded.ensure())
            except EmbeddedError as error:
                log.error("a server does not come back", error=str(error))

    task = asyncio.create_task(watch(), name="supervisor of the embedded servers")
    try:
        yield
    finally:
        # Not cancelled: a server that is being started again would live on after everything was stopped.
        done.set()
        await task


async def _within(event: asyncio.Event, seconds: float) -> bool:
    """Whether ``event`` happens within ``seconds``."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[tuple[asyncpg.Connection, Settings]]:
    """The deployment's database as its owner: the configured one, the running one, or the data folder's, woken for it.

    Raises OSError where a configured address does not answer, EmbeddedError where the folder's cannot be started.
    """
    try:
        complete = reachable(settings)
        connection = await asyncpg.connect(complete.database_url)
    except (NothingRuns, OSError, asyncpg.PostgresConnectionError):
        if settings.database_url:
            raise
        embedded = await Embedded.start(settings.data, nats=False)
        try:
            woken = settings.model_copy(
                update={"database_url": embedded.database_url, **_secrets(settings, embedded.data)}
            )
            connection = await asyncpg.connect(embedded.database_url)
            try:
                yield connection, woken
            finally:
                await connection.close()
        finally:
            await embedded.stop()
        return
    try:
        yield connection, complete
    finally:
        await connection.close()


def reachable(settings: Settings) -> Settings:
    """Settings for a command beside running servers: configured addresses, or those ``careloop up`` has left.

    Raises NothingRuns where there is neither, or where addresses are configured without their secrets.
    """
    file = settings.data / ADDRESSES
    left = json.loads(file.read_text()) if file.exists() else {}
    database, nats = settings.database_url or left.get("database_url"), settings.nats_url or left.get("nats_url")
    if not database or not nats:
        raise NothingRuns(
            f"nothing has been started in {settings.data}: run `careloop up`, or set CARELOOP_DATABASE_URL and"
            " CARELOOP_NATS_URL"
        )
    if not left and not (settings.role_secret.get_secret_value() and settings.token_secret.get_secret_value()):
        raise NothingRuns("configured addresses need CARELOOP_ROLE_SECRET and CARELOOP_TOKEN_SECRET")
    ours = left.get("database_url") == database
    return settings.model_copy(
        update={
            "database_url": database,
            "nats_url": nats,
            "embedded": settings.embedded or ours,
            **(_secrets(settings, settings.data) if left else {}),
        }
    )


def _secrets(settings: Settings, data: Path) -> dict[str, SecretStr]:
    """Secrets that are not configured come from the data folder."""
    kept = Folder(data).secrets()
    found = {"role_secret": kept.role_secret, "token_secret": kept.token_secret}
    return {name: SecretStr(text) for name, text in found.items() if not getattr(settings, name).get_secret_value()}


def _leave(settings: Settings) -> None:
    """Tell the other commands of this folder where everything is."""
    file = settings.data / ADDRESSES
    file.touch(mode=0o600)
    file.write_text(json.dumps({"database_url": settings.database_url, "nats_url": settings.nats_url}))
