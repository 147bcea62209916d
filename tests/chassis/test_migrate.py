"""What each database role may and may not do, tried by connecting as it."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from chassis.config import Settings
from chassis.migrate import migrate
from services.declared import declared
from tests.chassis import toy


async def connect(settings: Settings, service: str) -> asyncpg.Connection:
    return await asyncpg.connect(settings.service_database_url(service))


@pytest.fixture(scope="module")
async def both(toy_settings: Settings) -> Settings:
    """The toy service and a real one in the same database."""
    await migrate([toy.service, *declared(["charity"])], toy_settings)
    return toy_settings


async def test_a_second_migration_changes_nothing(both: Settings) -> None:
    await migrate([toy.service], both)


async def test_a_service_does_not_read_anothers_schema(both: Settings) -> None:
    connection = await connect(both, "toy")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("select * from charity.events")
    finally:
        await connection.close()


@pytest.mark.parametrize("table", ["events", "public_log"])
@pytest.mark.parametrize("statement", ["delete from {}", "update {} set hash = ''", "truncate {}"])
async def test_a_service_cannot_alter_its_log(both: Settings, table: str, statement: str) -> None:
    connection = await connect(both, "toy")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement.format(table))
    finally:
        await connection.close()


async def test_a_service_sees_only_its_own_peoples_keys(both: Settings) -> None:
    person = uuid4()
    insert = "insert into person_keys (service, county, person, key) values ($1, 'c', $2, 'k')"
    mine = await asyncpg.connect(both.service_keys_url("toy"))
    other = await asyncpg.connect(both.service_keys_url("charity"))
    try:
        await mine.execute(insert, "toy", person)
        assert await mine.fetchval("select count(*) from person_keys where person = $1", person) == 1
        assert await other.fetchval("select count(*) from person_keys where person = $1", person) == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await other.execute(insert, "toy", uuid4())
    finally:
        await mine.close()
        await other.close()
