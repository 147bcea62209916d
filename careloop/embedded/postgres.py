"""One PostgreSQL cluster in a data folder.

    ours and it answers ──────────────────────────────▶ reuse
    ours, but started with older settings ─▶ stop it ─┐
    ours, but silent ─────────────────────▶ end it ───┼─▶ start ─▶ ready
    stale pid file, orphaned backends ─▶ clear up ────┘   (recovers by itself after a crash)

In its home lie ``data`` (the cluster), ``log`` (seven days), ``postgresql.conf`` (ours, written at every start),
``local.conf`` (the operator's, if any) and ``start.log`` (what was said before the log was open). What we write as root
lies in the home, which is ours, and never in ``data`` or ``log``, where the other user could plant a link.
"""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT

import asyncpg

from careloop.embedded import cluster, place, processes
from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import Folder, port_is_free, write_private
from careloop.embedded.settings import DATABASE, postgres_settings

ANSWER_SECONDS = 10.0
CUT_OFF = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CrashShutdownError)
SHUTDOWN_SECONDS = 60.0
ORPHANS_LEAVE_SECONDS = 0.5
PORT_ATTEMPTS = 3


class Postgres:
    """The server of one folder; ``ensure`` may be called at any time and starts it if it is not there."""

    def __init__(self, folder: Folder, password: str, patience_seconds: float) -> None:
        self._folder = folder
        self._password = password
        self._patience_seconds = patience_seconds
        self.home, self._account = place.settle(folder.path)
        self._mark = processes.mark(self.home)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The superuser's address of the database ``careloop``."""
        return self._url(DATABASE)

    def pids(self) -> dict[str, int]:
        """The postmaster's pid, if it lives."""
        postmaster = self._postmaster()
        return {"postgres": postmaster.pid} if postmaster else {}

    async def ensure(self) -> None:
        """Reuse the running server or start one; afterwards it answers and the database exists.

        Raises ``EmbeddedError`` with the end of the log if it does not start.
        """
        if self._postmaster() and not self._is_current():
            await self.stop()
        if not (self._postmaster() and await self._answers()):
            await self._clear()
            await self._start()

    async def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, all that was committed is written out."""
        postmaster = self._postmaster()
        if postmaster:
            processes.tell(postmaster.pid, SIGINT)
            await processes.until(lambda: not self._living(), SHUTDOWN_SECONDS)
        await self._clear()

    async def _clear(self) -> None:
        """Leave nothing of an earlier server: PostgreSQL will not start while its shared memory is in use, nor while
        some process, whichever, has the pid in ``postmaster.pid``. Backends mostly leave by themselves when their
        postmaster is gone; one busy in a query does not."""
        if self._postmaster() is None:
            await processes.until(lambda: not self._living(), ORPHANS_LEAVE_SECONDS)
        await processes.end(self._living, [(SIGQUIT, 2.0), (SIGKILL, 5.0)])
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)

    async def _start(self) -> None:
        await asyncio.to_thread(self._prepare)
        for _ in range(PORT_ATTEMPTS):
            port = self._folder.free_port("postgres")
            self._child = await asyncio.to_thread(self._launch, port)
            if await self._is_ready(self._child):
                if not await self._answers():
                    raise EmbeddedError(f"PostgreSQL runs on port {port} and does not answer; see {self.home}/log")
                return
            if port_is_free(port):
                break
        raise EmbeddedError(f"PostgreSQL does not start; it last wrote into {cluster.last_words(self.home)}")

    def _prepare(self) -> None:
        self._install = place.binaries(self.home, self._account)
        cluster.make(self.home, self._account, self._install, self._password)
        write_private(self._settings_file, postgres_settings(self.home))
        self._account.own(self._settings_file)

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        command: list[str | Path] = [self._install / "bin" / "postgres", "-D", self.home / "data", "-p", str(port)]
        command += ["-c", f"config_file={self._settings_file}", "-c", f"cluster_name={self._mark}"]
        return processes.launch(command, self.home / "start.log", **self._account.popen())

    async def _is_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until it has recovered and listens; false if it ended."""

        def decided() -> bool:
            note = cluster.pid_file(self.home)
            return child.poll() is not None or (note is not None and note.pid == child.pid and note.status == "ready")

        if not await processes.until(decided, self._patience_seconds):
            raise EmbeddedError(f"PostgreSQL is not ready after {self._patience_seconds:g} s; see {self.home}/log")
        return child.poll() is None

    async def _answers(self) -> bool:
        """Whether it lets us in and serves our data; it then has the database ``careloop``, made if it is missing."""
        begun = time.monotonic()
        while time.monotonic() < begun + self._patience_seconds:
            if not await processes.until(self._is_settled, self._patience_seconds):
                return False
            postmaster = self._postmaster()
            if postmaster is None:
                return False
            self._folder.record_port("postgres", postmaster.port)
            try:
                return await self._greet()
            except asyncpg.CannotConnectNowError:
                pass  # one backend has crashed, and it recovers
            except CUT_OFF:
                if time.monotonic() > begun + ANSWER_SECONDS:
                    return False
            await asyncio.sleep(processes.POLL_SECONDS)
        return False

    async def _greet(self) -> bool:
        """Whether it serves us; raises one of ``CUT_OFF`` where the connection breaks: all do when a backend dies."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                connection = await asyncpg.connect(self._url("postgres"), ssl=False)
                try:
                    return await self._serves_us(connection)
                finally:
                    await connection.close(timeout=ANSWER_SECONDS)
        except asyncpg.InvalidAuthorizationSpecificationError as problem:
            message = f"the password in {self._folder.path}/secrets.json is not that of {self.home}/data"
            raise EmbeddedError(f"{message}: bring back the file that was made with it") from problem
        except asyncpg.TooManyConnectionsError:
            return True  # crowded is not dead
        except TimeoutError:
            return False

    async def _serves_us(self, connection: asyncpg.Connection) -> bool:
        directory = Path(await connection.fetchval("show data_directory"))
        if not await asyncio.to_thread(lambda: directory.exists() and directory.samefile(self.home / "data")):
            return False
        if not await connection.fetchval("select true from pg_database where datname = $1", DATABASE):
            await connection.execute(f"create database {DATABASE}")
        return True

    def _is_settled(self) -> bool:
        postmaster = self._postmaster()
        return postmaster is None or postmaster.status not in ("starting", "stopping")

    def _is_current(self) -> bool:
        """Whether the settings it was started with are those of this version."""
        path = self._settings_file
        return path.exists() and path.read_text() == postgres_settings(self.home)

    def _postmaster(self) -> cluster.PidFile | None:
        """The running postmaster: noted in the cluster, alive, and with our mark."""
        if self._child is not None:
            self._child.poll()  # takes leave of a dead child
        note = cluster.pid_file(self.home)
        if note is None or not processes.lives(note.pid, "postgres", self._mark):
            return None
        return note

    def _living(self) -> list[int]:
        return processes.living("postgres", self._mark)

    @property
    def _settings_file(self) -> Path:
        return self.home / "postgresql.conf"

    def _url(self, database: str) -> str:
        port = self._folder.recorded_port("postgres")
        return f"postgresql://postgres:{self._password}@127.0.0.1:{port}/{database}"
