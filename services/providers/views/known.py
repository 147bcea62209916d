"""What the other decisions may know: the keys of a provider, the end of a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.service import Reading, Step, Timely
from services.providers.domain import matching_batch, month, search, system_key, worker
from services.providers.views import grading, proof_known, register_known, visiting
from services.providers.views.candidates import chooses

PARKED = "select count(*) as parked from parked where county = $1"
VISITS_OF_MONTHS = (
    "select month, count(*) as visits from visits where county = $1 and month = any($2::text[]) group by 1"
)
MONTHS = "select id, month from months where county = $1 and id = any($2::uuid[])"
PROVIDERS = "select id from providers where county = $1 and id = any($2::uuid[])"
ACTIVE_KEYS = (
    "select provider, count(*) as active from system_keys where county = $1 and provider = any($2::uuid[])"
    " and status = 'active' group by 1"
)


async def keys_of_provider(read: Reading, steps: Sequence[Step]) -> Sequence[system_key.Known]:
    """Whether the provider is registered, and how many active keys it has; only a new key asks."""
    asked = [step.command.provider for step in steps if isinstance(step.command, system_key.Issue)]
    if not asked:
        return [system_key.Known(registered=True, active=0)] * len(steps)
    registered = {row["id"] for row in await read.fetch(PROVIDERS, read.county, asked)}
    active = {row["provider"]: row["active"] for row in await read.fetch(ACTIVE_KEYS, read.county, asked)}
    return [_keys_of(getattr(step.command, "provider", None), registered, active) for step in steps]


def _keys_of(who: UUID | None, registered: set[UUID], active: Mapping[UUID, int]) -> system_key.Known:
    return system_key.Known(registered=who in registered, active=active.get(who, 0) if who else 0)


async def month_end(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known]:
    """How many messages are parked, and how many visits each month has."""
    rows = await read.fetch(MONTHS, read.county, [step.stream for step in steps])
    months = {row["id"]: row["month"] for row in rows}
    months |= {step.stream: step.command.month for step in steps if isinstance(step.command, month.Seal)}
    parked = (await read.fetch(PARKED, read.county))[0]["parked"]
    counted = await read.fetch(VISITS_OF_MONTHS, read.county, sorted(set(months.values())))
    visits = {row["month"]: row["visits"] for row in counted}
    return [month.Known(parked=parked, visits=visits.get(months.get(step.stream), 0)) for step in steps]


def guards(step: Step, state: Any) -> Iterable[str]:
    """What a decision reads that others change: the supply of candidates, a worker's time, a photo, a provider's keys,
    the packs.

    Most deadlines of offers find them taken long ago; those choose nobody and wait for nobody.
    """
    command = step.command
    yield from policies.guards(step)
    yield from register_known.guards(step)
    if step.decider.category == search.CATEGORY and chooses(step) and not _over(step, state):
        yield "supply"
    yield from visiting.guards(step)
    yield from proof_known.guards(step)
    yield from grading.guards(step)
    if isinstance(command, search.NameWorker) or step.decider.category == matching_batch.CATEGORY:
        yield "supply"
    if isinstance(command, system_key.Issue):
        yield f"keys:{command.provider}"
    if isinstance(command, worker.Leave):
        yield f"worker:{step.stream}"


def _over(step: Step, state: search.State | None) -> bool:
    """A deadline of an offer that is no more, or a new search for an order that has been found somebody since."""
    return isinstance(step.command, Timely) and state is not None and state.status not in ("offered", "released")
