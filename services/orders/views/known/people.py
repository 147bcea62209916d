"""What decisions about people may know."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import beneficiary
from services.orders.views.known.shared import last_number


async def of_beneficiaries(read: Reading, steps: Sequence[Step]) -> Sequence[beneficiary.Known]:
    """The next numbers, in order of the steps, and who has an identity number already."""
    adopted = await read.policies()
    indexes = [step.command.person.id_index for step in steps if isinstance(step.command, beneficiary.Register)]
    if not indexes:
        return [beneficiary.Known(policies=adopted, county=read.county, next_number=0)] * len(steps)
    last = await last_number(read, "beneficiaries")
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
