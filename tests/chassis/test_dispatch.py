"""The batch dispatch on the real tables: once, in order, gapless, and right when two processes write."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.chain import genesis, link_event, link_public
from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Behind, Dispatch, KeyReused, Poisoned
from chassis.kernel import NotYet, Rejected
from chassis.recorder import microseconds
from chassis.service import Ask, Heard, Hearing, Outcome, Reply, Step
from tests.chassis import toy
from tests.chassis.toy import Add

AT = datetime(2024, 11, 1, tzinfo=UTC)


def total(outcomes: tuple[Outcome, ...]) -> Reply:
    return Reply(status=201, body=str(outcomes[0].state.total).encode())


def add(county: str, amount: int, stream: UUID | None = None, **more: Any) -> Ask:
    key = more.pop("key", str(uuid4()))
    request_hash = more.pop("request_hash", b"")
    command = Add(amount=amount, at=AT, **more)
    step = Step(decider=toy.counter, stream=stream or uuid4(), command=command)
    return Ask(county=county, steps=(step,), key=key, request_hash=request_hash, reply=total)


def heard(county: str, position: int, amount: int, subject: UUID) -> Heard:
    body = f'{{"amount": {amount}}}'.encode()
    return Heard(
        source="other", county=county, position=position, event_id=uuid.uuid5(subject, str(position)),
        type="toy.added.v1", subject=subject, body=body, recorded_at=AT,
    )  # fmt: skip


def hearing(county: str, *messages: Heard) -> Hearing:
    steps = tuple(step for message in messages for step in toy.heard_added(message))
    return Hearing(
        county=county, source="other", epoch=UUID(int=1), through=messages[-1].position, messages=messages, steps=steps
    )


@pytest.fixture
def county() -> str:
    return uuid4().hex[:12]


@pytest.fixture
async def dispatch(toy_settings: Settings, toy_database: Database) -> AsyncIterator[Dispatch]:
    dispatch = Dispatch(toy.service, toy_database, toy_settings, Clock())
    yield dispatch
    await dispatch.stop()


@pytest.fixture
async def another(toy_settings: Settings) -> AsyncIterator[Dispatch]:
    """A second process's dispatch, with connections and caches of its own."""
    database = await Database.open("toy", toy_settings)
    dispatch = Dispatch(toy.service, database, toy_settings, Clock())
    yield dispatch
    await dispatch.stop()
    await database.close()


async def positions(database: Database, county: str, table: str = "events") -> list[int]:
    rows = await database.fetch(f"select position from {table} where county = $1 order by 1", county)
    return [row[0] for row in rows]


async def test_an_answer_is_given_after_the_commit(dispatch: Dispatch, county: str, toy_database: Database) -> None:
    assert (await dispatch.ask(add(county, 5))).body == b"5"
    assert await positions(toy_database, county) == [1]
    assert await toy_database.fetchval("select total from counters where county = $1", county) == 5


async def test_a_key_is_answered_once(dispatch: Dispatch, county: str, toy_database: Database) -> None:
    ask = add(county, 5)
    assert [await dispatch.ask(ask), await dispatch.ask(ask)] == [Reply(status=201, body=b"5")] * 2
    together = add(county, 7)
    assert len(set(await asyncio.gather(*(dispatch.ask(together) for _ in range(5))))) == 1
    assert await positions(toy_database, county) == [1, 2]


async def test_a_key_with_another_body_is_refused(dispatch: Dispatch, county: str) -> None:
    await dispatch.ask(add(county, 5, key="k", request_hash=b"one"))
    with pytest.raises(KeyReused):
        await dispatch.ask(add(county, 6, key="k", request_hash=b"two"))


