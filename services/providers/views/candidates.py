"""What a search may know: every agreement of the county as a candidate, with the load it carries now.

All searches of one batch are read for at once. They are decided one after another, so each sees the load that the
ones before it will have added: the reader ranks as the decision will, and counts whoever comes first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step, Timely
from services.providers.domain import calendar, policy, ranking, reach, search
from services.providers.domain.provider import Agreement
from services.providers.domain.ranking import Candidate
from services.providers.domain.reach import Point

ORDERS = "select id, township, village, month, policy from searches where county = $1 and id = any($2::uuid[])"
PROVIDERS = "select id, outlets, agreements from providers where county = $1 and agreements <> '[]' order by id"
STAFF = (
    "select provider, township, count(*) as workers from workers where county = $1 and left_on is null group by 1, 2"
)
LOADS = (
    "select provider, agreement, month, count(*) as taken from searches where county = $1 and month = any($2::text[])"
    " and status in ('offered', 'found') group by 1, 2, 3"
)
PLACES = "select code, latitude_udeg, longitude_udeg from places where county = $1 and code = any($2::text[])"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where and when somebody is wanted, and by which policy; ``order`` is there when the search begins."""

    township: str
    village: str
    month: str
    policy: str
    order: ranking.Order | None = None


@dataclass(kw_only=True)
class Supply:
    """The county's agreements, points, workers and loads, read once a batch."""

    agreements: list[tuple[UUID, tuple[Point, ...], Agreement]]
    workers: dict[tuple[UUID, str], int]
    points: dict[str, Point]
    taken: Counter[tuple[UUID, str, str]] = field(default_factory=Counter)

    def candidates(self, wanted: Wanted) -> tuple[Candidate, ...]:
        """Every agreement as it stands for one order."""
        village = self.points.get(wanted.village) or self.points.get(wanted.township)
        return tuple(
            Candidate(
                provider=provider,
                agreement=agreement.number,
                items=agreement.items,
                townships=agreement.townships,
                valid_from=agreement.valid_from,
                valid_to=agreement.valid_to,
                qualified_to=agreement.qualified_to,
                capacity=agreement.monthly_capacity,
                taken=self.taken[provider, agreement.number, wanted.month],
                workers=self.workers.get((provider, wanted.township), 0),
                metres=min(reach.metres(outlet, village) for outlet in outlets) if village else None,
            )
            for provider, outlets, agreement in self.agreements
        )


async def known(read: Reading, steps: Sequence[Step]) -> Sequence[search.Known | None]:
    """Candidates for the steps that choose one, None for the others; NotYet while the order's policy is not here."""
    choosing = [step for step in steps if chooses(step)]
    if not choosing:
        return [None] * len(steps)
    wanted = await _wanted(read, choosing)
    supply = await _supply(read, wanted.values())
    policies = await read.policies()
    return [_one(wanted.get(step.stream), supply, policies) if chooses(step) else None for step in steps]


def chooses(step: Step) -> bool:
    """Whether deciding the step may offer the order to somebody."""
    return isinstance(step.command, search.Search | search.Decline | Timely)


def _one(wanted: Wanted | None, supply: Supply, policies: Sequence[Any]) -> search.Known | None:
    if wanted is None:
        return None
    known = search.Known(policy=policy.named(policies, wanted.policy), candidates=supply.candidates(wanted))
    if wanted.order is not None:
        considered = ranking.rank(wanted.order, known.candidates, known.policy, {})
        if considered and considered[0].rank:
            supply.taken[considered[0].provider, considered[0].agreement, wanted.month] += 1
    return known


async def _wanted(read: Reading, steps: Iterable[Step]) -> dict[UUID, Wanted]:
    """By order: from the command that begins the search, or as it was begun."""
    found = {}
    for row in await read.fetch(ORDERS, read.county, [step.stream for step in steps]):
        found[row["id"]] = Wanted(
            township=row["township"], village=row["village"], month=row["month"], policy=row["policy"]
        )
    for step in steps:
        if isinstance(step.command, search.Search):
            order = step.command.order
            found[step.stream] = Wanted(
                township=order.township,
                village=order.village,
                month=calendar.month_of(order.window_from),
                policy=order.policy,
                order=order,
            )
    return found


async def _supply(read: Reading, wanted: Iterable[Wanted]) -> Supply:
    wanted = list(wanted)
    places = {one.village for one in wanted} | {one.township for one in wanted}
    loads = await read.fetch(LOADS, read.county, sorted({one.month for one in wanted}))
    return Supply(
        agreements=[
            (row["id"], _points(row["outlets"]), agreement)
            for row in await read.fetch(PROVIDERS, read.county)
            for agreement in _agreements(row["agreements"])
        ],
        workers={(row["provider"], row["township"]): row["workers"] for row in await read.fetch(STAFF, read.county)},
        points={row["code"]: _point(row) for row in await read.fetch(PLACES, read.county, sorted(places))},
        taken=Counter({(row["provider"], row["agreement"], row["month"]): row["taken"] for row in loads}),
    )


def _point(row: Any) -> Point:
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])


def _points(outlets: str) -> tuple[Point, ...]:
    return tuple(_point(outlet) for outlet in json.loads(outlets))


def _agreements(text: str) -> Iterable[Agreement]:
    for row in json.loads(text):
        until = row["qualified_to"]
        agreement = Agreement(
            number=row["number"],
            items=tuple(row["items"]),
            townships=tuple(row["townships"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            monthly_capacity=row["monthly_capacity"],
            tender=row["tender"],
        )
        yield replace(agreement, qualified_to=date.fromisoformat(until)) if until else agreement
