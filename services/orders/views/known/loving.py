"""What decisions about love orders and lists referred may know: needs for charity, and what people have already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import order, referral
from services.orders.domain.duplicates import Given, Source


class Reader(Protocol):
    """SQL on the service's own schema; a route's call and a decision's reading are ones."""

    county: str

    async def fetch(self, query: str, *arguments: object) -> list[Any]: ...


ORDERS = (
    "select id, person, kind, item, plan_id, window_from, window_to from orders where county = $1"
    " and person = any($2::uuid[]) and window_to >= $3 and state not in ('cancelled', 'lapsed', 'turned_down')"
)
PLANS = (
    "select id, person, items, from_day, ends_on from plans where county = $1 and person = any($2::uuid[])"
    " and state = 'started' and (ends_on is null or ends_on >= $3)"
)
NEEDS = (
    "select id, person, township, village, mode, items, price_fen, rule, surveyed_by, confirmed_by from needs"
    " where county = $1 and state = 'approved' and id = any($2::uuid[])"
)
TAKEN = "select distinct need_id from orders where county = $1 and need_id = any($2::uuid[]) and kind = 'love'"
WAITING = "select open_needs from referrals where county = $1 and open_needs ?| $2::text[]"


async def given_of(read: Reader, people: Iterable[UUID], since: date) -> Mapping[UUID, tuple[Given, ...]]:
    """By person what is ordered or planned for them and not over before ``since``."""
    ids, given = list(people), dict[UUID, list[Given]]()
    for row in await read.fetch(ORDERS, read.county, ids, since):
        source: Source = row["kind"]
        one = Given(
            id=row["id"], source=source, item=row["item"], first=row["window_from"], last=row["window_to"],
            plan=row["plan_id"],
        )  # fmt: skip
        given.setdefault(row["person"], []).append(one)
    for row in await read.fetch(PLANS, read.county, ids, since):
        for item in sorted({planned["item"] for planned in json.loads(row["items"])}):
            first, last = row["from_day"] or date.min, row["ends_on"] or date.max
            one = Given(id=row["id"], source="plan", item=item, first=first, last=last, plan=row["id"])
            given.setdefault(row["person"], []).append(one)
    return {person: tuple(ones) for person, ones in given.items()}


async def approved_needs(read: Reading, asked: set[UUID]) -> dict[UUID, order.Asked]:
    """Approved needs as a love order is formed from them."""
    rows = await read.fetch(NEEDS, read.county, list(asked)) if asked else []
    return {
        row["id"]: order.Asked(
            person=row["person"],
            township=row["township"],
            village=row["village"],
            mode=row["mode"],
            items=tuple((entry["item"], entry["units"]) for entry in json.loads(row["items"])),
            price_fen=row["price_fen"],
            rule=row["rule"],
            declared=bool(row["confirmed_by"]) and row["surveyed_by"] != "[]",
        )
        for row in rows
    }


async def of_referrals(read: Reading, steps: Sequence[Step]) -> Sequence[referral.Known]:
    """The needs that the steps name, and which of them cannot be referred."""
    adopted = await read.policies()
    needs = await approved_needs(read, {need for step in steps for need in _named(step)})
    taken: set[UUID] = set()
    if referring := [str(need) for step in steps if isinstance(step.command, referral.Refer) for need in _named(step)]:
        taken |= {row["need_id"] for row in await read.fetch(TAKEN, read.county, referring)}
        for row in await read.fetch(WAITING, read.county, referring):
            taken |= {UUID(need) for need in json.loads(row["open_needs"])}
    return [referral.Known(policies=adopted, needs=needs, taken=frozenset(taken))] * len(steps)


def _named(step: Step) -> tuple[UUID, ...]:
    match step.command:
        case referral.Refer() as refer:
            return refer.need_ids
        case referral.NoteContent() as content:
            return (content.need_id,)
    return ()
