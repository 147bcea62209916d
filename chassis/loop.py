"""A supervised task that takes one turn after another: the shape of relay, consumer and agenda.

A turn that answers True is followed by the next at once, any other by a wait that ``wake`` cuts short. A turn that
fails is logged and tried again after a growing pause; the task ends only by ``stop``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
STOPPING_S = 5.0
"""How long a turn may go on after ``stop`` before it is cancelled; whatever it leaves is done again."""


class Loop:
    """``turn`` again and again, at least every ``poll_s`` seconds."""

    def __init__(self, name: str, turn: Callable[[], Awaitable[bool]], poll_s: float) -> None:
        self.name = name
        self._turn = turn
        self._poll_s = poll_s
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._task is None:
            self._stopping = False
            self._task = asyncio.create_task(self._run(), name=self.name)

    async def stop(self) -> None:
        """Let the turn in hand finish, for a while, then end."""
        self._stopping = True
        self._wake.set()
        task, self._task = self._task, None
        if task is None:
            return
        _, late = await asyncio.wait({task}, timeout=STOPPING_S)
        if late:
            task.cancel()
            await asyncio.wait({task})

    def wake(self) -> None:
        """Take the next turn now."""
        self._wake.set()

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            self._wake.clear()
            try:
                again = await self._turn()
                failures = 0
            except (Exception, asyncio.CancelledError) as error:
                if is_cancelled():
                    raise
                again = False
                pause_s = min(FIRST_PAUSE_S * 2 ** min(failures, 10), LONGEST_PAUSE_S)
                failures += 1
                log.warning("turn failed", task=self.name, failures=failures, error=repr(error))
                await self._rest(pause_s)
                continue
            if not again:
                await self._rest(self._poll_s)

    async def _rest(self, seconds: float) -> None:
        if self._stopping:
            return
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return


def is_cancelled() -> bool:
    """Whether somebody cancelled this very task.

    Otherwise a CancelledError is one that leaked out of what was awaited, a failure like any other: taken for an order
    to end, it would end a loop that nobody told to.
    """
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
