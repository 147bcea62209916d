"""Starting and stopping: what is kept, what is taken over, what is refused."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from careloop.embedded import Embedded, EmbeddedError, processes, remove
from tests.careloop.conftest import ask, leave_behind, messages, publish, python, running


async def test_what_was_written_is_there_after_a_restart_at_the_same_addresses(folder: Path) -> None:
    async with running(folder) as embedded:
        await ask(embedded, "create table kept as select 7 as number")
        await publish(embedded, "kept.one")
        addresses = embedded.database_url, embedded.nats_url, embedded.monitor_url
    async with running(folder) as embedded:
        assert (embedded.database_url, embedded.nats_url, embedded.monitor_url) == addresses
        assert await ask(embedded, "select number from kept") == 7
        assert await messages(embedded) == 1


async def test_stop_leaves_no_process_and_may_be_called_twice(folder: Path) -> None:
    async with running(folder) as embedded:
        await embedded.stop()
        assert embedded.pids() == {}
        assert processes.living("postgres", processes.mark(folder / "pg")) == []


async def test_a_stop_is_clean_and_needs_no_recovery(folder: Path) -> None:
    for log in (folder / "pg" / "log").iterdir():
        log.write_text("")
    async with running(folder):
        pass
    async with running(folder):
        written = "".join(log.read_text() for log in (folder / "pg" / "log").iterdir())
    assert "database system was shut down" in written
    assert "not properly shut down" not in written


async def test_servers_of_a_killed_launcher_are_taken_over(folder: Path) -> None:
    left = leave_behind(folder)
    async with running(folder) as embedded:
        assert embedded.pids() == left


async def test_servers_with_settings_of_another_version_are_restarted(folder: Path) -> None:
    left = leave_behind(folder)
    for settings in (folder / "pg" / "postgresql.conf", folder / "nats.conf"):
        settings.write_text(f"# of an older version\n{settings.read_text()}")
    async with running(folder) as embedded:
        now = embedded.pids()
        assert now.keys() == left.keys()
        assert not set(now.values()) & set(left.values())


async def test_the_operators_own_settings_win(folder: Path) -> None:
    own = folder / "pg" / "local.conf"
    own.write_text("work_mem = '7MB'\n")
    own.chmod(0o644)
    async with running(folder) as embedded:
        assert await ask(embedded, "show work_mem") == "7MB"
    own.unlink()


async def test_a_port_taken_by_a_stranger_is_left_to_him(folder: Path) -> None:
    async with running(folder) as embedded:
        taken = [int(url.rpartition(":")[2].partition("/")[0]) for url in (embedded.database_url, embedded.nats_url)]
    with socket.create_server(("127.0.0.1", taken[0])), socket.create_server(("127.0.0.1", taken[1])):
        async with running(folder) as embedded:
            assert str(taken[0]) not in embedded.database_url
            assert str(taken[1]) not in embedded.nats_url
            assert await ask(embedded, "select number from kept") == 7


async def test_only_what_is_asked_for_is_started(folder: Path) -> None:
    embedded = await Embedded.start(folder, postgres=False)
    try:
        assert list(embedded.pids()) == ["nats"]
        with pytest.raises(EmbeddedError, match="PostgreSQL was not asked for"):
            _ = embedded.database_url
    finally:
        await embedded.stop()


async def test_a_second_launcher_is_refused_and_told_who_has_the_folder(folder: Path) -> None:
    holder = f"""
from pathlib import Path
from careloop.embedded import Embedded
embedded = Embedded.start_sync(Path({str(folder)!r}), postgres=False)
print("started", flush=True)
input()
embedded.stop_sync()
"""
    launcher = python(holder)
    assert launcher.stdout is not None
    assert launcher.stdout.readline() == "started\n"
    with pytest.raises(EmbeddedError, match=rf"process {launcher.pid} already works on {folder}"):
        await Embedded.start(folder)
    with pytest.raises(EmbeddedError, match=rf"process {launcher.pid} already works on {folder}"):
        remove(folder)
    launcher.communicate("\n", timeout=30)
    assert launcher.returncode == 0


async def test_a_lost_password_is_named_as_the_reason(folder: Path) -> None:
    kept = (folder / "secrets.json").rename(folder / "secrets.kept")
    with pytest.raises(EmbeddedError, match=r"secrets\.json is not that of"):
        await Embedded.start(folder, nats=False)
    kept.rename(folder / "secrets.json")
    assert processes.living("postgres", processes.mark(folder / "pg")) == []


async def test_a_cluster_of_another_major_version_is_refused(folder: Path) -> None:
    version = folder / "pg" / "data" / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 9"):
        await Embedded.start(folder, nats=False)
    version.write_text(kept)


async def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    own = folder / "pg" / "local.conf"
    own.write_text("no_such_setting = 1\n")
    own.chmod(0o644)
    with pytest.raises(EmbeddedError, match="no_such_setting"):
        await Embedded.start(folder, nats=False)
    own.unlink()
