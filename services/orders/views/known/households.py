"""What decisions about households may know."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import household
from services.orders.views.known.shared import last_number


async def of_households(read: Reading, steps: Sequence[Step]) -> Sequence[household.Known]:
    """The next numbers, in order of the steps, and where those live who join."""
    adopted = await read.policies()
    joining = {step.command.person for step in steps if isinstance(step.command, household.Join)}
    people = await _people(read, joining) if joining else {}
    founding = any(isinstance(step.command, household.Found) for step in steps)
    last = await last_number(read, "households") if founding else 0
    known = []
    for step in steps:
        last += isinstance(step.command, household.Found)
        known.append(household.Known(policies=adopted, county=read.county, next_number=last, people=people))
    return known


async def _people(read: Reading, ids: set[UUID]) -> dict[UUID, household.Lives]:
    rows = await read.fetch(
        "select id, household, died_on from beneficiaries where county = $1 and id = any($2::uuid[])",
        read.county,
        list(ids),
    )
    return {row["id"]: household.Lives(household=row["household"], died=row["died_on"] is not None) for row in rows}
