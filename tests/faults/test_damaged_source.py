"""A row gone from a source's public log, and an event that cannot be applied: named, never settled over, mended."""

from __future__ import annotations

from datetime import timedelta

import asyncpg
import httpx2
import pytest

from chassis.applying import MISSING
from tests.faults.load import caller
from tests.faults.oracles import broken
from tests.faults.system import System
from tests.faults.waiting import until
from tests.journeys.client import VERIFIER, Answer, Client, Command
from tests.journeys.county import County, shanghai

PEOPLE = 2
PARKED = "select position, reason from settlement.parked where county = $1 and source = 'orders' order by position"
LAST = "select * from orders.public_log where county = $1 order by position desc limit 1"


async def parked(county: County) -> list[tuple[int, str]]:
    """Position and reason of what settlement has set aside."""
    return [tuple(row) for row in await county.connection.fetch(PARKED, county.code)]


async def served(county: County) -> list[str]:
    """The orders of a month that is over, whose visits wait for their verification."""
    await county.help_all(range(1, PEOPLE + 1))
    await county.rest()
    await county.accept_offers()
    await county.rest()
    await county.client.move_clock(shanghai(county.last, 20))
    await county.report_visits()
    await county.client.move_clock(shanghai(county.last + timedelta(days=1), 1))
    await county.rest()
    return [order["id"] for order in await county.client.rows("orders", "/v1/orders?state=completed")]


def verification(order: str) -> Command:
    """A person accepts the order."""
    path, key = f"/v1/orders/{order}/verification", f"verify:{order}"
    return Command(service="orders", path=path, body={"result": "accepted"}, by=VERIFIER, key=key)


async def asked_to_close(county: County) -> Answer:
    """The answer to a request for the close."""
    return await county.client.post("settlement", f"/v1/months/{county.month}/close")


async def settled(county: County) -> None:
    """What is left of the month, to its close."""
    await county.verify_all()
    await county.rest()
    await county.close()


async def told_and_lost(up: System, county: County, order: str) -> asyncpg.Record:
    """An acceptance that was committed and told nobody, and whose row is then deleted; the row.

    The process dies between commit and publication; nothing else is written in the quiet system.
    """
    await up.down()
    await up.up("after_commit:1")
    once = Client(up.settings, county.code)
    with pytest.raises(httpx2.TransportError):
        await once.send(verification(order))
    await once.close()
    await up.died("after_commit")
    row = await county.connection.fetchrow(LAST, county.code)
    assert row is not None
    assert row["type"] == "orders.order_verified.v1"
    delete = "delete from orders.public_log where county = $1 and position = $2"
    assert await county.connection.execute(delete, county.code, row["position"]) == "DELETE 1"
    up.kills.append("row of orders.public_log")
    return row


async def put_back(county: County, row: asyncpg.Record) -> None:
    """The row as a copy of the log has it."""
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    insert = f"insert into orders.public_log ({', '.join(row.keys())}) values ({places})"
    await county.connection.execute(insert, *row.values())


async def test_a_row_missing_at_its_source_is_named_and_no_month_is_closed_over_it(up: System, county: County) -> None:
    first, second, *_ = await served(county)
    row = await told_and_lost(up, county, first)
    await up.up()
    await caller(county).send(verification(second))
    await until(lambda: _is(county, [(row["position"], MISSING)]))
    refused = await asked_to_close(county)
    assert (refused.code, refused.body["facts"]["named"]) == ("month.events_parked", f"orders/{row['position']}")
    audit = up.command("audit", "verify")
    assert audit.returncode == 1
    assert f"position {row['position']} is missing" in " ".join(audit.stdout.split())
    await put_back(county, row)
    await until(lambda: _is(county, []))
    await settled(county)
    # The relay has gone on without the row, so the stream keeps its hole: what was missing came by the feed.
    [hole] = await broken(up, county, PEOPLE)
    assert hole.startswith("the stream of orders")


async def test_an_event_that_cannot_be_applied_stops_the_close_until_it_is_retried(up: System, county: County) -> None:
    first, *_ = await served(county)
    refuse = "alter table settlement.facts add constraint poison check (county <> '{}' or kind <> 'service') not valid"
    await county.connection.execute(refuse.format(county.code))
    try:
        await caller(county).send(verification(first))
        await until(lambda: _some(county))
        [(position, reason)] = await parked(county)
        assert reason.startswith("CheckViolationError")
        refused = await asked_to_close(county)
        assert (refused.code, refused.body["facts"]["named"]) == ("month.events_parked", f"orders/{position}")
        assert f"orders {position}" in up.command("park", "list").stdout
        in_vain = await county.client.post("settlement", f"/v1/parked/orders/{position}/retry")
        assert in_vain.body == {"still_parked": 1}
    finally:
        await county.connection.execute("alter table settlement.facts drop constraint poison")
    again = up.command("park", "retry", "settlement", county.code, "orders", str(position))
    assert (again.returncode, '"still_parked":0' in again.stdout) == (0, True)
    assert await parked(county) == []
    await settled(county)
    assert await broken(up, county, PEOPLE) == []


async def _is(county: County, expected: list[tuple[int, str]]) -> bool:
    return await parked(county) == expected


async def _some(county: County) -> bool:
    return await parked(county) != []
