"""python -m services [names] [--roles api,relay,consumer,agenda]: run services until SIGTERM or Ctrl-C.

Addresses come from the environment (``CARELOOP_DATABASE_URL``, ``CARELOOP_NATS_URL``, …); schemas are expected to be
up to date (``careloop migrate``).
"""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Sequence

import uvloop

from chassis.config import Settings
from chassis.runner import ROLES, Role, running
from chassis.telemetry import configure
from services.declared import PORTS, declared


async def serve(names: Sequence[str], roles: Sequence[Role], settings: Settings) -> None:
    """Run ``names`` with ``roles`` until a signal asks to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(declared(names), settings, PORTS, roles):
        await stop.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m services", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(PORTS), help="services to run; all when none is named")
    parser.add_argument("--roles", default=",".join(ROLES), help="which parts to run")
    options = parser.parse_args()
    roles = [role for role in ROLES if role in options.roles.split(",")]
    unknown = set(options.roles.split(",")) - set(ROLES)
    if unknown or not roles:
        parser.error(f"unknown role {', '.join(sorted(unknown))}; there are {', '.join(ROLES)}")
    if set(options.names) - set(PORTS):
        parser.error(f"there are the services {', '.join(PORTS)}")
    settings = Settings()
    configure(settings)
    uvloop.run(serve(options.names, roles, settings))


if __name__ == "__main__":
    main()
