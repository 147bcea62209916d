"""What a service's own database role may and may not do, and nobody else either, tried by signing in as it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from careloop.checks.walls import stray
from chassis.config import Settings
from tests.walls.signing_in import SERVICES, Walled, a_county, denied, of_every_service, signed_in, two_counties, url_of

APPENDED = ("events", "public_log", "vault_reads")
FORBIDDEN = (
    "create table {service}.mine (county text)",
    "create table public.mine (county text)",
    "create temporary table mine (county text)",
    "create schema mine",
    "create role mine",
    "create database mine",
    "drop table {service}.head",
    "alter table {service}.head disable row level security",
    "alter table {service}.head no force row level security",
    "drop policy one_county on {service}.head",
    "create policy mine on {service}.head using (true)",
    "set role careloop_{service}",
    "set role careloop_{service}_works",
    "set role careloop_auditor",
    "set role {owner}",
    "set session authorization {owner}",
    "alter role {this} bypassrls",
    "select pg_read_file('/etc/passwd')",
    "copy {service}.head to program 'true'",
)


@pytest.fixture(scope="module")
async def walled(toy_settings: Settings) -> AsyncIterator[Walled]:
    async with two_counties(toy_settings) as walled:
        yield walled


@of_every_service
async def test_a_session_that_names_no_county_sees_no_row(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service)) as connection:
        seen = {
            table: await connection.fetchval(f"select count(*) from {table}") for table in await walled.tables(service)
        }
    assert set(seen.values()) == {0}, seen


@of_every_service
async def test_a_session_sees_the_county_it_names_and_no_other(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        for table in await walled.tables(service):
            rows = await connection.fetch(f"select county, count(*) from {table} group by county")
            assert [tuple(row) for row in rows] == [(walled.own, 1)], table
            assert not await connection.fetch(f"select 1 from {table} where county = $1", walled.other), table


@of_every_service
async def test_a_session_writes_no_row_of_another_county(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        for table in await walled.tables(service):
            insertion = await walled.insertion(service, table)
            assert await denied(connection.execute(insertion, a_county())), table
            assert await denied(connection.execute(f"update {table} set county = $1", walled.other)), table


@of_every_service
async def test_a_session_changes_no_row_of_another_county(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        for table in sorted({*await walled.tables(service)} - {*APPENDED, "inbox"}):
            done = await connection.execute(f"update {table} set county = county where county = $1", walled.other)
            assert done == "UPDATE 0", table
        for table in ("agenda", "parked"):
            assert await connection.execute(f"delete from {table} where county = $1", walled.other) == "DELETE 0"


@of_every_service
async def test_what_is_logged_is_never_altered_and_nothing_is_truncated(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        for table in APPENDED:
            assert await denied(connection.execute(f"update {table} set county = county")), table
        for table in {*await walled.tables(service)} - {"agenda", "parked"}:
            assert await denied(connection.execute(f"delete from {table}")), table
        for table in await walled.tables(service):
            assert await denied(connection.execute(f"truncate {table}")), table


@of_every_service
async def test_a_service_appends_moves_its_head_and_clears_its_agenda(walled: Walled, service: str) -> None:
    county = a_county()
    async with signed_in(walled.settings.service_database_url(service), county) as connection:
        for table in await walled.tables(service):
            assert await connection.execute(await walled.insertion(service, table), county) == "INSERT 0 1", table
        assert await connection.execute("update head set writes = writes + 1 where county = $1", county) == "UPDATE 1"
        for table in ("agenda", "parked"):
            assert await connection.execute(f"delete from {table} where county = $1", county) == "DELETE 1"
    for table in await walled.tables(service):
        await walled.owner.execute(f"delete from {service}.{table} where county = $1", county)


@of_every_service
@pytest.mark.parametrize("which", ["own", "works"])
async def test_nobody_reads_the_schema_of_another_service(walled: Walled, service: str, which: str) -> None:
    own, works = walled.settings.service_database_url(service), walled.settings.works_database_url(service)
    async with signed_in(own if which == "own" else works, walled.own) as connection:
        for another in sorted({*SERVICES} - {service}):
            for table in await walled.tables(another):
                assert await denied(connection.fetch(f"select county from {another}.{table}")), (another, table)


@of_every_service
@pytest.mark.parametrize("which", ["own", "works", "auditor"])
async def test_nobody_makes_a_table_or_becomes_another(walled: Walled, service: str, which: str) -> None:
    owner = await walled.owner.fetchval("select current_user")
    async with signed_in(url_of(walled, service, which)) as connection:
        this = await connection.fetchval("select current_user")
        for statement in FORBIDDEN:
            text = statement.format(service=service, owner=owner, this=this)
            assert text == f"set role {this}" or await denied(connection.execute(text)), text


async def test_nobody_hands_on_what_it_may_itself(walled: Walled) -> None:
    async with signed_in(walled.settings.service_database_url("toy")) as connection:
        await connection.execute("grant select on events to public")
        await connection.execute("grant select on head to careloop_toy_works")
    assert await stray(walled.owner, "toy") == []


@of_every_service
async def test_row_security_turned_off_is_an_error_and_not_a_way_in(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        await connection.execute("set row_security = off")
        for table in await walled.tables(service):
            assert await denied(connection.fetch(f"select county from {table}")), table


async def test_a_service_sees_the_keys_of_its_own_people_in_the_county_it_names(walled: Walled) -> None:
    insert = "insert into person_keys (county, service, person, key) values ($1, $2, $3, 'k')"
    seen = "select count(*) from person_keys where person = $1"
    person, settings = uuid4(), walled.settings
    async with signed_in(settings.service_keys_url("toy"), walled.own) as connection:
        await connection.execute(insert, walled.own, "toy", person)
        assert await connection.fetchval(seen, person) == 1
        assert await denied(connection.execute(insert, walled.own, "charity", uuid4()))
        assert await denied(connection.execute(insert, walled.other, "toy", uuid4()))
        assert await denied(connection.execute("delete from person_keys"))
        assert await denied(connection.execute("truncate person_keys"))
        assert await denied(connection.execute("create table mine (county text)"))
    for url, county in (
        (settings.service_keys_url("toy"), walled.other),
        (settings.service_keys_url("toy"), None),
        (settings.service_keys_url("charity"), walled.own),
    ):
        async with signed_in(url, county) as connection:
            assert await connection.fetchval(seen, person) == 0


@pytest.mark.parametrize("role", ["auditor", "orders_works"])
async def test_who_opens_nothing_cannot_enter_the_key_database(walled: Walled, role: str) -> None:
    keys = walled.settings.service_keys_url(role)
    assert await denied(asyncpg.connect(keys))


async def test_a_wrong_password_is_refused(walled: Walled) -> None:
    others = walled.settings.model_copy(update={"role_secret": walled.settings.token_secret})
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(others.service_database_url("orders"))


@pytest.mark.parametrize("which", ["own", "works", "auditor"])
async def test_a_session_has_limits_whoever_opens_it(walled: Walled, which: str) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    async with signed_in(url_of(walled, "orders", which)) as connection:
        assert [await connection.fetchval("select current_setting($1)", name) for name in names] == [
            "30s",
            "10s",
            "1min",
        ]
