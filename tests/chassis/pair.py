"""Two toy services for the tests of the bus: ``other`` tells what its counters add, ``toy`` hears it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

import httpx2

from chassis.agenda import Agenda
from chassis.auth import Verifier, issue
from chassis.backfill import Feed
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.http import Running, create_app
from chassis.relay import Relay
from chassis.service import Ask, PublicEvent, Recorded, Service, Step
from tests.chassis import toy
from tests.chassis.operator import operator

AT = datetime(2024, 11, 1, tzinfo=UTC)
POISON, NOT_YET = 13, 14
"""Amounts that the toy service cannot apply, and not apply yet."""


class OtherAdded(toy.AddedV1):
    TYPE: ClassVar[str] = "other.added.v1"


def tell(recorded: Recorded, _state: Any) -> Iterable[PublicEvent]:
    event = recorded.event
    if isinstance(event, toy.Added):
        yield PublicEvent(subject=recorded.originator_id, data=OtherAdded(amount=event.amount, at=event.at))


other = replace(toy.service, name="other", outgoing=tell, hears={})
listening = replace(toy.service, hears={"other": {OtherAdded.TYPE: toy.heard_added}})
SERVICES = (other, listening)


@dataclass
class Side:
    """One running service: what quiet looks at, and what tests ask."""

    service: Service
    settings: Settings
    database: Database
    dispatch: Dispatch
    bus: Bus
    relay: Relay | None = None
    agenda: Agenda | None = None
    consumers: Sequence[Consumer] = ()

    async def add(self, county: str, *amounts: int, stream: UUID | None = None) -> UUID:
        """Add each amount, in order, to one counter."""
        stream = stream or uuid4()
        for amount in amounts:
            command = toy.Add(amount=amount, at=AT)
            step = Step(decider=toy.counter, stream=stream, command=command)
            await self.dispatch.ask(Ask(county=county, steps=(step,), key=str(uuid4())))
        return stream

    async def total(self, county: str, subject: UUID) -> int:
        """What the counter holds that hears of ``subject``."""
        query = "select total from counters where county = $1 and id = $2"
        return await self.database.fetchval(query, county, uuid5(subject, "heard")) or 0

    async def heard(self, county: str) -> int:
        """The position tracked of the other service."""
        query = "select position from tracking where county = $1 and source = 'other'"
        return await self.database.fetchval(query, county) or 0

    async def parked(self, county: str) -> list[tuple[int, str]]:
        """Position and reason of what is parked."""
        query = "select position, reason from parked where county = $1 order by position"
        rows = await self.database.fetch(query, county)
        return [tuple(row) for row in rows]


@asynccontextmanager
async def side(service: Service, settings: Settings) -> AsyncIterator[Side]:
    """A service's database, dispatch and bus."""
    database = await Database.open(service.name, settings)
    dispatch = Dispatch(service, database, settings, Clock())
    bus = Bus(settings.service_nats_url(service.name), f"test {service.name}", service.name)
    await bus.start()
    try:
        yield Side(service, settings, database, dispatch, bus)
    finally:
        await bus.stop()
        await dispatch.stop()
        await database.close()


class Cut(httpx2.AsyncBaseTransport):
    """The way to a service's real application, which can be cut and counts what passes."""

    def __init__(self, app: Any) -> None:
        self._way = httpx2.ASGITransport(app)
        self.cut = False
        self.pages = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.cut:
            raise httpx2.ConnectError("cut")
        self.pages += request.url.path == "/v1/events"
        return await self._way.handle_async_request(request)


def feed_of(source: Side) -> tuple[Feed, Cut]:
    """The feed of a side, through its application."""
    running = Running(
        service=source.service, settings=source.settings, clock=Clock(), dispatch=source.dispatch,
        database=source.database, verifier=Verifier(source.settings), codec=Codec(source.service.deciders),
    )  # fmt: skip
    way = Cut(create_app(source.service, running))
    token = issue(source.settings, "toy", "service", "")
    return Feed({"other": "http://other"}, lambda: token, way), way


async def until(done: Callable[[], Awaitable[bool]], timeout_s: float = 15.0) -> None:
    """Wait until it is so; TimeoutError if it does not become so."""
    async with asyncio.timeout(timeout_s):
        while not await done():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)


async def published(side: Side, county: str) -> list[dict[str, str]]:
    """Headers of all the county's messages in the other service's stream, in their order; the body as ``body``."""
    async with operator(side.settings, "other") as bus:
        messages = await bus.messages(county)
    return [
        {
            **(message.headers or {}),
            "body": message.data.decode(),
            "sequence": str(message.metadata.sequence.stream),
        }
        for message in messages
    ]


def positions(messages: list[dict[str, str]]) -> list[int]:
    return [int(message["Careloop-Position"]) for message in messages]


def amounts(messages: list[dict[str, str]]) -> list[int]:
    return [json.loads(message["body"])["amount"] for message in messages]
