"""What a batch may know: a proposal for the orders that wait, made by the solver on what is known at that moment.

The solver runs in a thread, so the other counties go on meanwhile; this county's writer waits for it, and therefore the
proposal is of the very state on which it is decided. A run takes so many orders as the policy says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.service import Reading, Step, Timely
from services.providers.domain import matching_batch, policy
from services.providers.domain.matching_batch import Case
from services.providers.views import solving
from services.providers.views.candidates import COLUMNS, order_of, served_last
from services.providers.views.problem import Offerings, Waiting, offerings
from services.providers.views.supply import Supply
from services.providers.views.supply_reading import read_supply

WAITING = (
    f"select {COLUMNS} from searches where county = $1 and status = 'waiting'"
    " and ($2::timestamptz is null or run_at <= $2) order by run_at, window_to, id limit $3"
)
HOW_MANY = (
    "select count(*) as waiting, (array_agg(policy order by run_at, window_to, id))[1] as policy from searches"
    " where county = $1 and status = 'waiting' and ($2::timestamptz is null or run_at <= $2)"
)


async def known(read: Reading, steps: Sequence[Step]) -> Sequence[matching_batch.Known]:
    """A proposal for each run; a guard keeps two out of one transaction."""
    return [await _proposal(read, step.command) for step in steps]


async def _proposal(read: Reading, command: matching_batch.Run | Timely) -> matching_batch.Known:
    """For an officer of all that waits, for the clock of what should be decided by now."""
    by: datetime | None = command.at if isinstance(command, Timely) else None
    (count,) = await read.fetch(HOW_MANY, read.county, by)
    if not count["waiting"]:
        return matching_batch.Known()
    policies = await read.policies()
    most = policy.named(policies, count["policy"]).matching.most_orders
    rows = await read.fetch(WAITING, read.county, by, most)
    orders = {row["id"]: order_of(row) for row in rows}
    served = await served_last(read, orders.values(), policies)
    supply = await read_supply(read, orders.values())
    waiting = [
        Waiting(id=id_, order=order, policy=policy.named(policies, order.policy), served=served.get(order.person))
        for id_, order in orders.items()
    ]
    return await asyncio.to_thread(propose, waiting, supply, count["waiting"] - len(rows))


def propose(waiting: Sequence[Waiting], supply: Supply, left: int) -> matching_batch.Known:
    """Who should serve what, in the order of the orders' ids."""
    offered = offerings(waiting, supply)
    chosen = solving.solve(offered.problem)
    return matching_batch.Known(
        cases=tuple(_case(offered, place, arc) for place, arc in enumerate(chosen.tolist())),
        left=left,
        inputs_sha256=offered.problem.sha256(),
    )


def _case(offered: Offerings, place: int, arc: int) -> Case:
    one = offered.waiting[place]
    nobody = arc == solving.NOBODY
    told: dict[str, Any] = {
        "candidate": None if nobody else offered.candidate(arc),
        "cost": int(offered.problem.uncovered[place] if nobody else offered.problem.cost[arc]),
    }
    return Case(order_id=one.id, order=one.order, policy=one.policy, served=one.served, **told)
