"""What the tests of the embedded servers share: a way to start them, to ask them, and to leave them behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import nats
import pytest

from careloop.embedded import Embedded, remove

collect_ignore = [] if os.geteuid() == 0 else ["test_embedded_root.py"]
"""Only root can start a server as another user."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder for the tests of one file, under a parent that only its owner may enter."""
    path = tmp_path_factory.mktemp("embedded") / "data"
    yield path
    remove(path)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A data folder for one test, under a parent that everybody may pass through."""
    with tempfile.TemporaryDirectory(prefix="careloop-tests-") as parent:
        Path(parent).chmod(0o711)
        yield Path(parent) / "data"
        remove(Path(parent) / "data")


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Embedded]:
    """Both servers of a folder, for the length of a block."""
    embedded = await Embedded.start(folder)
    try:
        yield embedded
    finally:
        await embedded.stop()


async def ask(embedded: Embedded, question: str) -> object:
    """One value out of the database."""
    connection = await asyncpg.connect(embedded.database_url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def publish(embedded: Embedded, subject: str) -> None:
    """One message into the stream ``kept``, acknowledged."""
    client = await nats.connect(embedded.nats_url)
    await client.jetstream().add_stream(name="kept", subjects=["kept.>"])
    await client.jetstream().publish(subject, b"")
    await client.close()


async def messages(embedded: Embedded) -> int:
    """How many messages the store holds in all its streams."""
    client = await nats.connect(embedded.nats_url)
    account = await client.jetstream().account_info()
    streams = await client.jetstream().streams_info() if account.streams else []
    await client.close()
    return sum(stream.state.messages for stream in streams)


def python(script: str) -> subprocess.Popen[str]:
    """Another Python process, to speak with."""
    command = [sys.executable, "-c", script]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def leave_behind(folder: Path) -> dict[str, int]:
    """Start both servers in a launcher that is then killed; the servers go on. Gives their pids."""
    script = f"""
import json, os, signal
from pathlib import Path
from careloop.embedded import Embedded
print(json.dumps(Embedded.start_sync(Path({str(folder)!r})).pids()), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    launcher = python(script)
    written, _ = launcher.communicate(timeout=60)
    assert launcher.returncode == -signal.SIGKILL
    pids: dict[str, int] = json.loads(written)
    return pids
