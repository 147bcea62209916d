"""What the works' and the auditor's database roles see, and that they change nothing, tried by signing in as them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from chassis.config import Settings
from chassis.rights import UNSEEN_BY_AUDITOR
from tests.walls.signing_in import Walled, a_county, denied, of_every_service, signed_in, two_counties

WORKS_SEES = {"head": "county, public_position, epoch", "agenda": "*", "tracking": "*"}
WORKS_SEES |= {"parked": "county, source, position, reason", "inbox": "county, key, received_at"}


@pytest.fixture(scope="module")
async def walled(toy_settings: Settings) -> AsyncIterator[Walled]:
    async with two_counties(toy_settings) as walled:
        yield walled


@of_every_service
async def test_works_sees_where_work_is_in_all_counties(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.works_database_url(service)) as connection:
        for table, columns in WORKS_SEES.items():
            rows = await connection.fetch(f"select {columns} from {table}")
            assert {walled.own, walled.other} <= {row["county"] for row in rows}, table


@of_every_service
async def test_works_reads_no_content_and_writes_nothing(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.works_database_url(service)) as connection:
        for table in await walled.tables(service):
            if table not in ("agenda", "tracking"):
                assert await denied(connection.fetch(f"select * from {table}")), table
            if table not in WORKS_SEES:
                assert await denied(connection.fetch(f"select county from {table}")), table
            assert await denied(connection.execute(await walled.insertion(service, table), a_county())), table
            assert await denied(connection.execute(f"update {table} set county = county")), table
            if table != "inbox":
                assert await denied(connection.execute(f"delete from {table}")), table


async def test_works_sweeps_kept_answers_of_every_county(walled: Walled) -> None:
    insertion, swept = await walled.insertion("toy", "inbox"), (a_county(), a_county())
    for county in swept:
        await walled.owner.execute(insertion, county)
    async with signed_in(walled.settings.works_database_url("toy")) as connection:
        query = "delete from inbox where received_at <= now() and county = any($1::text[])"
        assert await connection.execute(query, list(swept)) == "DELETE 2"


@of_every_service
async def test_the_auditor_reads_one_county_and_nothing_that_is_sealed(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.auditor_database_url(), walled.own) as connection:
        for table in await walled.tables(service):
            query = f"select distinct county from {service}.{table}"
            if table in UNSEEN_BY_AUDITOR:
                assert await denied(connection.fetch(query)), table
                continue
            assert [row[0] for row in await connection.fetch(query)] == [walled.own], table
            for column in await _sealed(walled, service, table):
                assert await denied(connection.fetch(f"select {column} from {service}.{table}")), (table, column)


@of_every_service
async def test_the_auditor_who_names_no_county_sees_no_row(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.auditor_database_url()) as connection:
        for table in {*await walled.tables(service)} - UNSEEN_BY_AUDITOR:
            assert await connection.fetchval(f"select count(county) from {service}.{table}") == 0, table


@of_every_service
async def test_the_auditor_writes_nothing(walled: Walled, service: str) -> None:
    async with signed_in(walled.settings.auditor_database_url(), walled.own) as connection:
        for table in await walled.tables(service):
            assert await denied(connection.execute(await walled.insertion(service, table), walled.own)), table
            assert await denied(connection.execute(f"update {service}.{table} set county = county")), table
            assert await denied(connection.execute(f"delete from {service}.{table}")), table


async def _sealed(walled: Walled, service: str, table: str) -> list[str]:
    query = (
        "select attname::text from pg_attribute where attrelid = $1::text::regclass and attnum > 0"
        " and (attname like '%\\_box' or attname = 'id_index')"
    )
    return [row[0] for row in await walled.owner.fetch(query, f"{service}.{table}")]
