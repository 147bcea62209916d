"""The console's pages: served alone (``careloop console``), and where they are for who starts the services too."""

from __future__ import annotations

import uvloop

from careloop.output import err
from chassis.config import Settings
from chassis.telemetry import configure
from console import serving
from services.declared import PORTS


def console() -> int:
    """Serve the pages alone; they need neither database, bus nor secret."""
    settings = Settings()
    if not settings.console_port:
        err.print("[red]CARELOOP_CONSOLE_PORT is 0: there is nowhere to serve the pages[/red]")
        return 1
    configure(settings)
    try:
        uvloop.run(serving.alone(settings, PORTS))
    except OSError as error:
        err.print(f"[red]{error}[/red]")
        return 1
    return 0


def with_console(settings: Settings) -> Settings:
    """The settings of who starts the pages too: the services give out their address, unless another is configured."""
    return settings.model_copy(update={"console_url": settings.console_address()})


def own_pages(settings: Settings) -> str:
    """Where this machine serves the pages."""
    return f"http://127.0.0.1:{settings.console_port + settings.port_offset}"
