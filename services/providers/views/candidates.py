"""What a search may know: every agreement of the county as a candidate, with the load it carries now.

All searches of one batch are read for at once. They are decided one after another, so each sees the load that the
ones before it will have added: the reader ranks as the decision will, and counts whoever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step, Timely
from services.providers.domain import policy, ranking, search
from services.providers.domain.policy import Policy
from services.providers.domain.ranking import Order, Served
from services.providers.views.supply import Supply
from services.providers.views.supply_reading import read_supply

COLUMNS = "id, kind, person, item, units, township, village, window_from, window_to, assigned, policy"
ORDERS = f"select {COLUMNS} from searches where county = $1 and id = any($2::uuid[])"
SERVED = (
    "select distinct on (s.person) s.person, v.worker, v.provider from searches s"
    " join visits v on v.county = s.county and v.id = s.visit"
    " where s.county = $1 and s.person = any($2::uuid[]) and s.visit is not null"
    " order by s.person, v.started_at desc, v.id"
)
WORKERS = "select id, provider, left_on, monthly_capacity from workers where county = $1 and id = any($2::uuid[])"
LAST_RUN = "select max(at) as at from matching_batches where county = $1"
IN_HANDS = (
    "select o.id, s.worker, count(*) as taken from searches o join searches s on s.county = o.county"
    " and s.month = o.month and s.worker = any($3::uuid[]) and s.status in ('offered', 'found')"
    " where o.county = $1 and o.id = any($2::uuid[]) group by 1, 2"
)


async def known(read: Reading, steps: Sequence[Step]) -> Sequence[search.Known | search.Sent | None]:
    """Candidates for the steps that choose one, the worker for those that name one, None for the others.

    NotYet while the order's policy is not here.
    """
    choosing = [step for step in steps if chooses(step)]
    sent = await _sent(read, [step for step in steps if isinstance(step.command, search.NameWorker)])
    if not choosing:
        return [sent.get(step.stream) for step in steps]
    orders = await _orders(read, choosing)
    policies = await read.policies()
    served = await served_last(read, orders.values(), policies)
    supply = await read_supply(read, orders.values())
    last_run = await _last_run(read, policies)
    return [
        _one(step, orders.get(step.stream), supply, policies, served, last_run)
        if chooses(step)
        else sent.get(step.stream)
        for step in steps
    ]


def chooses(step: Step) -> bool:
    """Whether deciding the step may offer the order to somebody."""
    return isinstance(step.command, search.Search | search.Decline | search.Assign | search.Settle | Timely)


def order_of(row: Any) -> Order:
    """The order as its search began."""
    return Order(**{name: row[name] for name in COLUMNS.split(", ") if name != "id"})


async def served_last(read: Reading, orders: Iterable[Order], policies: Sequence[Policy]) -> dict[UUID, Served]:
    """By person: who came last; read only where a policy gives it a weight."""
    if not any(one.matching.weight.continuity for one in policies):
        return {}
    rows = await read.fetch(SERVED, read.county, sorted({order.person for order in orders}))
    return {row["person"]: Served(provider=row["provider"], worker=row["worker"]) for row in rows}


def _one(
    step: Step,
    order: Order | None,
    supply: Supply,
    policies: Sequence[Policy],
    served: Mapping[UUID, Served],
    last_run: datetime | None,
) -> search.Known | None:
    if order is None:
        return None
    rules, last = policy.named(policies, order.policy), served.get(order.person)
    found = search.Known(policy=rules, candidates=supply.candidates(order, rules), served=last, last_run=last_run)
    _count(step, order, found, supply)
    return found


def _count(step: Step, order: Order, found: search.Known, supply: Supply) -> None:
    """Count for the steps behind whom this one will choose; what declined or expired is guarded instead."""
    command = step.command
    if isinstance(command, search.Assign):
        supply.take(order, command.provider, command.agreement, command.worker)
    elif isinstance(command, search.Settle) or (
        isinstance(command, search.Search)
        and search.run_at(order, command.at, found.policy.matching, found.last_run) is None
    ):
        considered = ranking.rank(order, found.candidates, found.policy, {}, found.served)
        if considered and considered[0].rank:
            supply.take(order, considered[0].provider, considered[0].agreement, considered[0].worker)


async def _last_run(read: Reading, policies: Sequence[Policy]) -> datetime | None:
    """When a batch was last decided; read only where a policy lets orders wait for one."""
    if not any(one.matching.batch for one in policies):
        return None
    at: datetime | None = (await read.fetch(LAST_RUN, read.county))[0]["at"]
    return at


async def _orders(read: Reading, steps: Iterable[Step]) -> dict[UUID, Order]:
    """By id: from the command that begins the search, or as it was begun."""
    rows = await read.fetch(ORDERS, read.county, [step.stream for step in steps])
    found = {row["id"]: order_of(row) for row in rows}
    return found | {step.stream: step.command.order for step in steps if isinstance(step.command, search.Search)}


async def _sent(read: Reading, steps: Sequence[Step]) -> dict[UUID, search.Sent]:
    """By order: the worker that is named for it."""
    if not steps:
        return {}
    named = [step.command.worker for step in steps]
    workers = {row["id"]: row for row in await read.fetch(WORKERS, read.county, named)}
    rows = await read.fetch(IN_HANDS, read.county, [step.stream for step in steps], named)
    taken = {(row["id"], row["worker"]): row["taken"] for row in rows}
    return {
        step.stream: _worker(workers.get(step.command.worker), taken.get((step.stream, step.command.worker), 0))
        for step in steps
    }


def _worker(row: Any, taken: int) -> search.Sent:
    if row is None:
        return search.Sent(provider=None, left_on=None, taken=0, monthly_capacity=0)
    return search.Sent(
        provider=row["provider"], left_on=row["left_on"], taken=taken, monthly_capacity=row["monthly_capacity"]
    )
