"""`careloop up` by itself: a killed PostgreSQL and a killed NATS are up again without anybody's help."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from careloop.embedded import processes
from careloop.environment import reachable
from careloop.log_export import verify_all
from chassis.config import Settings
from services.declared import declared
from tests.faults.load import Patient
from tests.faults.process import Process
from tests.faults.waiting import until
from tests.journeys.client import Actor, Client
from tests.journeys.county import pack_of
from tests.journeys.ground import data_folder

COUNTY = "990099"
SERVICE = Actor(role="service", subject="service-test")


@pytest.fixture
async def alone() -> AsyncIterator[Process]:
    """`careloop up` on an empty data folder, with no address configured."""
    with data_folder() as folder:
        folder.mkdir(mode=0o711)
        alone = Process(folder, folder / "careloop.log")
        await alone.up()
        yield alone
        await alone.down()


def servers_of(folder: Path) -> dict[str, int]:
    """The pids of the postmaster, which is the oldest of its kind, and of NATS; 0 where none lives."""
    places = {"postgres": ("postgres", "pg"), "nats": ("nats-server", "nats")}
    return {
        name: min(processes.living(program, processes.mark(folder / home)), default=0)
        for name, (program, home) in places.items()
    }


async def test_killed_servers_come_back_by_themselves(alone: Process) -> None:
    settings = reachable(Settings(data=alone.data, port_offset=alone.offset))
    client = Patient(Client(settings, COUNTY))
    before = servers_of(alone.data)
    assert all(before.values())
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    answer = await client.post("orders", "/v1/policies", {"document": pack_of(COUNTY)})
    assert answer.status == 201

    async def heard() -> bool:
        rows = await client.get("settlement", "/v1/heads", by=SERVICE)
        return any(row["county"] == COUNTY for row in rows["items"])

    await until(heard)
    after = servers_of(alone.data)
    assert all(after[name] not in (0, before[name]) for name in before)
    await client.close()
    connection = await asyncpg.connect(settings.database_url)
    assert [verdict for verdict in await verify_all(connection, declared()) if verdict.fault] == []
    await connection.close()
