"""A closed month again from the event streams: identical as it stands, and whatever is changed behind it is named.

Changes are made as the database's owner, inside a transaction that is given up afterwards.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import asyncpg
import pytest

from careloop.exchange import write_fact
from careloop.replay import replay_county
from careloop.settle_files import main as settle_files
from careloop.streams import read_streams
from tests.journeys.client import Client
from tests.journeys.county import County, shanghai
from tests.journeys.ground import whole_system

PEOPLE = 3
MONTH = "2024-11"


@dataclass(frozen=True)
class Closed:
    """A county whose November is closed."""

    county: County
    connection: asyncpg.Connection

    async def replay(self) -> int:
        """0 where everything is identical."""
        return await replay_county(self.connection, self.county.code)

    @asynccontextmanager
    async def changed(self, statement: str) -> AsyncIterator[None]:
        """The database as ``statement`` leaves it, for the length of a block."""
        transaction = self.connection.transaction()
        await transaction.start()
        try:
            assert await self.connection.execute(statement) not in ("UPDATE 0", "DELETE 0")
            yield
        finally:
            await transaction.rollback()


@pytest.fixture(scope="module")
async def closed() -> AsyncIterator[Closed]:
    """Three people helped at home, served and settled."""
    async with whole_system(shanghai(date(2024, 10, 20), 9)) as (settings, connection):
        client = Client(settings, "130528")
        county = County(client, connection, MONTH)
        await county.supply()
        await county.help_all(range(1, PEOPLE + 1))
        await client.move_clock(shanghai(county.first, 0, 10))
        await county.rest()
        await county.serve()
        await county.fund()
        await county.close()
        yield Closed(county, connection)
        await client.close()


async def test_what_was_kept_comes_out_again(closed: Closed, capsys: pytest.CaptureFixture[str]) -> None:
    assert await closed.replay() == 0
    assert "identical, difference 0.00" in capsys.readouterr().out


async def test_the_exported_facts_and_packs_alone_give_the_kept_answer(closed: Closed, tmp_path: Path) -> None:
    streams = await read_streams(closed.connection, closed.county.code)
    facts = tmp_path / "facts.jsonl"
    facts.write_text("\n".join(write_fact(fact) for fact in streams.facts), encoding="utf-8")
    packs = []
    for number, document in enumerate(streams.documents.values()):
        packs.append(tmp_path / f"{number}.toml")
        packs[-1].write_text(document, encoding="utf-8")
    out = StringIO()
    assert settle_files(facts, packs, MONTH, None, True, out) == 0
    kept = await closed.county.client.get("settlement", f"/v1/months/{MONTH}/answer")
    assert json.loads(out.getvalue()) == kept
    assert sum(one["payable"]["home_care_destitute"] for one in kept["statements"]) == PEOPLE * 300_00


async def test_an_amount_changed_in_a_kept_statement_is_named(
    closed: Closed, capsys: pytest.CaptureFixture[str]
) -> None:
    change = (
        "update settlement.statements set document ="
        " jsonb_set(document::jsonb, '{lines,0,fen}', '30001')"
    )  # fmt: skip
    async with closed.changed(change):
        assert await closed.replay() == 1
    assert "30001" in "".join(capsys.readouterr().out.split()).replace(",", "")


async def test_an_altered_public_event_is_named_by_its_position(
    closed: Closed, capsys: pytest.CaptureFixture[str]
) -> None:
    position = await closed.connection.fetchval(
        "select min(position) from orders.public_log where type = 'orders.order_verified.v1'"
    )
    body = "replace(convert_from(body, 'UTF8'), '\"units\":1', '\"units\":2')"
    change = f"update orders.public_log set body = convert_to({body}, 'UTF8') where position = {position}"
    async with closed.changed(change):
        assert await closed.replay() == 1
    told = " ".join(capsys.readouterr().out.split())
    assert f"position {position} (orders.order_verified.v1" in told
    assert "was altered" in told


async def test_a_public_event_that_is_gone_stops_the_replay_and_is_named(
    closed: Closed, capsys: pytest.CaptureFixture[str]
) -> None:
    async with closed.changed("delete from orders.public_log where position = 5"):
        assert await closed.replay() == 1
    assert "position 5 is missing" in " ".join(capsys.readouterr().out.split())


async def test_statements_that_are_gone_are_rebuilt_from_the_log(
    closed: Closed, capsys: pytest.CaptureFixture[str]
) -> None:
    async with closed.changed("delete from settlement.statements"):
        assert await closed.replay() == 0
    assert "have been rebuilt from the log" in " ".join(capsys.readouterr().out.split())
