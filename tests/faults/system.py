"""The system under fault: servers that the tests may kill, and `careloop up` as a process that the tests may kill.

The servers belong to the test, which also is the supervisor that starts them again; the process has their addresses.
"""

from __future__ import annotations

import os
import signal
from datetime import datetime
from pathlib import Path

import asyncpg

from careloop.embedded import Embedded
from chassis.clock import Clock
from chassis.config import Settings
from tests.faults.process import Process


class System(Process):
    """``folder`` holds the servers' data, and beside it the process's own data folder."""

    def __init__(self, servers: Embedded, folder: Path) -> None:
        self.servers = servers
        self.folder = folder
        data = folder / "process"
        data.mkdir(mode=0o711)
        self.given = {
            "database_url": servers.database_url,
            "nats_url": servers.nats_url,
            "role_secret": servers.secrets.role_secret,
            "token_secret": servers.secrets.token_secret,
            "relay_poll_s": "0.2",
            "consumer_poll_s": "0.2",
        }
        super().__init__(data, folder / "careloop.log", **self.given)

    @property
    def settings(self) -> Settings:
        """What the process has, for this one."""
        return Settings(data=self.data, port_offset=self.offset, embedded=True, **self.given)  # type: ignore[arg-type]

    def move_clock(self, to: datetime) -> None:
        """Before the first start."""
        Clock(self.data / "clock.json").move(to)

    def kill_server(self, name: str) -> None:
        """Kill ``postgres`` or ``nats``."""
        os.kill(self.servers.pids()[name], signal.SIGKILL)
        self.kills.append(name)

    async def connect(self) -> asyncpg.Connection:
        """The owner's connection, which row-level security does not bind."""
        return await asyncpg.connect(self.servers.database_url)
