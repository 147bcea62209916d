"""What decisions about entries of departments' lists may know."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step
from services.orders.domain import prospect


async def of_prospects(read: Reading, steps: Sequence[Step]) -> Sequence[prospect.Known]:
    """The policies; for a finding who the named person is, and whether the named need is theirs."""
    adopted = await read.policies()
    finds = [step.command for step in steps if isinstance(step.command, prospect.Find)]
    people = {find.person for find in finds if find.person is not None}
    needs = {find.need for find in finds if find.need is not None}
    indexes, persons = {}, {}
    if people:
        sql = "select id, id_index from beneficiaries where county = $1 and id = any($2::uuid[])"
        indexes = {row["id"]: row["id_index"] for row in await read.fetch(sql, read.county, list(people))}
    if needs:
        sql = "select id, person from needs where county = $1 and id = any($2::uuid[])"
        persons = {row["id"]: row["person"] for row in await read.fetch(sql, read.county, list(needs))}
    plain = prospect.Known(policies=adopted, county=read.county)
    return [
        prospect.Known(
            policies=adopted,
            county=read.county,
            person_index=indexes.get(step.command.person),
            need_is_theirs=step.command.person is not None and persons.get(step.command.need) == step.command.person,
        )
        if isinstance(step.command, prospect.Find)
        else plain
        for step in steps
    ]
