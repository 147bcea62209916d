"""The ground measured on: PostgreSQL and NATS in a folder of their own, the schemas, a policy, people."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import psutil  # type: ignore[import-untyped]

from careloop.embedded import remove
from careloop.environment import started
from chassis.config import Settings
from chassis.migrate import migrate
from services.declared import declared

COUNTY = "130528"
PORT_OFFSET = 11_000
PACK = Path(__file__).parent.parent / "deploy" / "localities" / COUNTY / "0001.toml"


@asynccontextmanager
async def ground(services: Iterable[str]) -> AsyncIterator[Settings]:
    """Settings of running servers with the schemas of ``services``; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="careloop-bench-") as folder:
        data = Path(folder) / "data"
        settings = Settings(data=data, port_offset=PORT_OFFSET, database_url="", nats_url="", log_level="error")
        try:
            async with started(settings) as complete:
                await migrate(declared(services), complete)
                yield complete
        finally:
            remove(data)


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a child process that uses the same servers."""
    return {
        **os.environ,
        "CARELOOP_DATA": str(settings.data),
        "CARELOOP_DATABASE_URL": settings.database_url,
        "CARELOOP_NATS_URL": settings.nats_url,
        "CARELOOP_ROLE_SECRET": settings.role_secret.get_secret_value(),
        "CARELOOP_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CARELOOP_EMBEDDED": "1",
        "CARELOOP_PORT_OFFSET": str(settings.port_offset),
        "CARELOOP_LOG_LEVEL": "error",
    }


async def machine(settings: Settings) -> dict[str, object]:
    """What the figures were taken on."""
    connection = await asyncpg.connect(settings.database_url)
    try:
        version = await connection.fetchval("show server_version")
    finally:
        await connection.close()
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "postgresql": version,
        "day": datetime.now(UTC).date().isoformat(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    names = [line for line in told.read_text().splitlines() if line.startswith("model name")] if told.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.machine()
