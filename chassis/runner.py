"""Runs services: all of them in one event loop, or any part, as production spreads them.

api       HTTP, one port a service            relay     public log -> JetStream
consumer  the others' events -> dispatch      agenda    what is due -> dispatch
"""

from __future__ import annotations

import gc
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol, get_args

import structlog

from chassis import tracing
from chassis.agenda import Agenda
from chassis.auth import ServiceToken, Verifier
from chassis.backfill import Feed
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.database import Counties, Database
from chassis.dispatch import Dispatch
from chassis.exposition import expose
from chassis.gauges import Measure, measure_agenda, measure_process
from chassis.housekeeping import Housekeeping
from chassis.http import Running, create_app
from chassis.http.photo_routes import store_doubts
from chassis.kernel import Rejected
from chassis.parking import retry
from chassis.relay import Relay
from chassis.service import Service
from chassis.serving import listen
from chassis.vault import Vault

log = structlog.get_logger(__name__)

Role = Literal["api", "relay", "consumer", "agenda"]
ROLES: tuple[Role, ...] = get_args(Role)
GC_THRESHOLD = (100_000, 50, 50)
"""Generation 2 collections are the tail of the latency: what lives from the start on is frozen, the rest is rare."""


class _Stoppable(Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


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
        await stack.enter_async_context(tracing.exporting(settings, [service.name for service in services]))
        parts: dict[str, _Part] = {}
        for service in services:
            parts[service.name] = await _answer(stack, service, settings, clock, frozenset(roles))
        for part in parts.values():
            await _act(stack, part, feeds, frozenset(roles))
        await expose(stack, settings, {name: read for part in parts.values() for name, read in part.measures.items()})
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLD)
        log.info("ready", services=[service.name for service in services], seconds=time.perf_counter() - started)
        yield parts


@dataclass(kw_only=True)
class _Part(Running):
    """A service of this process with its connection to the bus, and what is measured of it."""

    bus: Bus
    measures: dict[str, Measure] = field(default_factory=dict)

    def measure(self, what: str, measure: Measure) -> None:
        """Refresh some gauges whenever the metrics are asked for."""
        self.measures[f"{self.service.name} {what}"] = measure


async def _answer(
    stack: AsyncExitStack, service: Service, settings: Settings, clock: Clock, roles: frozenset[Role]
) -> _Part:
    """What others ask of a service: its API, its feed, its events on the bus."""
    database = await Database.open(service.name, settings)
    stack.push_async_callback(database.close)
    keys = await Counties.connect(settings.service_keys_url(service.name), settings)
    stack.push_async_callback(keys.close)
    dispatch = Dispatch(service, database, settings, clock)
    stack.push_async_callback(dispatch.stop)
    bus = Bus(settings.service_nats_url(service.name), f"careloop {service.name}", service.name)
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
        database=database,
        verifier=Verifier(settings),
        codec=dispatch.codec,
        vault=Vault(service.name, database, keys),
        doubts={"bus": bus_check, **store_doubts(service, settings)},
        bus=bus,
    )
    part.measure("process", measure_process(service.name, database, dispatch, bus))
    if "relay" in roles:
        relay = Relay(service.name, database, bus, settings)
        dispatch.on_commit(relay.on_commit)
        part.measure("relay", relay.measure)
        await _enter(stack, relay)
    if "api" in roles:
        await _serve(stack, service, part, settings)
    return part


async def _act(stack: AsyncExitStack, part: _Part, feeds: Mapping[str, str], roles: frozenset[Role]) -> None:
    """What a service does by itself: hear the others, carry out its agenda."""
    dispatch = part.dispatch
    assert isinstance(dispatch, Dispatch)
    if "agenda" in roles:
        agenda = Agenda(part.service, part.database, dispatch, part.clock, part.settings)
        dispatch.on_commit(agenda.on_commit)
        name, tries = part.service.name, part.settings.agenda_tries
        part.measure("agenda", measure_agenda(name, part.database, part.clock, tries))
        await _enter(stack, agenda)
        await _enter(stack, Housekeeping(part.service.name, part.database, part.clock, part.settings))
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
        consumers[source] = Consumer(service, source, part.database, part.bus, dispatch, settings, feed)
        part.measure(f"consumer of {source}", consumers[source].measure)
        await _enter(stack, consumers[source])
    return consumers


async def _enter(stack: AsyncExitStack, part: _Stoppable) -> None:
    await part.start()
    stack.push_async_callback(part.stop)


async def _serve(stack: AsyncExitStack, service: Service, parts: Running, settings: Settings) -> None:
    port = service.port + settings.port_offset
    await listen(stack, create_app(service, parts), service.name, settings.host, port, settings.body_max_s)
