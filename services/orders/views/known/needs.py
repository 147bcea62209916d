"""What decisions about needs may know."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step
from services.orders.domain import need
from services.orders.views.known.shared import homes_of, last_number


async def of_needs(read: Reading, steps: Sequence[Step]) -> Sequence[need.Known]:
    """The next numbers, in order of the steps, and where the persons live."""
    adopted = await read.policies()
    people = {step.command.person_id for step in steps if isinstance(step.command, need.Register)}
    if not people:
        return [need.Known(policies=adopted, next_number=0, home=None)] * len(steps)
    homes = await homes_of(read, people)
    last = await last_number(read, "needs")
    known = []
    for step in steps:
        home = None
        if isinstance(step.command, need.Register):
            last += 1
            home = homes.get(step.command.person_id)
        known.append(need.Known(policies=adopted, next_number=last, home=home))
    return known
