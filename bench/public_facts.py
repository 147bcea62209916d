"""A county's public log of a year, generated: people of twenty townships, their visits and their months.

Eight facts for each person and month, seven accepted services and the month itself, in the bodies that the published
language writes. The log goes in by COPY, with the right hash chain, so that the stand-alone verifier accepts it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from bench.ground import COUNTY
from bench.people import ITEMS, township
from chassis.chain import genesis, link_public
from chassis.recorder import microseconds
from contracts.orders import BundleMonth, MonthSealed, OrderVerified

YEAR = 2025
MONTHS = [f"{YEAR}-{month:02d}" for month in range(1, 13)]
VISITS = 7
PAYEES = [str(uuid.UUID(int=payee)) for payee in range(1, 7)]
RECORDED = datetime(YEAR + 1, 1, 1, tzinfo=UTC)
AT = f"{YEAR}-12-31T09:30:00.000001Z"
COLUMNS = ["county", "position", "event_id", "type", "subject", "body", "recorded_at", "hash"]
BLOCK = 20_000


class Person(NamedTuple):
    """A person, as far as facts tell."""

    id: str
    township: str
    payee: str
    tier: str
    category: str
    age: int


class Told(NamedTuple):
    """A public event: type, what it is about, body."""

    type: str
    subject: UUID
    body: str


async def generate(connection: asyncpg.Connection, events: int) -> int:
    """Fill the public log of orders with about ``events`` events, replacing what it has; how many there are."""
    await connection.execute("truncate orders.public_log")
    people = [_person(number) for number in range(max(1, events // (len(MONTHS) * (VISITS + 1))))]
    ids = Random(17)
    link, position, at_us = genesis("orders", COUNTY, "public_log"), 0, microseconds(RECORDED)
    block: list[tuple[Any, ...]] = []
    for told in _year(people, ids):
        position += 1
        body, event_id = told.body.encode(), _uuid(ids)
        link = link_public(link, position, event_id, told.type, told.subject, body, at_us)
        block.append((COUNTY, position, event_id, told.type, told.subject, body, RECORDED, link))
        if len(block) == BLOCK:
            await _copy(connection, block)
            block.clear()
    await _copy(connection, block)
    await connection.execute(
        "insert into orders.head (county, public_position, hash, public_hash) values ($1, $2, $3, $4)"
        " on conflict (county) do update set public_position = excluded.public_position,"
        " public_hash = excluded.public_hash",
        COUNTY,
        position,
        genesis("orders", COUNTY, "events"),
        link,
    )
    await connection.execute("vacuum (analyze) orders.public_log")
    return position


async def _copy(connection: asyncpg.Connection, block: Iterable[tuple[Any, ...]]) -> None:
    await connection.copy_records_to_table("public_log", schema_name="orders", columns=COLUMNS, records=block)


def _year(people: list[Person], ids: Random) -> Iterator[Told]:
    for month in MONTHS:
        for visit in range(VISITS):
            yield from (_visit(person, number, month, visit, ids) for number, person in enumerate(people))
        yield from (_bundle(person, month, ids) for person in people)
        body = f'{{"at":"{AT}","month":"{month}","waiting":0,"fact":{{"kind":"seal","month":"{month}"}}}}'
        yield _checked(Told(MonthSealed.TYPE, _uuid(ids), body), MonthSealed, month == MONTHS[0])


def _person(number: int) -> Person:
    """Two thirds are destitute and cared for at home, one third poor and eighty or older (paper 003, part 2 (6) 13)."""
    destitute = number % 3 < 2
    return Person(
        id=str(UUID(int=(number + 1) << 64 | 0x4000_8000_0000_0000_0000)),
        township=township(number),
        payee=PAYEES[number % 20 % len(PAYEES)],
        tier=("half", "full")[number % 2] if destitute else "able",
        category="destitute_dispersed" if destitute else "dibao",
        age=70 + number % 9 if destitute else 80 + number % 15,
    )


def _visit(person: Person, number: int, month: str, visit: int, ids: Random) -> Told:
    day, hour, minute = visit * 4 + 1 + number % 4, 8 + number % 9, number % 60
    order = _uuid(ids)
    body = (
        f'{{"at":"{AT}","order_id":"{order}","visit_id":"{_uuid(ids)}","provider":"{person.payee}",'
        f'"person":"{person.id}","how":"unsampled","result":"accepted","fact":{{"kind":"service",'
        f'"day":"{month}-{day:02d}","time":"{hour:02d}:{minute:02d}:00","payee":"{person.payee}",'
        f'"purchaser":"{COUNTY}","township":"{person.township}","person":"{person.id}",'
        f'"item":"{ITEMS[(visit + number) % len(ITEMS)]}","units":1}}}}'
    )
    return _checked(Told(OrderVerified.TYPE, order, body), OrderVerified, month == MONTHS[0] and number == 0)


def _bundle(person: Person, month: str, ids: Random) -> Told:
    last = (date(YEAR + (month[5:] == "12"), int(month[5:]) % 12 + 1, 1) - date.resolution).day
    plan = _uuid(ids)
    body = (
        f'{{"at":"{AT}","plan_id":"{plan}","fact":{{"kind":"bundle_month","month":"{month}",'
        f'"payee":"{person.payee}","purchaser":"{COUNTY}","township":"{person.township}","person":"{person.id}",'
        f'"days":[{{"from":"{month}-01","to":"{month}-{last}","tier":"{person.tier}",'
        f'"categories":["{person.category}"],"age":{person.age},"assigned":true}}]}}}}'
    )
    return _checked(Told(BundleMonth.TYPE, plan, body), BundleMonth, month == MONTHS[0])


def _checked(told: Told, kind: Any, check: bool) -> Told:
    """Now and then, that the text is what the published language writes: building a million models takes too long."""
    if check:
        written = kind.model_validate_json(told.body).model_dump_json(exclude_none=True)
        if written != told.body:
            raise RuntimeError(f"generated {told.body}, the published language writes {written}")
    return told


def _uuid(ids: Random) -> UUID:
    return UUID(int=ids.getrandbits(128), version=4)


def policy(document: Mapping[str, Any]) -> dict[str, Any]:
    """The settlement section of a pack, without the citations."""
    section = dict(document["settlement"])
    section["rule"] = [{key: value for key, value in rule.items() if key != "cite"} for rule in section["rule"]]
    return section
