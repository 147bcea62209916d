"""PostgreSQL killed under load, whole or one backend of it: no answer without commit, and everybody recovers."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from tests.faults.load import caller, play_month
from tests.faults.oracles import broken
from tests.faults.system import System
from tests.journeys.county import County

PEOPLE = 4
DOWN_S = 0.5


async def backend_of(system: System, role: str) -> int:
    """A backend that serves ``role``."""
    connection = await system.connect()
    try:
        pid: int = await connection.fetchval("select min(pid) from pg_stat_activity where usename = $1", role)
        return pid
    finally:
        await connection.close()


async def play_through(up: System, county: County) -> None:
    """Help people while the database goes; it comes back after a while, then the rest of the month."""
    helping = asyncio.gather(*(county.help(number) for number in range(1, PEOPLE + 1)))
    fired = len(up.kills)
    while len(up.kills) == fired:  # noqa: ASYNC110 - the caller puts the fault among its answers
        await asyncio.sleep(0.01)
    await asyncio.sleep(DOWN_S)
    await up.servers.ensure()
    await helping
    county.connection = await up.connect()
    await play_month(county, PEOPLE)
    assert await broken(up, county, PEOPLE) == []


async def test_a_killed_postgres_loses_no_command_that_was_answered(up: System, county: County) -> None:
    logged = up.log.stat().st_size
    caller(county).after(15, lambda: up.kill_server("postgres"))
    await play_through(up, county)
    assert up.kills[-1] == "postgres"
    assert b'"turn failed"' in up.log.read_bytes()[logged:]
    assert up.process is not None
    assert up.process.poll() is None


@pytest.mark.parametrize("service", ["orders", "settlement"])
async def test_a_killed_backend_loses_no_command_that_was_answered(up: System, county: County, service: str) -> None:
    backend = await backend_of(up, f"careloop_{service}")

    def kill() -> None:
        os.kill(backend, signal.SIGKILL)
        up.kills.append(f"backend of {service}")

    caller(county).after(15, kill)
    await play_through(up, county)
    assert up.kills[-1] == f"backend of {service}"
