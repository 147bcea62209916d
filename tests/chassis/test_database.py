"""A connection sees the county it is asked for, whatever it has seen before and however that ended."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.service import Ask, Step
from tests.chassis import toy

ALL = "select county, total from counters"
SEEN = "select current_setting('careloop.county', true)"


@pytest.fixture
async def one_connection(toy_settings: Settings) -> AsyncIterator[Database]:
    """A database of one connection, so that every county gets the one that another county had."""
    database = await Database.open("toy", toy_settings.model_copy(update={"pool_max": 1}))
    yield database
    await database.close()


@pytest.fixture
async def counties(toy_settings: Settings, toy_database: Database) -> list[str]:
    """Counties with one counter each: the first holds 1, the second 2, and so on."""
    names = [uuid4().hex[:12] for _ in range(4)]
    dispatch = Dispatch(toy.service, toy_database, toy_settings, Clock())
    for amount, county in enumerate(names, 1):
        command = toy.Add(amount=amount, at=datetime(2024, 11, 1, tzinfo=UTC))
        step = Step(decider=toy.counter, stream=uuid4(), command=command)
        await dispatch.ask(Ask(county=county, steps=(step,), key=str(uuid4())))
    await dispatch.stop()
    return names


async def _rows(database: Database, county: str) -> list[tuple[str, int]]:
    """All rows of a query that forgets to name its county."""
    async with database.at(county) as connection:
        return [tuple(row) for row in await connection.fetch(ALL)]


async def test_a_query_that_forgets_its_county_sees_that_of_the_block_only(
    one_connection: Database, counties: list[str]
) -> None:
    for amount, county in [*enumerate(counties, 1), *enumerate(counties, 1)]:
        assert await _rows(one_connection, county) == [(county, amount)]
    assert await _rows(one_connection, "") == []


async def test_requests_side_by_side_never_see_each_other(toy_database: Database, counties: list[str]) -> None:
    amounts = {county: amount for amount, county in enumerate(counties, 1)}
    asked = random.Random(7).choices(counties, k=200)
    seen = await asyncio.gather(*(_rows(toy_database, county) for county in asked))
    assert seen == [[(county, amounts[county])] for county in asked]


async def test_the_setting_travels_only_when_the_county_changes(one_connection: Database) -> None:
    sent: list[str] = []

    def note(record: Any) -> None:
        sent.append(record.query)

    async with one_connection.at("a") as connection:
        connection.add_query_logger(note)
    for county in ("a", "a", "b", "b", "a"):
        async with one_connection.at(county) as connection:
            await connection.fetchval("select 1")
    assert sum("set_config" in query for query in sent) == 2


async def test_a_county_that_could_not_be_set_is_set_again(one_connection: Database, counties: list[str]) -> None:
    first, second, *_ = counties
    assert await _rows(one_connection, first) == [(first, 1)]
    with pytest.raises(asyncpg.DataError):
        await _rows(one_connection, 7)  # type: ignore[arg-type]
    assert await _rows(one_connection, first) == [(first, 1)]
    assert await _rows(one_connection, second) == [(second, 2)]


async def test_a_transaction_that_is_rolled_back_leaves_the_county_as_it_was(
    one_connection: Database, counties: list[str]
) -> None:
    first, second, *_ = counties
    async with one_connection.at(first) as borrowed:
        connection: Any = borrowed
        transaction = connection.transaction()
        await transaction.start()
        with pytest.raises(RuntimeError):
            await connection.see(second)
        await transaction.rollback()
    assert await _rows(one_connection, second) == [(second, 2)]
    assert await _rows(one_connection, first) == [(first, 1)]


async def test_a_statement_that_is_cancelled_leaves_the_county_as_it_was(
    one_connection: Database, counties: list[str]
) -> None:
    first, second, *_ = counties
    for county in (first, second):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2), one_connection.at(county) as connection:
                await connection.fetchval("select pg_sleep(30)")
        async with one_connection.at(first) as connection:
            assert await connection.fetchval(SEEN) == first


async def test_a_new_connection_in_the_place_of_a_lost_one_sees_the_county_too(
    one_connection: Database, counties: list[str], toy_settings: Settings
) -> None:
    first = counties[0]
    async with one_connection.at(first) as connection:
        lost = await connection.fetchval("select pg_backend_pid()")
    owner = await asyncpg.connect(toy_settings.database_url)
    await owner.fetchval("select pg_terminate_backend($1, 5000)", lost)
    await owner.close()
    for _ in range(3):
        try:
            assert await _rows(one_connection, first) == [(first, 1)]
            break
        except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError):
            continue
    else:
        pytest.fail("the lost connection is not replaced")


async def test_it_is_ready_only_where_both_roles_are_served(one_connection: Database, toy_settings: Settings) -> None:
    await one_connection.ready()
    owner, another = await asyncpg.connect(toy_settings.database_url), await Database.open("toy", toy_settings)
    try:
        await owner.execute("alter role careloop_toy_works nologin")
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            await another.ready()
    finally:
        await owner.execute("alter role careloop_toy_works login")
        await owner.close()
        await another.close()
