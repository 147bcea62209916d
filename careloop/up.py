"""Starting: everything on one machine (``up``), chosen services on configured addresses (``serve``)."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import uvloop

from careloop.bus_streams import guard_streams
from careloop.embedded import EmbeddedError
from careloop.environment import NothingRuns, reachable, started
from careloop.output import err, out
from careloop.pages import own_pages, with_console
from chassis.config import Settings
from chassis.migrate import migrate
from chassis.runner import ROLES, running
from chassis.telemetry import configure
from console import serving
from services.__main__ import serve as serve_services
from services.declared import PORTS, declared


@asynccontextmanager
async def everything(settings: Settings) -> AsyncIterator[Settings]:
    """Servers, schemas, the four services and the console, ready; stopped in the opposite order."""
    async with started(settings) as bare:
        services, complete = declared(), with_console(bare)
        await migrate(services, complete)
        await guard_streams(complete)
        async with running(services, complete, PORTS), AsyncExitStack() as stack:
            await serving.begin(stack, complete, PORTS)
            yield complete


def up(port_offset: int) -> int:
    """Start everything, print where it is, wait for Ctrl-C."""
    settings = Settings(port_offset=port_offset) if port_offset else Settings()
    configure(settings)

    async def run() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        begun = time.perf_counter()
        async with everything(settings) as complete:
            tell_addresses(complete, time.perf_counter() - begun)
            await stop.wait()
            err.print("stopping …")

    try:
        uvloop.run(run())
    except (EmbeddedError, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 1
    return 0


def tell_addresses(settings: Settings, seconds: float) -> None:
    """Where everything is, and how to begin."""
    out.print(f"careloop is ready after {seconds:.1f} s, data in {settings.data}")
    for service in declared():
        address = settings.address(service.name, service.port)
        out.print(f"  {service.name:<11} {address}   {service.title}   {address}/openapi.json")
    if settings.console_port:
        out.print(f"  {'console':<11} {own_pages(settings)}   网页 pages: rate a visit, check a certificate")
    if settings.embedded:
        out.print("  a token:    careloop token bureau --county 130528")
    out.print("Ctrl-C stops it.")


def serve(names: Sequence[str], roles: str) -> int:
    """Run services on configured addresses."""
    chosen = [role for role in ROLES if role in roles.split(",")]
    try:
        settings = reachable(Settings())
        configure(settings)
        uvloop.run(serve_services(list(names) or list(PORTS), chosen, settings))
    except (NothingRuns, ValueError, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 1
    return 0


def migrate_all() -> int:
    """Migrate every service's schema, and the streams where NATS answers."""

    async def run(settings: Settings) -> None:
        await migrate(declared(), settings)
        await guard_streams(settings)

    try:
        uvloop.run(run(reachable(Settings())))
    except (NothingRuns, OSError) as error:
        err.print(f"[red]{error}[/red]")
        return 1
    return 0
