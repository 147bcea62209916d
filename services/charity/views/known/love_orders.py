"""What decisions may know: the policy an order names, the quota in force, how a month stands."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step
from services.charity.domain import calendar, claimant, love_order, month, policy
from services.charity.domain.policy import Policy

PARKED = "select count(*) as parked from parked where county = $1"
WAITING = "select coalesce(sum(held), 0)::bigint as waiting from love_orders where county = $1 and held > 0"


async def terms(read: Reading, steps: Sequence[Step]) -> Sequence[Policy | None]:
    """For each referral the policy it names, None for the others; NotYet while that is not here."""
    adopted = await read.policies()
    return [
        policy.named(adopted, step.command.work.policy) if isinstance(step.command, love_order.Refer) else None
        for step in steps
    ]


async def quota(read: Reading, steps: Sequence[Step]) -> Sequence[int | None]:
    """For each claim that is opened, how many its claimant may have open by the policy of that day."""
    adopted = await read.policies()
    return [_quota(adopted, step) for step in steps]


def _quota(adopted: Sequence[Policy], step: Step) -> int | None:
    if not isinstance(step.command, claimant.Open):
        return None
    in_force = policy.in_force(adopted, calendar.day_of(step.command.at))
    return in_force.quota if in_force else None


async def month_end(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known]:
    """How many messages are parked, and how many places are held and not fulfilled."""
    parked = (await read.fetch(PARKED, read.county))[0]["parked"]
    waiting = (await read.fetch(WAITING, read.county))[0]["waiting"]
    return [month.Known(parked=parked, waiting=waiting)] * len(steps)
