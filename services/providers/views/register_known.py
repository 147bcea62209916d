"""What decisions about providers, tenders and workers may know beyond their own stream."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.kernel import Rejected
from chassis.service import Reading, Step, Timely
from services.providers.domain import calendar, policy, provider, tender, worker
from services.providers.domain.policy import Policy
from services.providers.views import register_rows

HELD = (
    "select id, provider, agreement, item, township, window_from, window_to from searches where county = $1"
    " and provider = any($2::uuid[]) and status in ('offered', 'found') and visit is null"
    " and not exists (select from appointments a where a.county = $1 and a.order_id = searches.id"
    " and a.status in ('started', 'ended')) order by window_from, id"
)
"""What a provider was offered or has taken; where somebody is there already, or was, the visit goes its way."""
TENDERS = "select number, items, amount_fen, awards from tenders where county = $1 and number = any($2::text[])"
AGREEMENTS = "select id, agreements from providers where county = $1 and agreements <> '[]'"
STANDING = "select id, removed_from, outlets from providers where county = $1 and id = any($2::uuid[])"

RULED = (provider.Agree, provider.Amend, provider.Extend, provider.Terminate, provider.Suspend, provider.Remove)
"""Commands held against the policy of their day."""
TENDERED = (provider.Agree, provider.Amend)
"""Commands held against the tender that their agreement names."""
LESS = (provider.Amend, provider.Terminate, provider.Suspend, provider.Remove, provider.CloseOutlet)
"""Commands that may take from what a search has read."""


async def provider_known(read: Reading, steps: Sequence[Step]) -> Sequence[provider.Known]:
    """The policy of the day, the tender of the agreement, or the orders held, each where the decision needs it."""
    adopted = await read.policies() if any(isinstance(step.command, RULED) for step in steps) else ()
    tenders = await _tenders(read, [step for step in steps if isinstance(step.command, TENDERED)])
    orders = await _orders(read, [step.stream for step in steps if isinstance(step.command, Timely)])
    return [
        provider.Known(
            policy=_in_force(adopted, step) if isinstance(step.command, RULED) else None,
            tender=tenders.get((step.stream, getattr(step.command, "at", None), number_of(step))),
            orders=tuple(orders.get(step.stream, ())) if isinstance(step.command, Timely) else (),
        )
        for step in steps
    ]


def number_of(step: Step) -> str:
    """The number of the agreement a step is about."""
    command = step.command
    return command.agreement.number if isinstance(command, provider.Agree) else getattr(command, "number", "")


def _in_force(adopted: Sequence[Policy], step: Step) -> Policy | None:
    try:
        return policy.in_force(adopted, calendar.day_of(step.command.at))
    except Rejected:
        return None


async def _orders(read: Reading, providers: Sequence[UUID]) -> dict[UUID, list[provider.OpenOrder]]:
    """What each provider was offered or has taken and has not served, the earliest windows first."""
    found: dict[UUID, list[provider.OpenOrder]] = {}
    for row in await read.fetch(HELD, read.county, providers) if providers else ():
        order = provider.OpenOrder(
            order_id=row["id"],
            agreement=row["agreement"],
            item=row["item"],
            township=row["township"],
            window_from=row["window_from"],
            window_to=row["window_to"],
        )
        found.setdefault(row["provider"], []).append(order)
    return found


async def _tenders(read: Reading, steps: Sequence[Step]) -> dict[Any, provider.Tendered]:
    """By step: the registered tender that its agreement names, and what the county's other agreements commit of it."""
    if not steps:
        return {}
    agreed = [
        (row["id"], held.agreed.number, held.agreed.tender, held.latest.amount_fen)
        for row in await read.fetch(AGREEMENTS, read.county)
        for held in register_rows.agreements(row["agreements"])
    ]
    named = {(stream, number): number_of_tender for stream, number, number_of_tender, _ in agreed}
    wanted = {
        (step.stream, step.command.at, number_of(step)): (
            step.command.agreement.tender
            if isinstance(step.command, provider.Agree)
            else named.get((step.stream, number_of(step)), "")
        )
        for step in steps
    }
    rows = {row["number"]: row for row in await read.fetch(TENDERS, read.county, sorted(set(wanted.values())))}
    return {
        key: _tendered(rows[number], key[0], key[2], agreed) for key, number in wanted.items() if number in rows
    }  # fmt: skip


def _tendered(
    row: Mapping[str, Any], who: UUID, number: str, agreed: Sequence[tuple[UUID, str, str, int]]
) -> provider.Tendered:
    """The tender for one provider's agreement, which is not counted itself."""
    committed = Counter[UUID]()
    for stream, agreement, of_tender, amount_fen in agreed:
        if of_tender == row["number"] and (stream, agreement) != (who, number):
            committed[stream] += amount_fen
    awards = {UUID(one["provider"]): one["amount_fen"] for one in json.loads(row["awards"])}
    return provider.Tendered(
        items=tuple(json.loads(row["items"])),
        amount_fen=row["amount_fen"],
        awarded_fen=awards.get(who),
        committed_fen=committed.total(),
        committed_here_fen=committed[who],
    )


async def award_known(read: Reading, steps: Sequence[Step]) -> Sequence[bool]:
    """Whether the provider of an award is registered and not removed."""
    asked = [step.command.provider for step in steps if isinstance(step.command, tender.Award)]
    rows = await read.fetch(STANDING, read.county, asked) if asked else ()
    standing = {row["id"] for row in rows if row["removed_from"] is None}
    return [getattr(step.command, "provider", None) in standing for step in steps]


async def worker_known(read: Reading, steps: Sequence[Step]) -> Sequence[worker.Known]:
    """Whether the provider of a worker is registered, its open outlets, and the policy of the day for a training."""
    rows = await read.fetch(STANDING, read.county, [step.command.provider for step in steps])
    found = {row["id"]: row for row in rows}
    adopted = await read.policies() if any(isinstance(step.command, worker.Train) for step in steps) else ()
    return [
        worker.Known(
            registered=step.command.provider in found,
            outlets=_open(found.get(step.command.provider)),
            policy=_in_force(adopted, step) if isinstance(step.command, worker.Train) else None,
        )
        for step in steps
    ]


def _open(row: Mapping[str, Any] | None) -> frozenset[str]:
    if row is None:
        return frozenset()
    return frozenset(outlet.name for outlet in register_rows.outlets(row["outlets"]) if outlet.closed_on is None)


def guards(step: Step) -> Iterable[str]:
    """What these decisions read that others change: a tender's amounts, outlets; and what searches read."""
    command = step.command
    if isinstance(command, (*TENDERED, tender.Award)):
        yield "tenders"
    if isinstance(command, LESS):
        yield "supply"
    if isinstance(command, provider.CloseOutlet | provider.OpenOutlet):
        yield f"outlets:{step.stream}"
    if isinstance(command, worker.Employ | worker.Assign):
        yield f"outlets:{command.provider}"
    if isinstance(command, worker.BeAway | worker.Return):
        yield f"worker:{step.stream}"
