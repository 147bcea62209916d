"""Waiting for what happens in another process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(done: Callable[[], Awaitable[bool]], timeout_s: float = 30.0) -> None:
    """Return once it is so; TimeoutError if it does not become so."""
    async with asyncio.timeout(timeout_s):
        while not await done():  # noqa: ASYNC110 - nobody here can set an event
            await asyncio.sleep(0.05)
