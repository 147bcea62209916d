"""Facts read back from a real public log by COPY are those that were told."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from chassis.chain import genesis
from chassis.database import Database
from chassis.fact_shapes import FactShapes, ReplayError
from chassis.replay import facts_from_public_log
from services.settlement.domain.engine.facts import KINDS, BundleMonth, Grade, Seal, Segment, Service

AT = datetime(2025, 1, 1, tzinfo=UTC)
NAMES = {"first": "from", "last": "to"}
SHAPES = FactShapes(KINDS, Segment, NAMES)
SERVICE: dict[str, Any] = {
    "kind": "service", "day": "2024-11-03", "time": "09:30:00", "payee": "a", "purchaser": "130528",
    "township": "130528103", "person": "p", "item": "meal_help", "units": 1,
}  # fmt: skip
MONTH: dict[str, Any] = {
    "kind": "bundle_month", "month": "2024-11", "payee": "a", "purchaser": "130528", "township": "130528103",
    "person": "p", "days": [
        {"from": "2024-11-01", "to": "2024-11-30", "tier": "half", "categories": ["dibao"], "age": 80, "assigned": True}
    ],
}  # fmt: skip


def body(fact: dict[str, Any] | None, **after: Any) -> bytes:
    """A public event's body; what is given as ``after`` stands behind the fact."""
    whole = {"at": "2024-11-03T02:00:00Z", **({} if fact is None else {"fact": fact}), **after}
    return json.dumps(whole, separators=(",", ":")).encode()


