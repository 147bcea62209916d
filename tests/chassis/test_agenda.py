"""The agenda on the real tables: what is due is asked once, by the clock of the service, whatever fails around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.agenda import Agenda
from chassis.clock import Clock
from chassis.config import Settings
from chassis.dispatch import Dispatch
from chassis.kernel import Rejected
from chassis.service import Ask, Service, Step
from tests.chassis import toy
from tests.chassis.pair import Side, side, until
from tests.conftest import Servers

AN_HOUR = timedelta(hours=1)


def add_what_is_missing(_stream: UUID, state: toy.Counter, at: datetime) -> toy.Add | None:
    """One at a time until there are two; then there is nothing to do any more."""
    return toy.Add(amount=1, at=at) if state.total < 2 else None


def refuse(_stream: UUID, _state: toy.Counter, at: datetime) -> toy.Add:
    return toy.Add(amount=-1, at=at)


always = toy.service
mindful = replace(toy.service, when_due={"add_one": add_what_is_missing})
refusing = replace(toy.service, when_due={"add_one": refuse})


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock.json")


@pytest.fixture
def county() -> str:
    return uuid4().hex[:12]


@pytest.fixture
async def here(servers: Servers, toy_settings: Settings) -> AsyncIterator[Side]:
    async with side(mindful, servers.settings(agenda_tries=2)) as here:
        owner = await asyncpg.connect(servers.database_url)
        await owner.execute("delete from toy.agenda")
        await owner.close()
        yield here


@asynccontextmanager
async def ticking(here: Side, clock: Clock, service: Service = mindful, **changes: Any) -> AsyncIterator[Agenda]:
    """An agenda at work, with a dispatch of its own, as another process has it."""
    settings = here.settings.model_copy(update=changes)
    dispatch = Dispatch(service, here.database, settings, clock)
    agenda = Agenda(service, here.database, dispatch, clock, settings)
    await agenda.start()
    try:
        yield agenda
    finally:
        await agenda.stop()
        await dispatch.stop()


async def plan(here: Side, county: str, at: datetime, stream: UUID | None = None) -> UUID:
    """A counter, to which one is added now, and something is to be done an hour after ``at``."""
    stream = stream or uuid4()
    command = toy.Add(amount=1, at=at, later=True)
    await here.dispatch.ask(
        Ask(county=county, steps=(Step(decider=toy.counter, stream=stream, command=command),), key=str(uuid4()))
    )
    return stream


async def total(here: Side, county: str, stream: UUID) -> int:
    query = "select total from counters where county = $1 and id = $2"
    return int(await here.database.fetchval(query, county, stream))


async def entry(here: Side, county: str) -> asyncpg.Record | None:
    query = "select due_at, tries from agenda where county = $1"
    found: asyncpg.Record | None = await here.database.fetchrow(query, county)
    return found


async def test_nothing_is_done_before_its_time(here: Side, clock: Clock, county: str) -> None:
    stream = await plan(here, county, clock.now())
    due = await plan(here, county, clock.now() - 2 * AN_HOUR)
    async with ticking(here, clock) as agenda:
        await until(agenda.settled)
    assert [await total(here, county, one) for one in (stream, due)] == [1, 2]
    assert await entry(here, county) is not None


async def test_what_is_due_is_done_once_though_two_agendas_see_it(here: Side, clock: Clock, county: str) -> None:
    streams = [await plan(here, county, clock.now() - 2 * AN_HOUR) for _ in range(20)]
    async with ticking(here, clock, always) as first, ticking(here, clock, always) as second:
        await until(first.settled)
        await until(second.settled)
    assert [await total(here, county, stream) for stream in streams] == [2] * 20
    assert await entry(here, county) is None


async def test_a_moved_clock_makes_it_due_at_the_instant_it_was_due_for(here: Side, clock: Clock, county: str) -> None:
    began = clock.now()
    stream = await plan(here, county, began)
    async with ticking(here, clock) as agenda:
        clock.move(began + 30 * 24 * AN_HOUR)
        await until(agenda.settled)
    at = await here.database.fetchval(
        "select convert_from(state, 'UTF8')::jsonb ->> 'at' from events where county = $1 and originator_id = $2"
        " and originator_version = 2",
        county,
        stream,
    )
    assert datetime.fromisoformat(at) == began + AN_HOUR


async def test_a_clock_moved_by_another_process_is_noticed(
    here: Side, clock: Clock, county: str, tmp_path: Path
) -> None:
    stream = await plan(here, county, clock.now())
    async with ticking(here, clock) as agenda:
        Clock(tmp_path / "clock.json").move(clock.now() + 2 * AN_HOUR)
        await until(agenda.settled)
    assert await total(here, county, stream) == 2


async def test_a_commit_with_something_due_wakes_the_agenda(here: Side, clock: Clock, county: str) -> None:
    async with ticking(here, clock, agenda_poll_s=3600.0) as agenda:
        here.dispatch.on_commit(agenda.on_commit)
        first = await plan(here, county, clock.now() - 2 * AN_HOUR)
        await until(agenda.settled)
        second = await plan(here, county, clock.now() - 2 * AN_HOUR)
        await until(agenda.settled)
    assert [await total(here, county, one) for one in (first, second)] == [2, 2]


async def test_more_than_a_batch_is_done_without_waiting(here: Side, clock: Clock, county: str) -> None:
    streams = [await plan(here, county, clock.now() - 2 * AN_HOUR) for _ in range(10)]
    async with ticking(here, clock, agenda_batch_max=3, agenda_poll_s=3600.0) as agenda:
        await until(agenda.settled)
    assert [await total(here, county, stream) for stream in streams] == [2] * 10


async def test_what_was_due_earlier_is_done_earlier(here: Side, clock: Clock, county: str) -> None:
    now = clock.now()
    stream = await plan(here, county, now - 2 * AN_HOUR)
    for hours in (9, 5, 7, 3):
        await plan(here, county, now - hours * AN_HOUR, stream)
    async with ticking(here, clock, always) as agenda:
        await until(agenda.settled)
    rows = await here.database.fetch(
        "select convert_from(state, 'UTF8')::jsonb ->> 'at' as at from events where county = $1"
        " and originator_version > 5 order by position",
        county,
    )
    assert [datetime.fromisoformat(row["at"]) for row in rows] == [now - hours * AN_HOUR for hours in (8, 6, 4, 2, 1)]


async def test_an_intention_that_is_out_of_date_does_nothing(here: Side, clock: Clock, county: str) -> None:
    stream = await plan(here, county, clock.now() - 2 * AN_HOUR)
    command = toy.Add(amount=5, at=clock.now())
    await here.dispatch.ask(
        Ask(county=county, steps=(Step(decider=toy.counter, stream=stream, command=command),), key=str(uuid4()))
    )
    async with ticking(here, clock) as agenda:
        await until(agenda.settled)
    assert await total(here, county, stream) == 6
    assert await entry(here, county) is None


async def test_a_refused_entry_is_put_off_longer_each_time_and_then_by_a_day(
    here: Side, clock: Clock, county: str
) -> None:
    stream = await plan(here, county, clock.now() - 2 * AN_HOUR)
    for tries, least, most in ((1, timedelta(seconds=1), timedelta(seconds=3)), (2, 23 * AN_HOUR, 25 * AN_HOUR)):
        async with ticking(here, clock, refusing) as agenda:
            await until(agenda.settled)
        put_off = await entry(here, county)
        assert put_off is not None
        assert put_off["tries"] == tries
        assert least < put_off["due_at"] - clock.now() < most
        clock.move(put_off["due_at"] + timedelta(seconds=1))
    assert await total(here, county, stream) == 1


async def test_a_failing_entry_does_not_hold_up_the_others(here: Side, clock: Clock, county: str) -> None:
    def refuse_one(stream: UUID, state: toy.Counter, at: datetime) -> toy.Add | None:
        if stream == unlucky:
            raise Rejected("counter.negative")
        return add_what_is_missing(stream, state, at)

    unlucky = await plan(here, county, clock.now() - 3 * AN_HOUR)
    lucky = await plan(here, county, clock.now() - 2 * AN_HOUR)
    async with ticking(here, clock, replace(toy.service, when_due={"add_one": refuse_one})) as agenda:
        await until(agenda.settled)
    assert [await total(here, county, stream) for stream in (unlucky, lucky)] == [1, 2]
