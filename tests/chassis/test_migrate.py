"""Migrations change nothing twice, and bring a database of the first version up to date with all its rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from chassis.config import Settings
from chassis.database import Counties, Database
from chassis.migrate import migrate
from chassis.rights import declared, given
from chassis.tables import KEYS_VERSION_1
from services.declared import declared as declared_services
from tests.chassis import toy

STATE = "select c.oid, c.relacl::text, c.relrowsecurity, c.xmin::text from pg_class c order by c.oid"


@pytest.fixture
async def older(toy_settings: Settings) -> AsyncIterator[Settings]:
    """A database as the first version left it: its schema, its keys, and a role that may do everything there."""
    name, owner = f"older_{uuid4().hex[:12]}", await asyncpg.connect(toy_settings.database_url)
    address = urlunsplit(urlsplit(toy_settings.database_url)._replace(path=f"/{name}"))
    settings = toy_settings.model_copy(update={"database_url": address})
    try:
        await owner.execute(f"create database {name}")
        await owner.execute(f"create database {name}_keys")
        keys = await asyncpg.connect(settings.keys_database_url())
        await keys.execute(KEYS_VERSION_1)
        await keys.close()
        await migrate([toy.service, *declared_services(["settlement"])], settings, through="0001")
        yield settings
    finally:
        await owner.execute(f"drop database if exists {name} with (force)")
        await owner.execute(f"drop database if exists {name}_keys with (force)")
        await owner.close()


async def test_a_second_migration_changes_nothing(toy_settings: Settings) -> None:
    owner = await asyncpg.connect(toy_settings.database_url)
    try:
        before = await owner.fetch(STATE)
        await migrate([toy.service], toy_settings)
        assert await owner.fetch(STATE) == before
    finally:
        await owner.close()


async def test_rows_of_the_first_version_are_read_in_their_county_after_the_second(older: Settings) -> None:
    county, person = uuid4().hex[:12], uuid4()
    await _old_rows(older, county, person)
    await migrate([toy.service], older)
    database = await Database.open("toy", older)
    keys = await Counties.connect(older.service_keys_url("toy"), older)
    try:
        assert await database.fetchval("select total from counters where county = $1", county) == 7
        assert await database.fetchval("select trace from public_log where county = $1", county) == ""
        assert await database.fetchval("select count(*) from counters where county <> $1", county) == 0
        assert await keys.fetchval("select key from person_keys where county = $1", county) == b"key"
        assert await keys.fetchval("select count(*) from person_keys where county <> $1", uuid4().hex[:12]) == 0
    finally:
        await database.close()
        await keys.close()


async def test_who_signed_a_statement_of_the_first_version_stands_in_its_columns_after_the_second(
    older: Settings,
) -> None:
    signed = '{"approvals": [{"by": "a", "body": "county"}, {"by": "b", "body": "finance"}]}'
    owner = await asyncpg.connect(older.database_url)
    try:
        for status, told in (("paid", signed), ("final", '{"approvals": []}')):
            await owner.execute(
                "insert into settlement.statements values ('990101', gen_random_uuid(), '2024-11', 'p', 'q', $1, 1, '',"
                " now(), now(), $2, '{}')",
                status,
                told,
            )
        await migrate(declared_services(["settlement"]), older)
        names = "signed_by, signed_for, countersigned_by, countersigned_for"
        rows = [tuple(row) for row in await owner.fetch(f"select {names} from settlement.statements order by 1")]
    finally:
        await owner.close()
    assert rows == [("", "", "", ""), ("a", "county", "b", "finance")]


async def test_what_the_first_version_granted_is_taken_back(older: Settings) -> None:
    owner = await asyncpg.connect(older.database_url)
    try:
        await owner.execute("grant select, insert, update, delete on all tables in schema toy to careloop_toy")
        await migrate([toy.service], older)
        assert await given(owner, "toy") == await declared(owner, "toy")
    finally:
        await owner.close()


async def _old_rows(settings: Settings, county: str, person: object) -> None:
    """What an older process left behind, of the county and of another one."""
    owner = await asyncpg.connect(settings.database_url, server_settings={"search_path": "toy"})
    keys = await asyncpg.connect(settings.keys_database_url())
    try:
        for one in (county, uuid4().hex[:12]):
            await owner.execute("insert into counters values ($1, $2, 7, '')", one, uuid4())
            await owner.execute(
                "insert into public_log values ($1, 1, $2, 'toy.added.v1', $2, '{}', now(), '')", one, uuid4()
            )
            await keys.execute("insert into person_keys values ('toy', $1, $2, 'key')", one, person)
    finally:
        await owner.close()
        await keys.close()
