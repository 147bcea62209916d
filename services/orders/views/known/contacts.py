"""What decisions about duties, contacts and care may know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import care, contact, duty, duty_round, pair
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.contacts import ContactRules
from services.orders.domain.status import Status

PLACES = "select id, township, village, died_on from beneficiaries where county = $1 and id = any($2::uuid[])"
PLACES_OF_PAIRS = (
    "select p.id, b.township, b.village, b.died_on from pairs p"
    " join beneficiaries b on b.county = p.county and b.id = p.person where p.county = $1 and p.id = any($2::uuid[])"
)
NOT_COVERED = (
    "select b.id, b.number, b.born, b.tier, b.categories, b.township, b.village from beneficiaries b"
    " where b.county = $1 and b.number > $2 and b.died_on is null and ($4::text[] is null or b.categories ?| $4)"
    " and not exists (select from duties d where d.county = b.county and d.person = b.id and d.covered)"
    " order by b.number limit $3"
)


async def of_duties(read: Reading, steps: Sequence[Step]) -> Sequence[tuple[Policy, ...]]:
    """The county's policies."""
    return [await read.policies()] * len(steps)


async def of_errands(read: Reading, steps: Sequence[Step]) -> Sequence[tuple[Policy, ...]]:
    """The county's policies."""
    return [await read.policies()] * len(steps)


async def of_contacts(read: Reading, steps: Sequence[Step]) -> Sequence[contact.Known]:
    """Where the persons live, and whether they have died."""
    adopted = await read.policies()
    places = await _places(read, PLACES, {step.command.person_id for step in steps})
    return [contact.Known(policies=adopted, place=places.get(step.command.person_id)) for step in steps]


async def of_pairs(read: Reading, steps: Sequence[Step]) -> Sequence[pair.Known]:
    """The same; of a pair that is there, whoever asks."""
    adopted = await read.policies()
    begun = {step.command.person_id for step in steps if isinstance(step.command, pair.Begin)}
    places = await _places(read, PLACES, begun) | await _places(read, PLACES_OF_PAIRS, {step.stream for step in steps})
    known = []
    for step in steps:
        about = step.command.person_id if isinstance(step.command, pair.Begin) else step.stream
        known.append(pair.Known(policies=adopted, place=places.get(about)))
    return known


async def of_care(read: Reading, steps: Sequence[Step]) -> Sequence[care.Known]:
    """The same, for who signs an agreement or is named as escort."""
    adopted = await read.policies()
    people = {step.command.person_id for step in steps if isinstance(step.command, care.Sign | care.NameEscort)}
    places = await _places(read, PLACES, people)
    return [
        care.Known(policies=adopted, place=places.get(getattr(step.command, "person_id", step.stream)))
        for step in steps
    ]


async def of_rounds(read: Reading, steps: Sequence[Step]) -> Sequence[duty_round.Known]:
    """The next page of people whom a duty may cover and who are under none."""
    adopted = await read.policies()
    return [await _page(read, step, adopted) for step in steps]


async def _page(read: Reading, step: Step, adopted: tuple[Policy, ...]) -> duty_round.Known:
    if not adopted:
        return duty_round.Known(duty=False)
    rules = in_force(adopted, business_day(step.command.at)).contacts
    if not rules.duties:
        return duty_round.Known(duty=False)
    begun = await read.fetch("select through from duty_rounds where county = $1 and id = $2", read.county, step.stream)
    after = begun[0]["through"] if begun else 0
    rows = await read.fetch(NOT_COVERED, read.county, after, duty_round.PAGE, _categories(rules))
    more = len(rows) == duty_round.PAGE
    return duty_round.Known(
        duty=True, found=tuple(_facts(row) for row in rows), through=rows[-1]["number"] if more else 0
    )


def _categories(rules: ContactRules) -> list[str] | None:
    """Who has none of them is covered by no duty; None where a duty asks for no category."""
    asked = [duty.categories_any | duty.categories_all for duty in rules.duties]
    return sorted(frozenset().union(*asked)) if all(asked) else None


def _facts(row: Any) -> duty.Facts:

    status = Status(from_day=date.min, tier=row["tier"], categories=tuple(json.loads(row["categories"])))
    return duty.Facts(
        person=row["id"],
        born=row["born"],
        statuses=(status,),
        died_on=None,
        township=row["township"],
        village=row["village"],
    )


async def _places(read: Reading, query: str, ids: set[UUID]) -> dict[UUID, contact.Place]:
    rows = await read.fetch(query, read.county, list(ids)) if ids else []
    return {
        row["id"]: contact.Place(township=row["township"], village=row["village"], died_on=row["died_on"])
        for row in rows
    }
