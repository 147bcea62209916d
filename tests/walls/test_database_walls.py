"""That the walls are everywhere: no table, no role, no policy and no function is forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest

from careloop.checks.walls import mighty, stray, unwalled
from chassis.config import Settings
from chassis.migrate import migrate
from chassis.rights import roles_of
from tests.walls.signing_in import SERVICES, Walled, denied, of_every_service, signed_in, two_counties


@pytest.fixture(scope="module")
async def walled(toy_settings: Settings) -> AsyncIterator[Walled]:
    async with two_counties(toy_settings) as walled:
        yield walled


async def test_no_role_is_mighty_and_none_is_a_member_of_another(walled: Walled) -> None:
    assert await mighty(walled.owner) == []
    async with _undone(walled.owner):
        await walled.owner.execute("grant careloop_toy_works to careloop_toy")
        assert await mighty(walled.owner) == ["careloop_toy"]


async def test_every_table_with_a_county_has_row_level_security(walled: Walled) -> None:
    assert await unwalled(walled.owner, list(SERVICES)) == []
    async with signed_in(walled.settings.keys_database_url()) as keys:
        assert await unwalled(keys, ["public"]) == []
    async with _undone(walled.owner):
        await walled.owner.execute("create table toy.new (county text)")
        await walled.owner.execute("alter table toy.head no force row level security")
        assert await unwalled(walled.owner, ["toy"]) == ["toy.head", "toy.new"]


async def test_no_policy_gives_more_than_one_county_to_any_but_works(walled: Walled) -> None:
    query = (
        "select schemaname, tablename, policyname, roles::text[], qual, with_check from pg_policies"
        " where schemaname = any($1::text[])"
    )
    owner = await walled.owner.fetchval("select current_user")
    one_county = "(county = current_setting('careloop.county'::text, true))"
    for schema, table, name, roles, using, check in await walled.owner.fetch(query, list(SERVICES)):
        own, works = roles_of(schema)
        expected = {
            "one_county": ({own, "careloop_auditor"}, one_county, one_county),
            "all_counties": ({works, owner}, "true", "true"),
        }
        assert (set(roles), using, check) == expected[name], (schema, table)


async def test_only_one_function_runs_as_its_owner(walled: Walled) -> None:
    query = (
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where p.prosecdef and n.nspname = any($1::text[])"
    )
    found = [row[0] for row in await walled.owner.fetch(query, [*SERVICES, "public"])]
    assert found == ["providers.visits_with_photos(text[])"]


async def test_the_way_to_the_index_of_photos_keeps_to_the_county(walled: Walled) -> None:
    insertion = (
        "insert into providers.visits select (jsonb_populate_record(visit, jsonb_build_object('id', gen_random_uuid(),"
        " 'photos', jsonb_build_array($2::text)))).* from providers.visits visit where county = $1"
    )
    photo = uuid4().hex
    for county in (walled.own, walled.other):
        await walled.owner.execute(insertion, county, photo)
    query = "select count(*) from providers.visits_with_photos(array[$1::text])"
    async with signed_in(walled.settings.service_database_url("providers"), walled.own) as connection:
        assert await connection.fetchval(query, photo) == 1
    async with signed_in(walled.settings.service_database_url("providers")) as connection:
        assert await connection.fetchval(query, photo) == 0
    async with signed_in(walled.settings.auditor_database_url(), walled.own) as connection:
        assert await denied(connection.fetchval(query, photo))


@of_every_service
async def test_rights_are_as_declared_and_what_was_changed_by_hand_is_put_right(walled: Walled, service: str) -> None:
    assert await stray(walled.owner, service) == []
    await walled.owner.execute(f"grant update (hash), delete on {service}.events to careloop_{service}")
    await walled.owner.execute(f"grant select on {service}.events to public")
    await walled.owner.execute(f"revoke insert on {service}.events from careloop_{service}")
    await walled.owner.execute(f"alter table {service}.parked disable row level security")
    assert len(await stray(walled.owner, service)) == 4
    await migrate([one for one in walled.services if one.name == service], walled.settings)
    assert await stray(walled.owner, service) == []
    assert await unwalled(walled.owner, [service]) == []


@asynccontextmanager
async def _undone(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """What is done in here is taken back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()
