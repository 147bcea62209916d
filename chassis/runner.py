"""Runs services: all of them in one event loop, or any part, as production spreads them.

api       HTTP, one port a service            relay     public log -> JetStream
consumer  the others' events -> dispatch      agenda    what is due -> dispatch
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import asyncpg
import structlog
import uvicorn

from chassis.agenda import Agenda
from chassis.auth import ServiceToken, Verifier
from chassis.backfill import Feed
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.dispatch import Dispatch
from chassis.housekeeping import Housekeeping
from chassis.http import Running, create_app
from chassis.kernel import Rejected
from chassis.parking import retry
from chassis.relay import Relay
from chassis.service import Service
from chassis.vault import Vault

log = structlog.get_logger(__name__)

Role = Literal["api", "relay", "consumer", "agenda"]
ROLES: tuple[Role, ...] = get_args(Role)
GC_THRESHOLD = (100_000, 50, 50)
"""Generation 2 collections are the tail of the latency: what lives from the start on is frozen, the rest is rare."""


class _Stoppable(Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class _Server(uvicorn.Server):
    """A server among several in one loop: signals are the runner's business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def running(
    services: Sequence[Service],
    settings: Settings,
    ports: Mapping[str, int],
    roles: Iterable[Role] = ROLES,
) -> AsyncIterator[Mapping[str, Running]]:
    """Start ``services`` with ``roles``; ready when the body runs, stopped when it ends.

    ``ports`` are those of all services, also of those that run elsewhere: feeds are read there.
    """
    clock = Clock(settings.clock_file)
    feeds = {name: settings.address(name, port) for name, port in ports.items()}
    started = time.perf_counter()
    async with AsyncExitStack() as stack:
        parts: dict[str, _Part] = {}
        for service in services:
            parts[service.name] = await _answer(stack, service, settings, clock, frozenset(roles))
        for part in parts.values():
            await _act(stack, part, feeds, frozenset(roles))
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLD)
        log.info("ready", services=[service.name for service in services], seconds=time.perf_counter() - started)
        yield parts


@dataclass(kw_only=True)
class _Part(Running):
    """A service of this process with its connection to the bus."""

    bus: Bus


async def _answer(
    stack: AsyncExitStack, service: Service, settings: Settings, clock: Clock, roles: frozenset[Role]
) -> _Part:
    """What others ask of a service: its API, its feed, its events on the bus."""
    pool = await _pool(stack, settings.service_database_url(service.name), settings)
    keys = await _pool(stack, settings.service_keys_url(service.name), settings)
    dispatch = Dispatch(service, pool, settings, clock)
    stack.push_async_callback(dispatch.stop)
    bus = Bus(settings.nats_url, f"careloop {service.name}")
    await bus.start()
    stack.push_async_callback(bus.stop)

    async def bus_check() -> None:
        if not bus.connected:
            raise ConnectionError("NATS is away; commands are kept, the others hear of them by feed")

    part = _Part(
        service=service,
        settings=settings,
        clock=clock,
        dispatch=dispatch,
        pool=pool,
        verifier=Verifier(settings),
        codec=dispatch.codec,
        vault=Vault(service.name, pool, keys, settings),
        doubts={"bus": bus_check},
        bus=bus,
    )
    if "relay" in roles:
        relay = Relay(service.name, pool, bus, settings)
        dispatch.on_commit(relay.on_commit)
        await _enter(stack, relay)
    if "api" in roles:
        await _serve(stack, service, part, settings)
    return part


async def _act(stack: AsyncExitStack, part: _Part, feeds: Mapping[str, str], roles: frozenset[Role]) -> None:
    """What a service does by itself: hear the others, carry out its agenda."""
    dispatch = part.dispatch
    assert isinstance(dispatch, Dispatch)
    if "agenda" in roles:
        agenda = Agenda(part.service, part.pool, dispatch, part.clock, part.settings)
        dispatch.on_commit(agenda.on_commit)
        await _enter(stack, agenda)
        await _enter(stack, Housekeeping(part.service.name, part.pool, part.clock, part.settings))
    if "consumer" in roles:
        consumers = await _consume(stack, part, dispatch, feeds)

        async def redrive(county: str, source: str, position: int) -> object:
            if source not in consumers:
                raise Rejected("not_found")
            return await retry(consumers[source], county, source, position)

        part.redrive = redrive


async def _consume(
    stack: AsyncExitStack, part: _Part, dispatch: Dispatch, feeds: Mapping[str, str]
) -> dict[str, Consumer]:
    """One consumer for each source the service hears."""
    service, settings = part.service, part.settings
    feed = Feed(feeds, ServiceToken(settings, service.name))
    stack.push_async_callback(feed.close)
    consumers = {}
    for source in service.hears:
        consumers[source] = Consumer(service, source, part.pool, part.bus, dispatch, settings, feed)
        await _enter(stack, consumers[source])
    return consumers


async def _enter(stack: AsyncExitStack, part: _Stoppable) -> None:
    await part.start()
    stack.push_async_callback(part.stop)


async def _pool(stack: AsyncExitStack, url: str, settings: Settings) -> asyncpg.Pool:
    pool = await asyncpg.create_pool(
        url,
        min_size=settings.pool_min,
        max_size=settings.pool_max,
        command_timeout=settings.statement_timeout_s,
        server_settings={"statement_timeout": str(int(settings.statement_timeout_s * 1000))},
        reset=_no_reset,
    )
    stack.push_async_callback(pool.close)
    return pool


async def _no_reset(_connection: asyncpg.Connection) -> None:
    """Connections carry no session state here, so the reset query on release is skipped."""


async def _serve(stack: AsyncExitStack, service: Service, parts: Running, settings: Settings) -> None:
    config = uvicorn.Config(
        create_app(service, parts),
        host=settings.host,
        port=service.port + settings.port_offset,
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,
    )
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listening = socket.create_server((config.host, config.port), family=family, backlog=2048)
    except OSError as error:
        raise OSError(f"{service.name}: port {config.port} cannot be opened: {error.strerror}") from error
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]), name=f"http {service.name}")

    async def stop() -> None:
        server.should_exit = True
        await task

    while not server.started:
        if task.done():
            await task
        await asyncio.sleep(0.005)
    stack.push_async_callback(stop)
