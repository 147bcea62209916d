"""What decisions about needs and their forwardings may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import forwarding, need
from services.orders.domain.days import business_day
from services.orders.views.known.shared import homes_of, last_number

VERIFIERS = (
    "select person, array_agg(distinct judged ->> 'by') as verifiers from orders"
    " cross join lateral jsonb_array_elements(judgements) judged"
    " where county = $1 and person = any($2::uuid[]) and judged ->> 'by' <> '' group by person"
)
IN_YEAR = (
    "select register_year, max(year_number) as last from needs"
    " where county = $1 and register_year = any($2::int[]) group by register_year"
)
JUDGED = (need.Survey, need.Confirm, need.Assess, need.Refuse)
"""What must not be done by who judged what was done for the person."""
SCORED = (need.Survey, need.Assess)
"""What may bring answers, whose instrument depends on the person's categories."""


async def of_needs(read: Reading, steps: Sequence[Step]) -> Sequence[need.Known]:
    """The next numbers, in order of the steps; where the persons live; who judged what was done for them."""
    plain = need.Known(policies=await read.policies(), next_number=0, home=None)
    homes = await homes_of(read, _people(steps))
    verifiers = await _verifiers(read, {one for step in steps if (one := _person(step, *JUDGED))})
    registers = [step.command for step in steps if isinstance(step.command, need.Register)]
    last = await last_number(read, "needs") if registers else 0
    years = await _years(read, {business_day(one.at).year for one in registers})
    known = []
    for step in steps:
        person = step.command.person_id if isinstance(step.command, need.Register) else _person(step, *JUDGED)
        if person is None:
            known.append(plain)
        elif isinstance(step.command, need.Register):
            last, year = last + 1, business_day(step.command.at).year
            years[year] = years.get(year, 0) + 1
            known.append(replace(plain, next_number=last, home=homes.get(person), next_in_year=years[year]))
        else:
            known.append(replace(plain, home=homes.get(person), verifiers=verifiers.get(person, frozenset())))
    return known


async def of_forwardings(read: Reading, steps: Sequence[Step]) -> Sequence[forwarding.Known]:
    """The policies, and where the persons live of whom something is sent."""
    adopted = await read.policies()
    homes = await homes_of(read, {step.command.person for step in steps if isinstance(step.command, forwarding.Send)})
    known = []
    for step in steps:
        home = homes.get(step.command.person) if isinstance(step.command, forwarding.Send) else None
        place = (home.township, home.village) if home else None
        known.append(forwarding.Known(policies=adopted, place=place))
    return known


def _people(steps: Sequence[Step]) -> set[UUID]:
    """Whose home or categories a step looks at."""
    registered = {step.command.person_id for step in steps if isinstance(step.command, need.Register)}
    answered = {
        person for step in steps if (person := _person(step, *SCORED)) and step.command.answers is not None
    }  # fmt: skip
    return registered | answered


def _person(step: Step, *kinds: type[Any]) -> UUID | None:
    """The person that a command of one of ``kinds`` names."""
    person: UUID | None = step.command.person if isinstance(step.command, kinds) else None
    return person


async def _verifiers(read: Reading, people: set[UUID]) -> dict[UUID, frozenset[str]]:
    if not people:
        return {}
    rows = await read.fetch(VERIFIERS, read.county, list(people))
    return {row["person"]: frozenset(row["verifiers"]) for row in rows}


async def _years(read: Reading, years: set[int]) -> dict[int, int]:
    """The last number given in each year."""
    if not years:
        return {}
    rows = await read.fetch(IN_YEAR, read.county, list(years))
    return {row["register_year"]: row["last"] for row in rows}
