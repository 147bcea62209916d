"""The real servers all tests share: PostgreSQL and NATS from wheels, once a run, in a folder of their own."""

from __future__ import annotations

import gc
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pydantic import SecretStr

from careloop.embedded import Embedded, remove
from chassis.bus_users import SOURCES
from chassis.config import Settings
from chassis.database import Database
from chassis.migrate import migrate
from tests.chassis import toy

if TYPE_CHECKING:
    from tests.s3 import S3

gc.disable()
"""While tests are found: thousands of classes are made that stay, see ``chassis.loading``."""
ROLE_SECRET = "tests only: role secret, thirty-two bytes or more"
BUS = {**SOURCES, "toy": ("other",), "other": ()}
"""Who has a user on the tests' NATS: the services, and the two toys of ``tests.chassis.pair``."""


def pytest_collection_finish() -> None:
    """From here on the collector looks at what tests make, and only at that."""
    gc.freeze()
    gc.enable()


@dataclass(frozen=True)
class Servers:
    """Addresses of the running servers, and settings that use them."""

    database_url: str
    nats_url: str
    data: Path

    def settings(self, **changes: object) -> Settings:
        """Settings of a process that uses these servers."""
        values: dict[str, object] = {
            "database_url": self.database_url,
            "nats_url": self.nats_url,
            "data": self.data,
            "role_secret": SecretStr(ROLE_SECRET),
            "token_secret": SecretStr("tests only: token secret, thirty-two bytes or more"),
            "embedded": True,
            **changes,
        }
        return Settings(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and NATS for the whole run."""
    with tempfile.TemporaryDirectory(prefix="careloop-tests-") as folder:
        embedded = Embedded.start_sync(Path(folder), role_secret=ROLE_SECRET, bus=BUS)
        try:
            yield Servers(embedded.database_url, embedded.nats_url, Path(folder))
        finally:
            embedded.stop_sync()
            remove(Path(folder))
            Path(folder).mkdir()


@pytest.fixture(scope="session")
async def toy_settings(servers: Servers) -> Settings:
    """Settings with the toy service's schema in place."""
    settings = servers.settings()
    await migrate([toy.service], settings)
    return settings


@pytest.fixture
async def toy_database(toy_settings: Settings) -> AsyncIterator[Database]:
    """The toy service's way to its database."""
    database = await Database.open("toy", toy_settings)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """A server that speaks S3, for the tests that ask for one: reading it in takes half a second."""
    from tests.s3 import running

    with running() as server:
        yield server


@pytest.fixture
def bucket(s3: S3, monkeypatch: pytest.MonkeyPatch) -> str:
    """``CARELOOP_BLOBS`` for a place of its own in the bucket, with the environment that an operator sets beside."""
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    return f"s3://county-pictures/careloop/{uuid4().hex[:12]}"


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes every connection and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
