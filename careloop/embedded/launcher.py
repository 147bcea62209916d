"""What callers use: both servers of a data folder, started together, owned by one launcher at a time."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

from careloop.bus_file import accounts_text
from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import Folder, Secrets
from careloop.embedded.nats import Nats
from careloop.embedded.postgres import Postgres
from chassis.bus_users import SOURCES
from chassis.config import bus_password

PATIENCE_SECONDS = 120.0
"""How long a server may take to be ready; long only after a crash, when PostgreSQL replays what it had logged."""

T = TypeVar("T")


class Embedded:
    """The running servers of a data folder. The folder is locked until ``stop`` or the end of this process."""

    def __init__(self, folder: Folder, secrets: Secrets, postgres: Postgres | None, nats: Nats | None) -> None:
        self._folder = folder
        self.secrets = secrets
        self._postgres = postgres
        self._nats = nats

    @classmethod
    async def start(
        cls,
        data: Path,
        *,
        postgres: bool = True,
        nats: bool = True,
        patience_seconds: float = PATIENCE_SECONDS,
        role_secret: str = "",
        bus: Mapping[str, Iterable[str]] = SOURCES,
    ) -> Self:
        """Lock the folder and bring up what is asked for; servers that an ended launcher left are taken over.

        ``bus`` names the services that have a user on NATS, and whom each hears; their passwords follow from
        ``role_secret``, by default the folder's own.
        Raises ``EmbeddedError`` if another launcher has the folder or a server does not start; then none is left.
        """
        embedded = await asyncio.to_thread(cls._open, data, postgres, nats, patience_seconds, role_secret, bus)
        try:
            await embedded.ensure()
        except EmbeddedError:
            await embedded.stop()
            raise
        except BaseException:
            embedded._folder.unlock()
            raise
        return embedded

    @classmethod
    def start_sync(cls, data: Path, **options: Any) -> Self:
        """``start`` for callers without an event loop, or inside one they may block."""
        return _run(cls.start(data, **options))

    @classmethod
    def _open(
        cls,
        data: Path,
        postgres: bool,
        nats: bool,
        patience_seconds: float,
        role_secret: str = "",
        bus: Mapping[str, Iterable[str]] = SOURCES,
    ) -> Self:
        try:
            folder = Folder(data)
            folder.lock()
        except PermissionError as problem:
            raise EmbeddedError(f"user {os.geteuid()} may not write {problem.filename}") from problem
        try:
            secrets = folder.secrets()
            users = _accounts(secrets, role_secret or secrets.role_secret, bus)
            return cls(
                folder,
                secrets,
                Postgres(folder, secrets.postgres_password, patience_seconds) if postgres else None,
                Nats(folder, secrets.nats_password, users, patience_seconds) if nats else None,
            )
        except BaseException:
            folder.unlock()
            raise

    @property
    def data(self) -> Path:
        """The data folder, absolute."""
        return self._folder.path

    @property
    def database_url(self) -> str:
        """``postgresql://postgres:<password>@127.0.0.1:<port>/careloop``, the superuser's address."""
        return _started(self._postgres, "PostgreSQL").url

    @property
    def nats_url(self) -> str:
        """``nats://careloop:<password>@127.0.0.1:<port>``, the operator's address."""
        return _started(self._nats, "NATS").url

    @property
    def monitor_url(self) -> str:
        """``http://127.0.0.1:<port>`` of NATS, without the path."""
        return _started(self._nats, "NATS").monitor_url

    def pids(self) -> dict[str, int]:
        """The pids of those that live now, by ``postgres`` and ``nats``."""
        return {name: pid for server in self._servers() for name, pid in server.pids().items()}

    async def ensure(self) -> None:
        """Start again what has died; does nothing while both answer. A supervisor may call it every few seconds."""
        outcomes = await asyncio.gather(*(server.ensure() for server in self._servers()), return_exceptions=True)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def stop(self) -> None:
        """End both servers cleanly, waiting for them, and give the folder back. Twice is once."""
        try:
            await asyncio.gather(*(server.stop() for server in self._servers()))
        finally:
            self._folder.unlock()

    def stop_sync(self) -> None:
        """``stop`` for callers without an event loop."""
        _run(self.stop())

    def _servers(self) -> list[Postgres | Nats]:
        return [server for server in (self._postgres, self._nats) if server is not None]


def _accounts(secrets: Secrets, role_secret: str, bus: Mapping[str, Iterable[str]]) -> str:
    return accounts_text(f'"{secrets.nats_password}"', lambda service: f'"{bus_password(role_secret, service)}"', bus)


def remove(data: Path) -> None:
    """Stop the servers of a folder and delete it with all that is in it, also PostgreSQL's home if it is elsewhere.

    Raises ``EmbeddedError`` if a launcher works on it. A folder that is not there is no error.
    """
    if not data.exists():
        return
    embedded = Embedded._open(data, postgres=True, nats=True, patience_seconds=PATIENCE_SECONDS)
    embedded.stop_sync()
    for path in (_started(embedded._postgres, "PostgreSQL").home, embedded.data):
        shutil.rmtree(path)


def _started(server: T | None, name: str) -> T:
    if server is None:
        raise EmbeddedError(f"{name} was not asked for at start; use the address it is configured with")
    return server


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a thread of its own, so that it works inside a running event loop too."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
