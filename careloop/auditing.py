"""``careloop audit``: the auditor's commands on the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import asyncpg

from careloop import canaries, log_export
from careloop.embedded import EmbeddedError
from careloop.environment import NothingRuns, database
from careloop.output import err, out
from chassis.config import Settings
from chassis.migrate import migrate
from services.declared import declared

T = TypeVar("T")


def with_database(work: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    """Run ``work`` as the owner of the deployment's database, its schemas up to date."""

    async def run() -> T:
        async with database(Settings()) as (connection, complete):
            await migrate(declared(), complete)
            return await work(connection)

    return asyncio.run(run())


def verify() -> int:
    """Print a verdict for every log; 1 if one is broken."""
    try:
        verdicts = with_database(lambda connection: log_export.verify_all(connection, declared()))
    except (NothingRuns, EmbeddedError, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    for verdict in verdicts:
        name = f"{verdict.service} {verdict.county} {verdict.log}"
        if verdict.fault:
            out.print(f"[red]BROKEN[/red]  {name}: {verdict.fault}")
        else:
            out.print(f"ok      {name}: {verdict.position} rows, head {verdict.hash.hex()}")
    return 1 if any(verdict.fault for verdict in verdicts) else 0


def search() -> int:
    """Search everywhere for what a demonstration planted; 1 if it is outside the vault, 2 if nothing was planted."""
    planted = canaries.kept(Settings().data)
    if not planted.mark:
        err.print("[red]nothing was planted here: careloop demo --canary plants[/red]")
        return 2

    async def look(connection: asyncpg.Connection) -> int:
        return await canaries.tell(planted.needles, canaries.everywhere(Settings().data, connection, declared()))

    try:
        return with_database(look)
    except (NothingRuns, EmbeddedError, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 2


def export(folder: Path, county: str, key: Path | None) -> int:
    """Write the export and name its files."""
    try:
        files = with_database(lambda connection: log_export.export(connection, declared(), folder, county or None, key))
    except (NothingRuns, EmbeddedError, OSError, ValueError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    for file in files:
        out.print(str(file))
    return 0


def import_(folder: Path) -> int:
    """Import into an empty database, migrated first; 1 if the export is refused."""

    try:
        written = with_database(lambda connection: log_export.import_export(connection, declared(), folder))
    except log_export.ImportRefused as error:
        err.print(f"[red]refused: {error}[/red]")
        return 1
    except (NothingRuns, EmbeddedError, OSError, ValueError, KeyError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    for service, count in written.items():
        out.print(f"{service}: {count} rows")
    return 0
