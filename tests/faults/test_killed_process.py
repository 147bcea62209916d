"""The process killed under load, at any time and at each named point: every command once, the statements unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import pytest

from careloop.embedded import processes
from chassis import crash
from chassis.runner import running
from services.declared import PORTS, declared
from tests.faults.load import caller, play_month
from tests.faults.oracles import broken
from tests.faults.system import System
from tests.journeys.county import County

PEOPLE = 4
POINTS = (
    "after_insert:2", "before_insert:12", "after_commit:8", "after_publish:4", "before_apply:4", "after_apply:4"
)  # fmt: skip
"""In the order in which the process is armed with them, each where the one before has killed it."""


async def start_again(up: System) -> None:
    """Wait until somebody has killed the process, then start it."""
    process = up.process
    assert process is not None
    assert await processes.until(lambda: process.poll() is not None, 60)
    await up.up()


async def test_a_process_killed_under_load_has_kept_every_answer(up: System, county: County) -> None:
    caller(county).after(20, up.kill)
    await asyncio.gather(play_month(county, PEOPLE), start_again(up))
    assert up.kills[-1] == "careloop"
    assert caller(county).cut_off > 0
    assert await broken(up, county, PEOPLE) == []


@pytest.fixture
async def two_writers(up: System, county: County) -> AsyncIterator[County]:
    """Orders answers from a second process too, so that each finds the head moved by the other."""
    second = up.settings.model_copy(update={"port_offset": up.offset + 100})
    async with running(declared(["orders"]), second, PORTS, ["api"]) as parts:
        caller(county).second = parts["orders"]
        yield county
        caller(county).second = None


async def die_at_each(up: System, points: Sequence[str]) -> None:
    """Wait until the process has died at the first point; start it armed with the next one, at last with none."""
    for point, following in pairwise((*points, "")):
        await up.died(point.partition(":")[0])
        await up.up(following)


async def test_a_crash_at_each_named_point_loses_nothing_and_does_nothing_twice(
    up: System, two_writers: County
) -> None:
    await up.down()
    await up.up(POINTS[0])
    fired = len(up.kills)
    await asyncio.gather(play_month(two_writers, PEOPLE), die_at_each(up, POINTS))
    names = [point.partition(":")[0] for point in POINTS]
    assert up.kills[fired:] == names
    assert set(names) == crash.POINTS
    assert [line for line in up.log.read_text().splitlines() if line.startswith("crash at ")][-len(names) :] == [
        f"crash at {name}" for name in names
    ]
    assert await broken(up, two_writers, PEOPLE) == []
