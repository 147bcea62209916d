"""What decisions about love orders, claimants and offers may know: policies, and how charities and companies stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.service import Reading, Step
from services.charity.domain import calendar, charity, claimant, love_order, offer, policy
from services.charity.domain.policy import Policy

CHARITIES = (
    "select id, status, name, credit_code, regions, people, until from charities where county = $1"
    " and id = any($2::uuid[])"
)
KINDS = "select id, kind from claimants where county = $1 and id = any($2::uuid[])"


async def of_love_orders(read: Reading, steps: Sequence[Step]) -> Sequence[love_order.Known]:
    """For each referral the policy it names (NotYet while that is not here); how the charity stands to which it is
    referred, or for which somebody acts."""
    adopted = await read.policies() if any(isinstance(step.command, love_order.Refer) for step in steps) else ()
    wanted = {one for step in steps if (one := _charity_of(step.command)) is not None}
    found = (
        {row["id"]: _charity(row) for row in await read.fetch(CHARITIES, read.county, list(wanted))} if wanted else {}
    )
    return [
        love_order.Known(
            policy=policy.named(adopted, step.command.work.policy)
            if isinstance(step.command, love_order.Refer)
            else None,
            charity=found.get(one) if (one := _charity_of(step.command)) else None,
        )
        for step in steps
    ]


def _charity_of(command: Any) -> UUID | None:
    if isinstance(command, love_order.Refer):
        return command.work.charity
    acting: love_order.Acting | None = getattr(command, "acting", None)
    return acting.charity if acting else None


def _charity(row: Any) -> charity.Charity:
    people = tuple(
        charity.Person(
            subject=one["subject"],
            from_day=date.fromisoformat(one["from_day"]),
            to_day=date.fromisoformat(one["to_day"]) if one["to_day"] else None,
        )
        for one in json.loads(row["people"])
    )
    return charity.Charity(
        status=row["status"],
        name=row["name"],
        credit_code=row["credit_code"],
        regions=tuple(json.loads(row["regions"])),
        people=people,
        until=row["until"],
    )


async def of_claimants(read: Reading, steps: Sequence[Step]) -> Sequence[Policy | None]:
    """For each claim that is opened the policy of that day."""
    if not any(isinstance(step.command, claimant.Open) for step in steps):
        return [None] * len(steps)
    adopted = await read.policies()
    return [policy.in_force(adopted, calendar.day_of(step.command.at)) for step in steps]


async def of_offers(read: Reading, steps: Sequence[Step]) -> Sequence[offer.Known | None]:
    """For each offer that is made, whether a company makes it, and by which rule the county pays it."""
    made = [step.command for step in steps if isinstance(step.command, offer.Make)]
    if not made:
        return [None] * len(steps)
    adopted = await read.policies()
    rows = await read.fetch(KINDS, read.county, [one.terms.claimant for one in made])
    kinds = {row["id"]: row["kind"] == "company" for row in rows}
    return [_offer(step.command, adopted, kinds) for step in steps]


def _offer(command: Any, adopted: Sequence[Policy], kinds: dict[UUID, bool]) -> offer.Known | None:
    if not isinstance(command, offer.Make):
        return None
    in_force = policy.in_force(adopted, calendar.day_of(command.at))
    return offer.Known(company=kinds.get(command.terms.claimant), rule=in_force.offers_rule if in_force else "")


def guards(step: Step, _state: Any = None) -> Iterable[str]:
    """A suspension and what is referred to that charity, or done for it, never share a batch."""
    match step.command:
        case charity.Register() | charity.Amend() | charity.NamePerson() | charity.EndPerson():
            return (f"charity:{step.stream}",)
        case charity.Suspend() | charity.Reinstate() | charity.Remove():
            return (f"charity:{step.stream}",)
    one = _charity_of(step.command)
    return (f"charity:{one}",) if one else policies.guards(step)
