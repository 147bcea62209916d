"""Crashes: whatever was killed, the next start brings back all that was committed."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from signal import SIGKILL, SIGSTOP

import asyncpg
import pytest

from careloop.embedded import nats as bus
from careloop.embedded import postgres as database
from careloop.embedded import processes
from tests.careloop.conftest import ask, leave_behind, messages, publish, python, running


def processes_of_postgres(folder: Path) -> list[int]:
    return processes.living("postgres", processes.mark(folder / "pg"))


def pretend_it_runs(folder: Path, pid: int) -> None:
    """The pid file of a postmaster that was killed, whose pid another process has by now."""
    port = 1
    lines = [str(pid), str(folder / "pg" / "data"), "1", str(port), "", "127.0.0.1", "0 0", "ready"]
    (folder / "pg" / "data" / "postmaster.pid").write_text("\n".join(lines) + "\n")


async def test_rows_survive_the_death_of_postgres(folder: Path) -> None:
    async with running(folder) as embedded:
        await ask(embedded, "create table kept as select 7 as number")
        os.kill(embedded.pids()["postgres"], SIGKILL)
        await embedded.ensure()
        assert await ask(embedded, "select number from kept") == 7


async def test_rows_survive_the_death_of_launcher_and_postgres(folder: Path) -> None:
    os.kill(leave_behind(folder)["postgres"], SIGKILL)
    async with running(folder) as embedded:
        assert await ask(embedded, "select number from kept") == 7


async def test_the_death_of_one_backend_ends_no_server(folder: Path) -> None:
    async with running(folder) as embedded:
        before = embedded.pids()
        connection = await asyncpg.connect(embedded.database_url)
        os.kill(await connection.fetchval("select pg_backend_pid()"), SIGKILL)
        await embedded.ensure()
        assert embedded.pids() == before
        assert await ask(embedded, "select number from kept") == 7


async def test_a_busy_backend_that_outlives_its_postmaster_is_ended(folder: Path) -> None:
    async with running(folder) as embedded:
        connection = await asyncpg.connect(embedded.database_url)
        backend = await connection.fetchval("select pg_backend_pid()")
        busy = asyncio.ensure_future(connection.execute("do $$ begin loop perform 1; end loop; end $$"))
        await asyncio.sleep(0.1)
        os.kill(embedded.pids()["postgres"], SIGKILL)
        await asyncio.sleep(0.1)
        assert backend in processes_of_postgres(folder)
        await embedded.ensure()
        assert backend not in processes_of_postgres(folder)
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await busy


async def test_a_recycled_pid_is_not_taken_for_postgres(folder: Path) -> None:
    pretend_it_runs(folder, os.getpid())
    async with running(folder) as embedded:
        assert await ask(embedded, "select number from kept") == 7


async def test_a_zombie_is_not_taken_for_postgres(folder: Path) -> None:
    zombie = python("")
    assert await processes.until(lambda: Path(f"/proc/{zombie.pid}/cmdline").read_bytes() == b"", 5)
    pretend_it_runs(folder, zombie.pid)
    async with running(folder) as embedded:
        assert await ask(embedded, "select number from kept") == 7
    zombie.communicate()


async def test_the_postgres_of_a_copied_folder_is_not_taken_for_ours(folder: Path, open_folder: Path) -> None:
    shutil.copytree(folder, open_folder, ignore=shutil.ignore_patterns("pg"))
    async with running(folder) as embedded:
        theirs = embedded.pids()
        async with running(open_folder):
            pass
        pretend_it_runs(open_folder, theirs["postgres"])
        async with running(open_folder) as copy:
            assert not set(copy.pids().values()) & set(theirs.values())
        assert embedded.pids() == theirs


async def test_an_unfinished_first_start_is_begun_anew(open_folder: Path) -> None:
    unfinished = open_folder / "pg" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("")
    async with running(open_folder) as embedded:
        assert await ask(embedded, "select current_database()") == "careloop"


async def test_servers_that_hang_are_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = leave_behind(folder)
    for module in (database, bus):
        monkeypatch.setattr(module, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(bus, "SHUTDOWN_SECONDS", 0.5)
    for pid in left.values():
        os.kill(pid, SIGSTOP)
    async with running(folder) as embedded:
        assert not set(embedded.pids().values()) & set(left.values())
        assert await ask(embedded, "select number from kept") == 7


async def test_acknowledged_messages_survive_the_death_of_nats(folder: Path) -> None:
    async with running(folder) as embedded:
        await publish(embedded, "kept.one")
        os.kill(embedded.pids()["nats"], SIGKILL)
        await embedded.ensure()
        assert await messages(embedded) == 1


async def test_messages_survive_the_death_of_launcher_and_nats(folder: Path) -> None:
    os.kill(leave_behind(folder)["nats"], SIGKILL)
    async with running(folder) as embedded:
        assert await messages(embedded) == 1


async def test_a_store_deleted_while_stopped_is_begun_anew(folder: Path) -> None:
    shutil.rmtree(folder / "nats" / "store")
    async with running(folder) as embedded:
        assert await messages(embedded) == 0
        await publish(embedded, "kept.again")
        assert await messages(embedded) == 1
