"""Serving an application on a port, as one among several servers in one loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack

import uvicorn
from starlette.types import ASGIApp

from chassis.http.wire import BODY_MAX_S, Wire


class _Server(uvicorn.Server):
    """A server among several in one loop: signals are the runner's business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def listen(
    stack: AsyncExitStack, app: ASGIApp, name: str, host: str, port: int, body_max_s: float = BODY_MAX_S
) -> None:
    """Serve ``app`` until ``stack`` ends; it answers when this returns. OSError where the port cannot be opened.

    ``body_max_s``: how long the body of a request may take to arrive.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=type("Wire", (Wire,), {"body_max_s": body_max_s}),
        ws="none",
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
        raise OSError(f"{name}: port {config.port} cannot be opened: {error.strerror}") from error
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]), name=f"http {name}")

    async def stop() -> None:
        server.should_exit = True
        await task

    while not server.started:
        if task.done():
            await task
        await asyncio.sleep(0.005)
    stack.push_async_callback(stop)
