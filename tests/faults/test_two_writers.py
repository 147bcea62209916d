"""Two processes that write in one county: what one has written, the other's refusals know of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from tests.chassis import toy

AT = datetime(2024, 11, 1, tzinfo=UTC)


@pytest.fixture
async def two(toy_settings: Settings) -> AsyncIterator[tuple[Dispatch, Dispatch]]:
    """Two dispatches of the toy service, each with its own memory of what it has decided."""
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(2):
            database = await Database.open("toy", toy_settings)
            stack.push_async_callback(database.close)
            dispatch = Dispatch(toy.service, database, toy_settings, Clock())
            stack.push_async_callback(dispatch.stop)
            made.append(dispatch)
        yield made[0], made[1]


async def add(dispatch: Dispatch, county: str, stream: UUID, amount: int) -> None:
    step = Step(decider=toy.counter, stream=stream, command=toy.Add(amount=amount, at=AT))
    await dispatch.ask(Ask(county=county, steps=(step,), key=str(uuid4())))


async def test_a_refusal_rests_on_what_the_other_process_has_written(two: tuple[Dispatch, Dispatch]) -> None:
    one, other = two
    county, stream = uuid4().hex[:12], uuid4()
    await add(one, county, stream, 1)
    await add(other, county, stream, 2)
    with pytest.raises(Rejected) as refused:
        await add(one, county, stream, -1)
    assert refused.value.facts == {"total": 3}
