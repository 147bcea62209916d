"""What two freshly started servers are like."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGKILL

import asyncpg
import httpx2
import nats
import nats.errors
import pytest

from careloop.embedded import Embedded, processes
from tests.careloop.conftest import ask, messages, publish, running


@pytest.fixture(scope="module")
async def embedded(folder: Path) -> AsyncIterator[Embedded]:
    async with running(folder) as both:
        yield both


def of_process(pid: int, name: str) -> bytes:
    return Path(f"/proc/{pid}/{name}").read_bytes()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("timezone", "UTC"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("shared_buffers", "256MB"),
        ("max_connections", "100"),
        ("wal_compression", "pglz"),
        ("max_wal_size", "2GB"),
        ("checkpoint_timeout", "15min"),
        ("jit", "off"),
        ("log_error_verbosity", "terse"),
    ],
)
async def test_postgres_runs_with(embedded: Embedded, setting: str, value: str) -> None:
    assert await ask(embedded, f"show {setting}") == value


async def test_the_database_is_there(embedded: Embedded) -> None:
    assert await ask(embedded, "select current_database()") == "careloop"


async def test_text_is_ordered_by_code_point(embedded: Embedded) -> None:
    ordered = "select string_agg(word, '' order by word) from unnest(array['乙', 'é', 'a', 'B']) word"
    assert await ask(embedded, ordered) == "Baé乙"


async def test_postgres_refuses_a_wrong_password(embedded: Embedded) -> None:
    address = embedded.database_url.replace(embedded.secrets.postgres_password, "guessed")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address)


async def test_postgres_logs_into_its_home(embedded: Embedded) -> None:
    connection = await asyncpg.connect(embedded.database_url)
    with pytest.raises(asyncpg.UndefinedTableError):
        await connection.execute("select 1 from never_made")
    await connection.close()
    assert any("never_made" in log.read_text() for log in (embedded.data / "pg" / "log").iterdir())


async def test_the_stream_store_keeps_a_message(embedded: Embedded) -> None:
    await publish(embedded, "kept.one")
    assert await messages(embedded) == 1


async def test_nats_syncs_before_it_acknowledges(embedded: Embedded) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.get(f"{embedded.monitor_url}/jsz", params={"config": "true"})
    assert answer.json()["config"]["sync_always"] is True


async def test_nats_takes_no_message_over_one_megabyte(embedded: Embedded) -> None:
    client = await nats.connect(embedded.nats_url)
    assert client.max_payload == 1_048_576
    await client.close()


async def test_nats_refuses_a_client_without_the_password(embedded: Embedded) -> None:
    async def already_told(problem: Exception) -> None:
        """The refusal is raised too."""

    address = embedded.nats_url.replace(embedded.secrets.nats_password, "guessed")
    with pytest.raises(nats.errors.Error, match=r"(?i)authorization"):
        await nats.connect(address, allow_reconnect=False, error_cb=already_told)


async def test_ensure_leaves_running_servers_alone(embedded: Embedded) -> None:
    before = embedded.pids()
    await embedded.ensure()
    assert embedded.pids() == before


async def test_each_server_has_a_session_of_its_own(embedded: Embedded) -> None:
    sessions = [os.getsid(pid) for pid in embedded.pids().values()]
    assert sorted(sessions) == sorted(embedded.pids().values())


async def test_neither_server_sees_the_callers_environment(embedded: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELOOP_OF_THE_CALLER", "1")
    for pid in embedded.pids().values():
        os.kill(pid, SIGKILL)
    await embedded.ensure()
    for pid in embedded.pids().values():
        assert b"CARELOOP_OF_THE_CALLER" not in of_process(pid, "environ")


async def test_a_process_is_ours_by_program_and_mark(embedded: Embedded) -> None:
    mark = processes.mark(embedded.data / "nats")
    assert processes.living("nats-server", mark) == [embedded.pids()["nats"]]
    assert processes.living("postgres", mark) == []
    assert processes.living("nats-server", mark + "0") == []
    assert processes.living("nats-server", mark[:-1]) == []
    pid = embedded.pids()["nats"]
    asked = [("nats-server", mark), ("postgres", mark), ("nats-server", mark + "0"), ("nats-server", mark[:-1])]
    assert [processes.lives(pid, *one) for one in asked] == [True, False, False, False]
    assert not processes.lives(embedded.pids()["postgres"], "nats-server", mark)


async def test_all_processes_of_postgres_carry_its_mark(embedded: Embedded) -> None:
    ours = set(processes.living("postgres", processes.mark(embedded.data / "pg")))
    pid = embedded.pids()["postgres"]
    children = {int(child) for child in of_process(pid, f"task/{pid}/children").split()}
    assert ours == {pid, *children}


if shutil.which("ps"):  # the way where there is no /proc; a slim image has /proc and no ps

    async def test_ps_knows_our_processes_as_proc_does(embedded: Embedded) -> None:
        mark = processes.mark(embedded.data / "pg")
        listed = [pid for pid, command in processes._from_ps("postgres") if mark in command]
        assert sorted(listed) == processes.living("postgres", mark)


def test_a_mark_follows_a_renamed_folder_and_not_a_copied_one(tmp_path: Path) -> None:
    for name in ("one", "copy"):
        (tmp_path / name).mkdir()
    before = processes.mark(tmp_path / "one")
    assert processes.mark((tmp_path / "one").rename(tmp_path / "two")) == before
    assert processes.mark(tmp_path / "copy") != before
