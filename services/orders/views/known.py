"""What decisions may know beyond their own stream, read for a whole batch at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.service import Reading, Step, Timely
from services.orders.domain import beneficiary, month, need, order
from services.orders.domain.days import first_day, last_day
from services.orders.domain.need import Home

PLANS_BEHIND = (
    "select id from plans where county = $1 and from_day <= $2 and (ends_on is null or ends_on >= $3)"
    " and opened < $4 order by id"
)
WAITING = "select count(*) from orders where county = $1 and state = 'completed' and day between $2 and $3"


async def of_beneficiaries(read: Reading, steps: Sequence[Step]) -> Sequence[beneficiary.Known]:
    """The next numbers, in order of the steps, and who has an identity number already."""
    adopted = await read.policies()
    indexes = [step.command.person.id_index for step in steps if isinstance(step.command, beneficiary.Register)]
    if not indexes:
        return [beneficiary.Known(policies=adopted, county=read.county, next_number=0)] * len(steps)
    last = await _last_number(read, "beneficiaries")
    rows = await read.fetch(
        "select id_index, id from beneficiaries where county = $1 and id_index = any($2::text[])", read.county, indexes
    )
    taken: dict[str, UUID] = {row["id_index"]: row["id"] for row in rows}
    known = []
    for step in steps:
        duplicate = None
        if isinstance(step.command, beneficiary.Register):
            last += 1
            duplicate = taken.get(step.command.person.id_index)
        known.append(beneficiary.Known(policies=adopted, county=read.county, next_number=last, duplicate=duplicate))
    return known


async def of_needs(read: Reading, steps: Sequence[Step]) -> Sequence[need.Known]:
    """The next numbers, in order of the steps, and where the persons live."""
    adopted = await read.policies()
    people = {step.command.person_id for step in steps if isinstance(step.command, need.Register)}
    if not people:
        return [need.Known(policies=adopted, next_number=0, home=None)] * len(steps)
    homes = await _homes(read, people)
    last = await _last_number(read, "needs")
    known = []
    for step in steps:
        home = None
        if isinstance(step.command, need.Register):
            last += 1
            home = homes.get(step.command.person_id)
        known.append(need.Known(policies=adopted, next_number=last, home=home))
    return known


async def of_plans(read: Reading, steps: Sequence[Step]) -> Sequence[tuple[Any, ...]]:
    """The county's policies."""
    return [await read.policies()] * len(steps)


async def of_orders(read: Reading, steps: Sequence[Step]) -> Sequence[order.Known]:
    """The policies; homes for single orders, needs for love orders. What a plan or the bus asks needs no more."""
    adopted = await read.policies()
    people = {
        step.command.person for step in steps if isinstance(step.command, order.Open) and step.command.plan_id is None
    }
    asked = {step.command.need_id for step in steps if isinstance(step.command, order.FormLove)}
    homes = await _homes(read, people) if people else {}
    needs = await _needs(read, asked) if asked else {}
    plain = order.Known(policies=adopted)
    known = []
    for step in steps:
        match step.command:
            case order.Open(plan_id=None) as opens:
                known.append(order.Known(policies=adopted, home=homes.get(opens.person)))
            case order.FormLove() as forms:
                known.append(order.Known(policies=adopted, need=needs.get(forms.need_id)))
            case _:
                known.append(plain)
    return known


async def of_months(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known]:
    """Parked messages; plans of the month without its orders yet; completions of it that wait."""
    parked = await read.fetch("select count(*) from parked where county = $1", read.county)
    known = []
    for step in steps:
        asked = await _asked_month(read, step)
        plans = await read.fetch(PLANS_BEHIND, read.county, last_day(asked), first_day(asked), asked) if asked else []
        waiting = await read.fetch(WAITING, read.county, first_day(asked), last_day(asked)) if asked else []
        known.append(
            month.Known(
                parked=parked[0][0],
                plans=tuple(row["id"] for row in plans),
                waiting=waiting[0][0] if waiting else 0,
            )
        )
    return known


async def _asked_month(read: Reading, step: Step) -> str:
    """The month that is to be sealed; empty where the step asks for no seal."""
    match step.command:
        case month.Seal() as seal:
            return seal.month
        case Timely():
            rows = await read.fetch("select month from months where county = $1 and id = $2", read.county, step.stream)
            return rows[0]["month"] if rows else ""
    return ""


def guards(step: Step, _state: Any) -> Iterable[str]:
    """Two registrations of one person, two packs, a love order and its need's approval: never decided unseen."""
    match step.command:
        case beneficiary.Register() as register:
            return (f"person:{register.person.id_index}",)
        case order.FormLove() as form:
            return (f"need:{form.need_id}",)
        case need.Assess():
            return (f"need:{step.stream}",)
    return policies.guards(step)


async def _last_number(read: Reading, table: str) -> int:
    rows = await read.fetch(f"select coalesce(max(number), 0) from {table} where county = $1", read.county)
    number: int = rows[0][0]
    return number


async def _homes(read: Reading, people: set[UUID]) -> dict[UUID, Home]:
    rows = await read.fetch(
        "select id, township, village, died_on from beneficiaries where county = $1 and id = any($2::uuid[])",
        read.county,
        list(people),
    )
    return {
        row["id"]: Home(township=row["township"], village=row["village"], died=row["died_on"] is not None)
        for row in rows
    }


async def _needs(read: Reading, asked: set[UUID]) -> dict[UUID, order.Asked]:
    rows = await read.fetch(
        "select id, person, township, village, mode, items, price_fen, rule from needs"
        " where county = $1 and state = 'approved' and id = any($2::uuid[])",
        read.county,
        list(asked),
    )
    return {
        row["id"]: order.Asked(
            person=row["person"],
            township=row["township"],
            village=row["village"],
            mode=row["mode"],
            items=tuple((entry["item"], entry["units"]) for entry in json.loads(row["items"])),
            price_fen=row["price_fen"],
            rule=row["rule"],
        )
        for row in rows
    }
