"""Where a journey is played: the whole system with servers, ports and a data folder of its own."""

from __future__ import annotations

import random
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from careloop.embedded import remove
from careloop.embedded.folder import port_is_free
from careloop.up import everything
from chassis.clock import Clock
from chassis.config import Settings
from services.declared import PORTS


def free_offset() -> int:
    """A port offset at which all services can listen."""
    for offset in random.sample(range(3_000, 20_000, 10), 100):
        if all(port_is_free(port + offset) for port in (*PORTS.values(), Settings().console_port)):
            return offset
    raise OSError("no free ports for the services")


@contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder that PostgreSQL's user can reach; removed afterwards, servers and all."""
    with tempfile.TemporaryDirectory(prefix="careloop-tests-") as parent:
        Path(parent).chmod(0o711)
        folder = Path(parent) / "data"
        yield folder
        remove(folder)


@asynccontextmanager
async def whole_system(begins: datetime, **changes: Any) -> AsyncIterator[tuple[Settings, asyncpg.Connection]]:
    """Everything `careloop up` starts, in this process; the clock shows ``begins``. With the owner's connection."""
    with data_folder() as folder:
        folder.mkdir(mode=0o711)
        Clock(folder / "clock.json").move(begins)
        given = {"data": folder, "port_offset": free_offset(), "log_level": "error", **changes}
        async with everything(Settings(**given)) as settings:
            connection = await asyncpg.connect(settings.database_url)
            try:
                yield settings, connection
            finally:
                await connection.close()
