"""Serving the pages on their port, beside other servers in one loop, or alone."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack

from chassis import tracing
from chassis.config import Settings
from chassis.exposition import expose
from chassis.serving import listen
from console.app import NAME, Console
from console.services import Services


async def begin(stack: AsyncExitStack, settings: Settings, ports: Mapping[str, int]) -> None:
    """Serve the pages until ``stack`` ends, unless the port is 0. ``ports`` are those of the services on this machine.

    OSError where the port cannot be opened.
    """
    if not settings.console_port:
        return
    addresses = {name: settings.address(name, ports[name]) for name in Services.NAMES}
    services = Services.at(addresses, settings)
    stack.push_async_callback(services.close)
    port = settings.console_port + settings.port_offset
    await listen(stack, Console(services, settings), NAME, settings.host, port, settings.body_max_s)


async def alone(settings: Settings, ports: Mapping[str, int]) -> None:
    """Serve the pages, with their metrics, until a signal asks to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(tracing.exporting(settings, [NAME]))
        await begin(stack, settings, ports)
        await expose(stack, settings, {})
        await stop.wait()
