"""What decisions about tickets may know: the policies, and the next number of a year."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step
from services.orders.domain import complaint
from services.orders.domain.days import business_day

UNNUMBERED = "select id from complaints where county = $1 and id = any($2::uuid[]) and number is null"
IN_YEAR = "select year, max(number) as last from complaints where county = $1 and year = any($2::int[]) group by year"


async def of_complaints(read: Reading, steps: Sequence[Step]) -> Sequence[complaint.Known]:
    """Who has a number takes none, so none is missing; two registrations never share a batch (``guards``)."""
    adopted = await read.policies()
    asked = [step.stream for step in steps if isinstance(step.command, complaint.Register)]
    open_ones = {row["id"] for row in await read.fetch(UNNUMBERED, read.county, asked)} if asked else set()
    years = {business_day(step.command.at).year for step in steps if isinstance(step.command, complaint.Register)}
    last = {row["year"]: row["last"] for row in await read.fetch(IN_YEAR, read.county, list(years))} if years else {}
    known = []
    for step in steps:
        number = 0
        if isinstance(step.command, complaint.Register) and step.stream in open_ones:
            open_ones.discard(step.stream)
            year = business_day(step.command.at).year
            number = last[year] = last.get(year, 0) + 1
        known.append(complaint.Known(policies=adopted, next_in_year=number))
    return known
