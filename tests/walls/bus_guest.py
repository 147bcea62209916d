"""A NATS as `careloop up` starts it, and guests on it: whoever has a service's password, without any code of ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from careloop.embedded import Embedded
from chassis.bus import Bus, Message
from chassis.bus_users import SOURCES
from chassis.config import Settings
from contracts import subjects
from tests.chassis.operator import operator

SERVICES = tuple(SOURCES)
COUNTY = "130528"
PATIENCE_S = 10.0
each_service = pytest.mark.parametrize("service", SERVICES)


@pytest.fixture(scope="module")
def own_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A NATS of its own, as `careloop up` starts it."""
    embedded = Embedded.start_sync(tmp_path_factory.mktemp("bus") / "data", postgres=False)
    try:
        secret = embedded.secrets.role_secret
        yield Settings(nats_url=embedded.nats_url, role_secret=secret)  # type: ignore[arg-type]
    finally:
        embedded.stop_sync()


@pytest.fixture(scope="module")
async def bus(own_bus: Settings) -> Settings:
    """With every service's stream, one event in each, and every durable."""
    for service in SERVICES:
        running = Bus(own_bus.service_nats_url(service), service, service)
        await running.start()
        await running.ensure_stream(service)
        await running.publish_batch([event(service)], subjects.subjects_of(service, COUNTY), 0)
        await running.stop()
    for service, sources in SOURCES.items():
        running = Bus(own_bus.service_nats_url(service), service, service)
        await running.start()
        for source in sources:
            await running.ensure_consumer(source, service)
        await running.stop()
    return own_bus


def event(service: str) -> Message:
    return Message(f"careloop.{COUNTY}.{service}.something", b"{}", {})


class Guest:
    """A bare connection as a service's user, so that every refusal is seen before the next word (NATS client protocol).

    The server answers what it was told in order: a refusal stands before the PONG to the PING that followed.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def may_publish(self, subject: str, body: bytes = b"{}", reply: str = "") -> bool:
        """Whether the server takes it."""
        refusals = await self.says(f"PUB {subject} {reply} {len(body)}".encode(), body)
        return not any("Permissions Violation for Publish" in refusal for refusal in refusals)

    async def may_hear(self, subject: str) -> bool:
        """Whether the server lets it subscribe."""
        refusals = await self.says(f"SUB {subject} 1".encode())
        await self.says(b"UNSUB 1")
        return not any("Permissions Violation for Subscription" in refusal for refusal in refusals)

    async def says(self, *lines: bytes) -> list[str]:
        """The server's refusals of what is said."""
        self._writer.write(b"".join(line + b"\r\n" for line in (*lines, b"PING")))
        refusals = []
        while (line := await self._line()) != "PONG":
            if line.startswith("-ERR"):
                refusals.append(line)
        return refusals

    async def _line(self) -> str:
        line = (await asyncio.wait_for(self._reader.readline(), PATIENCE_S)).decode().strip()
        if line.startswith(("MSG ", "HMSG ")):
            await self._reader.readexactly(int(line.rpartition(" ")[2]) + 2)
        return line


@asynccontextmanager
async def guest(settings: Settings, service: str) -> AsyncIterator[Guest]:
    """Connected as a service's user."""
    at = urlsplit(settings.service_nats_url(service))
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    found = Guest(reader, writer)
    said = {"user": at.username, "pass": at.password, "verbose": False, "headers": True, "no_responders": True}
    assert await found.says(f"CONNECT {json.dumps(said)}".encode()) == []
    try:
        yield found
    finally:
        writer.close()
        await writer.wait_closed()


async def asks(settings: Settings, service: str, subject: str, body: Any = None) -> Any:
    """The server's answer to a service's request."""
    own = Bus(settings.service_nats_url(service), service, service)
    await own.start()
    try:
        payload = b"" if body is None else json.dumps(body).encode()
        return json.loads((await own.client.request(subject, payload, timeout=PATIENCE_S)).data)
    finally:
        await own.stop()


async def subjects_told(settings: Settings, service: str) -> list[str]:
    """What the stream of a service holds of the county."""
    async with operator(settings, service) as looking:
        return [message.subject for message in await looking.messages(COUNTY)]


def others(service: str) -> list[str]:
    return [other for other in SERVICES if other != service]
