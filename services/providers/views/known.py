"""What the other decisions may know: the policy in force, the provider of a worker, what clashes with a visit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.kernel import Rejected
from chassis.service import Reading, Step, Timely
from services.providers.domain import calendar, month, policy, provider, search, system_key, visit, worker
from services.providers.domain.policy import Policy
from services.providers.domain.reach import Point
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
ORDERS = (
    "select s.id, s.policy, s.window_from, s.window_to, p.latitude_udeg, p.longitude_udeg from searches s"
    " left join places p on p.county = s.county and p.code = s.village where s.county = $1 and s.id = any($2::uuid[])"
)
WORKERS = "select id, provider, left_on from workers where county = $1 and id = any($2::uuid[])"
SAME_PHOTOS = "select order_id, photos from visits_with_photos($1::text[])"
SAME_TIME = (
    "select distinct wanted.place from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])"
    " with ordinality as wanted (order_id, worker, started_at, ended_at, place) join visits v on v.county = $1"
    " and v.worker = wanted.worker and v.order_id <> wanted.order_id and v.started_at < wanted.ended_at"
    " and v.ended_at > wanted.started_at"
)


async def policy_in_force(read: Reading, steps: Sequence[Step]) -> Sequence[Policy | None]:
    """For each step that agrees, the policy of its day; None where there is none or none is needed."""
    adopted = await read.policies()
    return [_in_force(adopted, step) for step in steps]


def _in_force(adopted: Sequence[Policy], step: Step) -> Policy | None:
    if not isinstance(step.command, provider.Agree):
        return None
    try:
        return policy.in_force(adopted, calendar.day_of(step.command.at))
    except Rejected:
        return None


async def provider_registered(read: Reading, steps: Sequence[Step]) -> Sequence[bool]:
    """Whether the provider of a worker is registered."""
    rows = await read.fetch(PROVIDERS, read.county, [step.command.provider for step in steps])
    found = {row["id"] for row in rows}
    return [step.command.provider in found for step in steps]


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


async def around_visits(read: Reading, steps: Sequence[Step]) -> Sequence[visit.Known | None]:
    """What bears on each visit besides itself; None where the order is not known here."""
    reports: list[visit.Report] = [step.command for step in steps]
    orders = {row["id"]: row for row in await read.fetch(ORDERS, read.county, [one.order_id for one in reports])}
    workers = {row["id"]: row for row in await read.fetch(WORKERS, read.county, [one.worker for one in reports])}
    photos = await _orders_by_photo(read, {photo for one in reports for photo in one.photos})
    clashing = await read.fetch(
        SAME_TIME,
        read.county,
        [one.order_id for one in reports],
        [one.worker for one in reports],
        [one.started_at for one in reports],
        [one.ended_at for one in reports],
    )
    elsewhere = {row["place"] for row in clashing}
    adopted = await read.policies()
    return [_around(one, orders, workers, photos, place in elsewhere, adopted) for place, one in enumerate(reports, 1)]


def _around(
    report: visit.Report,
    orders: Mapping[UUID, Any],
    workers: Mapping[UUID, Any],
    photos: Mapping[str, set[UUID]],
    elsewhere: bool,
    adopted: Sequence[Policy],
) -> visit.Known | None:
    order, sent = orders.get(report.order_id), workers.get(report.worker)
    if order is None:
        return None
    left_on: date | None = sent["left_on"] if sent else None
    return visit.Known(
        policy=policy.named(adopted, order["policy"]),
        window_from=order["window_from"],
        window_to=order["window_to"],
        village=_point(order),
        worker_provider=sent["provider"] if sent else None,
        worker_left_on=left_on,
        photo_reused=any(photos.get(photo, set()) - {report.order_id} for photo in report.photos),
        worker_elsewhere=elsewhere,
    )


def _point(row: Any) -> Point | None:
    if row["latitude_udeg"] is None:
        return None
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])


async def _orders_by_photo(read: Reading, hashes: set[str]) -> dict[str, set[UUID]]:
    """Which orders a photo was told for."""
    found: dict[str, set[UUID]] = {}
    if hashes:
        for row in await read.fetch(SAME_PHOTOS, sorted(hashes)):
            for photo in json.loads(row["photos"]):
                found.setdefault(photo, set()).add(row["order_id"])
    return found


def guards(step: Step, state: Any) -> Iterable[str]:
    """What a decision reads that others change: the supply of candidates, a worker's time, a photo, a provider's keys,
    the packs.

    Most deadlines of offers find them taken long ago; those choose nobody and wait for nobody.
    """
    command = step.command
    yield from policies.guards(step)
    if step.decider.category == search.CATEGORY and chooses(step) and not _over(step, state):
        yield "supply"
    if isinstance(command, visit.Report):
        yield f"worker:{command.worker}"
        yield from (f"photo:{photo}" for photo in command.photos)
    if isinstance(command, system_key.Issue):
        yield f"keys:{command.provider}"
    if isinstance(command, worker.Leave):
        yield f"worker:{step.stream}"


def _over(step: Step, state: search.State | None) -> bool:
    """A deadline of an offer that is no more."""
    return isinstance(step.command, Timely) and state is not None and state.status != "offered"
