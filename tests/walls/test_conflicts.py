"""Two duties that one person may not have: refused by the database too, whatever code writes, and refused in words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.kernel import Rejected
from chassis.migrate import migrate
from chassis.problems import Problems
from chassis.service import Ask, Reply, Step
from services.declared import declared
from tests.chassis import toy
from tests.walls.signing_in import Walled, a_county, signed_in

TWICE = [{"visit": "v", "reported_by": "worker-1", "verdict": "accepted", "by": "worker-1"}]
APART = [{"visit": "v", "reported_by": "worker-1", "verdict": "accepted", "by": "bureau-1"}]
BY_ITSELF = [{"visit": "v", "reported_by": "", "verdict": "accepted", "by": ""}]
FORBIDDEN_TOTAL = 1313


@pytest.fixture(scope="module")
async def walled(toy_settings: Settings) -> AsyncIterator[Walled]:
    services = tuple(declared(["orders", "settlement"]))
    await migrate(services, toy_settings)
    owner = await asyncpg.connect(toy_settings.database_url)
    yield Walled(toy_settings, owner, services, a_county(), a_county())
    await owner.close()


@pytest.mark.parametrize(
    ("service", "table", "written", "constraint"),
    [
        ("orders", "orders", {"judgements": TWICE}, "conflict_verifier_reported"),
        ("orders", "orders", {"judgements": [*APART, *TWICE]}, "conflict_verifier_reported"),
        ("orders", "needs", {"surveyed_by": ["a", "b"], "confirmed_by": "a"}, "conflict_confirmer_surveyed"),
        ("orders", "needs", {"surveyed_by": ["a", "b"], "confirmed_by": "b"}, "conflict_confirmer_surveyed"),
        ("orders", "needs", {"surveyed_by": ["a", "a"]}, "conflict_surveyed_alone"),
        ("orders", "needs", {"surveyed_by": ["a"]}, "conflict_surveyed_alone"),
        ("orders", "needs", {"confirmed_by": "c", "assessed_by": "c"}, "conflict_confirmer_assessed"),
        ("orders", "needs", {"surveyed_by": ["a", "b"], "assessed_by": "a"}, "conflict_assessor_surveyed"),
        (
            "settlement", "statements",
            {"signed_by": "a", "signed_for": "county", "countersigned_by": "a", "countersigned_for": "finance"},
            "conflict_same_signer",
        ),
        (
            "settlement", "statements",
            {"signed_by": "a", "signed_for": "county", "countersigned_by": "b", "countersigned_for": "county"},
            "conflict_same_body",
        ),
        ("settlement", "statements", {"status": "approved", "signed_by": "a"}, "conflict_signed_once"),
        ("settlement", "statements", {"status": "paid"}, "conflict_signed_once"),
    ],
)  # fmt: skip
async def test_the_service_itself_cannot_write_it(
    walled: Walled, service: str, table: str, written: dict[str, object], constraint: str
) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await _write(walled, service, table, written)
    assert (refused.value.sqlstate, refused.value.constraint_name) == ("23514", constraint)


@pytest.mark.parametrize(
    ("service", "table", "written"),
    [
        ("orders", "orders", {"judgements": [*APART, *BY_ITSELF]}),
        ("orders", "needs", {"surveyed_by": ["a", "b"], "confirmed_by": "c", "assessed_by": "d"}),
        (
            "settlement", "statements",
            {"status": "paid", "signed_by": "a", "signed_for": "county", "countersigned_by": "b",
             "countersigned_for": "finance"},
        ),
    ],
)  # fmt: skip
async def test_two_people_of_two_bodies_may(
    walled: Walled, service: str, table: str, written: dict[str, object]
) -> None:
    await _write(walled, service, table, written)


async def _write(walled: Walled, service: str, table: str, written: dict[str, object]) -> None:
    """Insert a row as the service and write ``written`` into it, in one transaction that leaves nothing behind."""
    async with signed_in(walled.settings.service_database_url(service), walled.own) as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(await walled.insertion(service, table), walled.own)
            texts = [value if isinstance(value, str) else json.dumps(value) for value in written.values()]
            sets = ", ".join(
                f"{column} = ${place}::text{'' if isinstance(value, str) else '::jsonb'}"
                for place, (column, value) in enumerate(written.items(), 1)
            )
            await connection.execute(f"update {table} set {sets}", *texts)
        finally:
            await transaction.rollback()


@pytest.fixture
async def dispatch(toy_settings: Settings, toy_database: Database) -> AsyncIterator[Dispatch]:
    """The toy service, whose decider lets through what two constraints of its table do not."""
    owner = await asyncpg.connect(toy_settings.database_url)
    await owner.execute(
        f"alter table toy.counters add constraint conflict_total check (total <> {FORBIDDEN_TOTAL}) not valid;"
        f" alter table toy.counters add constraint some_other check (total <> {FORBIDDEN_TOTAL + 1}) not valid"
    )
    dispatch = Dispatch(toy.service, toy_database, toy_settings, Clock())
    yield dispatch
    await dispatch.stop()
    await owner.execute("alter table toy.counters drop constraint conflict_total, drop constraint some_other")
    await owner.close()


async def test_a_violation_refuses_its_own_command_and_no_other_of_its_batch(
    dispatch: Dispatch, toy_database: Database
) -> None:
    county, amounts = a_county(), [1, 2, FORBIDDEN_TOTAL, 4, FORBIDDEN_TOTAL + 1, 6]
    asked = (dispatch.ask(_add(county, uuid4(), amount)) for amount in amounts)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Rejected)]
    assert [one.code for one in refused] == ["forbidden.conflict", "constraint.violated"]
    assert [Problems({}).answer(one).status for one in refused] == [403, 409]
    assert sum(isinstance(answer, Reply) for answer in answers) == 4
    head = await toy_database.fetchrow("select position, public_position from head where county = $1", county)
    assert tuple(head) == (4, 4)
    totals = await toy_database.fetch("select total from counters where county = $1 order by 1", county)
    assert [row["total"] for row in totals] == [1, 2, 4, 6]


async def test_after_a_violation_the_stream_goes_on_from_what_is_written(
    dispatch: Dispatch, toy_database: Database
) -> None:
    county, stream = a_county(), uuid4()
    await dispatch.ask(_add(county, stream, FORBIDDEN_TOTAL - 1))
    with pytest.raises(Rejected):
        await dispatch.ask(_add(county, stream, 1))
    await dispatch.ask(_add(county, stream, 5))
    total = await toy_database.fetchval("select total from counters where county = $1", county)
    assert total == FORBIDDEN_TOTAL + 4


def _add(county: str, stream: UUID, amount: int) -> Ask:
    command = toy.Add(amount=amount, at=datetime(2024, 11, 1, tzinfo=UTC))
    return Ask(county=county, steps=(Step(decider=toy.counter, stream=stream, command=command),), key=str(uuid4()))
