"""A loop ends when it is told to, and by nothing that a turn raises."""

from __future__ import annotations

import asyncio

import pytest

from chassis import loop
from chassis.loop import Loop


@pytest.mark.parametrize("failure", [OSError, asyncio.CancelledError, TimeoutError])
async def test_a_turn_that_fails_is_taken_again(failure: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "FIRST_PAUSE_S", 0.001)
    turns, enough = 0, asyncio.Event()

    async def turn() -> bool:
        nonlocal turns
        turns += 1
        if turns < 3:
            raise failure
        enough.set()
        return False

    running = Loop("failing", turn, 60.0)
    running.start()
    await asyncio.wait_for(enough.wait(), 10)
    await running.stop()
    assert turns == 3


async def test_a_turn_that_does_not_end_is_cancelled_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "STOPPING_S", 0.01)
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def turn() -> bool:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return False

    running = Loop("endless", turn, 60.0)
    running.start()
    await begun.wait()
    await running.stop()
    assert cancelled.is_set()