async def test_a_refusal_writes_nothing_and_spares_the_others(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    answers = await asyncio.gather(
        dispatch.ask(add(county, 1)),
        dispatch.ask(add(county, -1)),
        dispatch.ask(add(county, 2)),
        return_exceptions=True,
    )
    assert answers[1] == Rejected("counter.negative", total=0)
    assert await positions(toy_database, county) == [1, 2]
    assert await toy_database.fetchval("select count(*) from inbox where county = $1", county) == 2


async def test_many_at_once_leave_no_gap_and_lose_no_addition(
    dispatch: Dispatch, another: Dispatch, county: str, toy_database: Database
) -> None:
    streams = [uuid4() for _ in range(5)]
    asks = [add(county, 1, streams[i % 5]) for i in range(400)]
    await asyncio.gather(*((dispatch if i % 2 else another).ask(ask) for i, ask in enumerate(asks)))
    assert await positions(toy_database, county) == list(range(1, 401))
    assert await positions(toy_database, county, "public_log") == list(range(1, 401))
    rows = await toy_database.fetch("select total from counters where county = $1", county)
    assert [row[0] for row in rows] == [80] * 5


async def test_a_limit_over_many_streams_holds_between_processes(
    dispatch: Dispatch, another: Dispatch, county: str, toy_database: Database
) -> None:
    asks = [add(county, 7, owner="Li") for _ in range(40)]
    answers = await asyncio.gather(
        *((dispatch if i % 2 else another).ask(ask) for i, ask in enumerate(asks)), return_exceptions=True
    )
    assert sum(isinstance(answer, Reply) for answer in answers) == toy.LIMIT // 7
    assert await toy_database.fetchval("select sum(total) from counters where county = $1", county) == 98


async def test_both_chains_verify(dispatch: Dispatch, county: str, toy_database: Database) -> None:
    await asyncio.gather(*(dispatch.ask(add(county, i)) for i in range(1, 30)))
    link = genesis("toy", county, "events")
    for row in await toy_database.fetch("select * from events where county = $1 order by position", county):
        link = link_event(
            link, row["position"], row["originator_id"], row["originator_version"], row["topic"], row["state"],
            row["metadata"], microseconds(row["recorded_at"]),
        )  # fmt: skip
        assert link == row["hash"]
    public = genesis("toy", county, "public_log")
    for row in await toy_database.fetch("select * from public_log where county = $1 order by position", county):
        public = link_public(
            public, row["position"], row["event_id"], row["type"], row["subject"], row["body"],
            microseconds(row["recorded_at"]),
        )  # fmt: skip
        assert public == row["hash"]
    head = await toy_database.fetchrow("select * from head where county = $1", county)
    assert (head["hash"], head["public_hash"]) == (link, public)


async def test_an_event_causes_steps_on_other_streams_in_the_same_transaction(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    other = uuid4()
    await dispatch.ask(add(county, 5, copy_to=other))
    assert await toy_database.fetchval("select total from counters where county = $1 and id = $2", county, other) == 5


async def test_what_is_due_later_stands_on_the_agenda_once(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    stream = uuid4()
    await dispatch.ask(add(county, 1, stream, later=True))
    await dispatch.ask(add(county, 1, stream, later=True))
    rows = await toy_database.fetch("select due_at, reason, stream from agenda where county = $1", county)
    assert [tuple(row) for row in rows] == [(AT + timedelta(hours=1), "add_one", stream)]


async def test_a_cancelled_callers_command_is_carried_out(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    task = asyncio.create_task(dispatch.ask(add(county, 5)))
    await asyncio.sleep(0)
    task.cancel()
    await dispatch.ask(add(county, 1))
    assert await toy_database.fetchval("select sum(total) from counters where county = $1", county) == 6


async def test_messages_are_applied_once_with_their_tracking(
    dispatch: Dispatch, another: Dispatch, county: str, toy_database: Database
) -> None:
    subject = uuid4()
    batch = hearing(county, heard(county, 1, 3, subject), heard(county, 2, 4, subject))
    results = await asyncio.gather(dispatch.hear(batch), another.hear(batch), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Behind", "NoneType"]
    with pytest.raises(Behind):
        await dispatch.hear(batch)
    assert await toy_database.fetchval("select total from counters where county = $1", county) == 7
    assert await toy_database.fetchval("select position from tracking where county = $1", county) == 2


async def test_a_message_that_cannot_be_applied_is_named_and_nothing_is_written(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    with pytest.raises(Poisoned) as poisoned:
        await dispatch.hear(hearing(county, heard(county, 1, 3, uuid4()), heard(county, 2, 13, uuid4())))
    assert poisoned.value.position == 2
    with pytest.raises(NotYet):
        await dispatch.hear(hearing(county, heard(county, 1, 14, uuid4())))
    assert await positions(toy_database, county) == []


async def test_a_parked_message_waits_with_its_reason(dispatch: Dispatch, county: str, toy_database: Database) -> None:
    poison, good = heard(county, 1, 13, uuid4()), heard(county, 2, 3, uuid4())
    steps = tuple(toy.heard_added(good))
    await dispatch.hear(
        Hearing(
            county=county,
            source="other",
            epoch=UUID(int=1),
            through=2,
            messages=(good,),
            steps=steps,
            parked=((poison, "RuntimeError: a bug", 3),),
        )
    )
    row = await toy_database.fetchrow("select position, reason, tries from parked where county = $1", county)
    assert tuple(row) == (1, "RuntimeError: a bug", 3)


async def test_states_are_read_again_after_a_restart(dispatch: Dispatch, another: Dispatch, county: str) -> None:
    stream = uuid4()
    await dispatch.ask(add(county, 5, stream))
    assert (await another.ask(add(county, 1, stream))).body == b"6"
    assert (await dispatch.ask(add(county, 1, stream))).body == b"7"


async def test_a_killed_connection_loses_no_answered_command(
    dispatch: Dispatch, county: str, toy_database: Database, toy_settings: Settings
) -> None:
    admin = await asyncpg.connect(toy_settings.database_url)
    asks = [asyncio.create_task(dispatch.ask(add(county, 1))) for _ in range(200)]
    for _ in range(5):
        await asyncio.sleep(0.002)
        await admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'careloop_toy'")
    await asyncio.gather(*asks)
    await admin.close()
    assert await positions(toy_database, county) == list(range(1, 201))


async def test_tracking_never_goes_back_within_an_epoch(
    dispatch: Dispatch, another: Dispatch, county: str, toy_database: Database
) -> None:
    subject = uuid4()
    await dispatch.hear(hearing(county, *(heard(county, position, 1, subject) for position in range(1, 6))))
    nothing_to_do = Hearing(county=county, source="other", epoch=UUID(int=1), through=2, messages=(), steps=())
    with pytest.raises(Behind):
        await another.hear(nothing_to_do)
    assert await toy_database.fetchval("select position from tracking where county = $1", county) == 5
    await another.hear(replace(nothing_to_do, epoch=UUID(int=2)))
    assert await toy_database.fetchval("select position from tracking where county = $1", county) == 2


async def test_a_message_heard_again_leaves_tracking_alone_and_is_no_longer_parked(
    dispatch: Dispatch, county: str, toy_database: Database
) -> None:
    subject = uuid4()
    parked = heard(county, 1, 0, subject)
    first = Hearing(
        county=county, source="other", epoch=UUID(int=1), through=1, messages=(), steps=(), parked=((parked, "x", 3),)
    )
    await dispatch.hear(first)
    await dispatch.hear(hearing(county, heard(county, 2, 1, uuid4())))
    again = replace(first, messages=(parked,), steps=tuple(toy.heard_added(parked)), parked=(), redriven=(1,))
    await dispatch.hear(again)
    assert await toy_database.fetchval("select position from tracking where county = $1", county) == 2
    assert await toy_database.fetchval("select count(*) from parked where county = $1", county) == 0