class Told:
    """A county's public log of the toy service."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.county = uuid.uuid4().hex[:12]
        self.ids: list[UUID] = []

    async def tell(self, bodies: Sequence[bytes], first: int = 1) -> None:
        """Write the bodies at consecutive positions from ``first`` on, and move the head behind them."""
        self.ids = [uuid.uuid4() for _ in bodies]
        rows = [
            (self.county, position, event_id, "toy.told.v1", event_id, one, AT, b"")
            for position, (event_id, one) in enumerate(zip(self.ids, bodies, strict=True), first)
        ]
        async with self.database.at(self.county) as connection:
            await connection.executemany("insert into public_log values ($1, $2, $3, $4, $5, $6, $7, $8)", rows)
        await self.database.execute(
            "insert into head (county, public_position, hash, public_hash) values ($1, $2, $3, $3)",
            self.county, first - 1 + len(bodies), genesis("toy", self.county, "public_log"),
        )  # fmt: skip

    async def read(self, shapes: FactShapes = SHAPES, **limits: Any) -> list[Any]:
        """The facts."""
        async with self.database.at(self.county) as connection:
            return await facts_from_public_log(connection, "toy", self.county, shapes, **limits)


@pytest.fixture
def log(toy_database: Database) -> Told:
    return Told(toy_database)


def service(position: int, event_id: UUID, **changes: Any) -> Service:
    """The service that ``SERVICE`` tells."""
    values: dict[str, Any] = {key: value for key, value in SERVICE.items() if key != "kind"} | changes
    return Service(id=str(event_id), source="toy", position=position, **values)


async def test_a_fact_has_the_id_source_and_position_of_its_row(log: Told) -> None:
    await log.tell([body(SERVICE)])
    assert await log.read() == [service(1, log.ids[0])]


async def test_a_fact_read_back_can_be_replaced_like_any_other(log: Told) -> None:
    await log.tell([body(SERVICE)])
    (fact,) = await log.read()
    assert replace(fact, units=2) == service(1, log.ids[0], units=2)


async def test_days_become_segments(log: Told) -> None:
    await log.tell([body(MONTH)])
    (fact,) = await log.read()
    assert isinstance(fact, BundleMonth)
    assert fact.days == (
        Segment(first="2024-11-01", last="2024-11-30", tier="half", categories=("dibao",), age=80, assigned=True),
    )


async def test_an_event_without_a_fact_is_passed_over(log: Told) -> None:
    await log.tell([body(None), body(SERVICE), body(None, order="o")])
    assert await log.read() == [service(2, log.ids[1])]


async def test_a_fact_is_found_wherever_it_stands_in_the_body(log: Told) -> None:
    await log.tell([body(SERVICE, order="o")])
    assert await log.read() == [service(1, log.ids[0])]


async def test_a_fact_is_read_whatever_key_comes_first(log: Told) -> None:
    await log.tell([body({"cause": "mistake", **SERVICE})])
    assert await log.read() == [service(1, log.ids[0], cause="mistake")]


async def test_pages_join_without_a_seam(log: Told) -> None:
    await log.tell([body(SERVICE)] * 7)
    assert [fact.position for fact in await log.read(page=3)] == [1, 2, 3, 4, 5, 6, 7]


async def test_rows_longer_than_a_chunk_of_bytes_are_read_whole(log: Told) -> None:
    await log.tell([body({**SERVICE, "person": "p" * 900_000})] * 3)
    assert [len(fact.person) for fact in await log.read()] == [900_000] * 3


async def test_reading_begins_after_and_ends_through_the_positions_given(log: Told) -> None:
    await log.tell([body(SERVICE)] * 5)
    assert [fact.position for fact in await log.read(after=1, through=3)] == [2, 3]


async def test_a_county_that_has_told_nothing_has_no_facts(log: Told) -> None:
    assert await log.read() == []


async def test_a_missing_position_is_an_error(log: Told) -> None:
    await log.tell([body(SERVICE)], first=2)
    with pytest.raises(ReplayError, match="position 1 is missing"):
        await log.read()


async def test_a_log_that_ends_before_its_head_is_an_error(log: Told) -> None:
    await log.tell([body(SERVICE)])
    with pytest.raises(ReplayError, match="position 2 is missing"):
        await log.read(through=2)


async def test_a_kind_nobody_knows_is_an_error(log: Told) -> None:
    await log.tell([body({"kind": "wish"})])
    with pytest.raises(ReplayError, match="wish"):
        await log.read()


@pytest.mark.parametrize("wrong", [{"units": "1"}, {"units": None}, {"day": 3}])
async def test_a_value_of_another_type_is_an_error(log: Told, wrong: dict[str, Any]) -> None:
    await log.tell([body({**SERVICE, **wrong})])
    with pytest.raises(ReplayError):
        await log.read()


async def test_a_missing_value_is_an_error(log: Told) -> None:
    await log.tell([body({key: value for key, value in SERVICE.items() if key != "item"})])
    with pytest.raises(ReplayError, match="item"):
        await log.read()


async def test_the_caller_may_mend_what_the_log_means(log: Told) -> None:
    def waived(grade: Grade) -> Grade:
        return replace(grade, grade=None) if grade.grade == "waived" else grade

    told = {"kind": "grade", "month": "2024-11", "payee": "a", "township": "t", "grade": "waived"}
    await log.tell([body(told), body({"kind": "seal", "month": "2024-11"})])
    grade, seal = await log.read(FactShapes(KINDS, Segment, NAMES, {"grade": waived}))
    assert isinstance(grade, Grade)
    assert grade.grade is None
    assert isinstance(seal, Seal)


async def test_a_fact_written_with_spaces_is_read_too(log: Told) -> None:
    await log.tell([body(SERVICE), json.dumps({"fact": SERVICE}).encode(), body(SERVICE)])
    assert [fact.position for fact in await log.read()] == [1, 2, 3]


async def test_what_the_row_tells_stands_whatever_the_body_says(log: Told) -> None:
    await log.tell([body({**SERVICE, "id": "forged", "position": 7})])
    assert await log.read() == [service(1, log.ids[0])]


async def test_a_fact_read_back_is_matched_like_any_other(log: Told) -> None:
    await log.tell([body(SERVICE), body(MONTH)])
    matched = []
    for fact in await log.read():
        match fact:
            case BundleMonth():
                matched.append("month")
            case Service():
                matched.append("service")
    assert matched == ["service", "month"]
