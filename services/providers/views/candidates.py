"""What a search may know: every agreement of the county as a candidate, with the load it carries now.

All searches of one batch are read for at once. They are decided one after another, so each sees the load that the
ones before it will have added: the reader ranks as the decision will, and counts whoever comes first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step, Timely
from services.providers.domain import calendar, policy, ranking, reach, search
from services.providers.domain.policy import Policy
from services.providers.domain.provider import Held
from services.providers.domain.qualification import may_not_be_sent
from services.providers.domain.ranking import Candidate
from services.providers.domain.reach import Point
from services.providers.views import register_rows
from services.providers.views.register_rows import Supplier

ORDERS = (
    "select id, township, village, month, window_from, window_to, policy from searches"
    " where county = $1 and id = any($2::uuid[])"
)
PROVIDERS = f"select {register_rows.COLUMNS} from providers where county = $1 and agreements <> '[]' order by id"
STAFF = (
    "select provider, township, left_on, trained_to, evaluated, leaves from workers"
    " where county = $1 and (left_on is null or left_on > $2) order by id"
)
LOADS = (
    "select provider, agreement, month, count(*) as taken from searches where county = $1 and month = any($2::text[])"
    " and status in ('offered', 'found') group by 1, 2, 3"
)
ORDERS_UNDER = (
    "select provider, agreement, count(*) as taken from searches where county = $1 and agreement = any($2::text[])"
    " and status in ('offered', 'found') group by 1, 2"
)
PLACES = "select code, latitude_udeg, longitude_udeg from places where county = $1 and code = any($2::text[])"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where and when somebody is wanted, and by which policy; ``order`` is there when the search begins."""

    township: str
    village: str
    month: str
    window_from: date
    window_to: date
    policy: str
    order: ranking.Order | None = None


@dataclass(frozen=True, kw_only=True)
class Hand:
    """A worker of a provider in a township, and until when and from when it may be sent."""

    trained_to: date | None
    evaluated: str
    left_on: date | None
    leaves: tuple[tuple[date, date], ...]


@dataclass(kw_only=True)
class Supply:
    """The county's agreements, points, workers and loads, read once a batch."""

    suppliers: list[Supplier]
    workers: dict[tuple[UUID, str], list[Hand]]
    points: dict[str, Point]
    taken: Counter[tuple[UUID, str, str]] = field(default_factory=Counter)
    taken_ever: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    def candidates(self, wanted: Wanted, rules: Policy) -> tuple[Candidate, ...]:
        """Every agreement as it stands for one order."""
        village = self.points.get(wanted.village) or self.points.get(wanted.township)
        first, last = wanted.window_from, wanted.window_to
        found = []
        for supplier in self.suppliers:
            unfit = supplier.unfit(rules, first, last)
            starts = supplier.points(first, last, (wanted.village, wanted.township))
            workers = self._workers(supplier.id, wanted, rules)
            for held in supplier.agreements:
                agreement = held.during(first, last)
                taken = self.taken_ever[supplier.id, agreement.number]
                used_up = "agreement_used_up" if 0 < agreement.most_orders <= taken else None
                found.append(
                    Candidate(
                        provider=supplier.id,
                        agreement=agreement.number,
                        items=agreement.items,
                        townships=agreement.townships,
                        valid_from=agreement.valid_from,
                        valid_to=agreement.valid_to,
                        qualified_to=agreement.qualified_to,
                        capacity=agreement.monthly_capacity,
                        taken=self.taken[supplier.id, agreement.number, wanted.month],
                        workers=workers,
                        metres=min((reach.metres(start, village) for start in starts), default=None)
                        if village
                        else None,
                        unfit=unfit or used_up or (None if starts else "no_outlet_open"),
                    )
                )
        return tuple(found)

    def _workers(self, provider: UUID, wanted: Wanted, rules: Policy) -> int:
        """How many of the township's workers may be sent on some day of the window."""
        return sum(
            may_not_be_sent(
                rules.registers,
                trained_to=hand.trained_to,
                evaluated=hand.evaluated,
                left_on=hand.left_on,
                leaves=hand.leaves,
                first=wanted.window_from,
                last=wanted.window_to,
            )
            is None
            for hand in self.workers.get((provider, wanted.township), ())
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
    rules = policy.named(policies, wanted.policy)
    known = search.Known(policy=rules, candidates=supply.candidates(wanted, rules))
    if wanted.order is not None:
        considered = ranking.rank(wanted.order, known.candidates, known.policy, {})
        if considered and considered[0].rank:
            supply.taken[considered[0].provider, considered[0].agreement, wanted.month] += 1
            supply.taken_ever[considered[0].provider, considered[0].agreement] += 1
    return known


async def _wanted(read: Reading, steps: Iterable[Step]) -> dict[UUID, Wanted]:
    """By order: from the command that begins the search, or as it was begun."""
    found = {}
    for row in await read.fetch(ORDERS, read.county, [step.stream for step in steps]):
        found[row["id"]] = Wanted(
            township=row["township"],
            village=row["village"],
            month=row["month"],
            window_from=row["window_from"],
            window_to=row["window_to"],
            policy=row["policy"],
        )
    for step in steps:
        if isinstance(step.command, search.Search):
            order = step.command.order
            found[step.stream] = Wanted(
                township=order.township,
                village=order.village,
                month=calendar.month_of(order.window_from),
                window_from=order.window_from,
                window_to=order.window_to,
                policy=order.policy,
                order=order,
            )
    return found


async def _supply(read: Reading, wanted: Iterable[Wanted]) -> Supply:
    wanted = list(wanted)
    places = {one.village for one in wanted} | {one.township for one in wanted}
    loads = await read.fetch(LOADS, read.county, sorted({one.month for one in wanted}))
    suppliers = [Supplier.of(row) for row in await read.fetch(PROVIDERS, read.county)]
    earliest = min((one.window_from for one in wanted), default=date.max)
    return Supply(
        suppliers=suppliers,
        workers=_staff(await read.fetch(STAFF, read.county, earliest)),
        points={row["code"]: _point(row) for row in await read.fetch(PLACES, read.county, sorted(places))},
        taken=Counter({(row["provider"], row["agreement"], row["month"]): row["taken"] for row in loads}),
        taken_ever=await _taken_ever(read, suppliers),
    )


async def _taken_ever(read: Reading, suppliers: Iterable[Supplier]) -> Counter[tuple[UUID, str]]:
    """How many orders stand under each agreement that limits them in all; nothing is read where none does."""
    limited = {held.agreed.number for one in suppliers for held in one.agreements if _limits(held)}
    if not limited:
        return Counter()
    rows = await read.fetch(ORDERS_UNDER, read.county, sorted(limited))
    return Counter({(row["provider"], row["agreement"]): row["taken"] for row in rows})


def _limits(held: Held) -> bool:
    return any(terms.most_orders for terms in held.terms)


def _staff(rows: Iterable[Any]) -> dict[tuple[UUID, str], list[Hand]]:
    staff: dict[tuple[UUID, str], list[Hand]] = {}
    for row in rows:
        leaves = tuple(
            (date.fromisoformat(one["from_day"]), date.fromisoformat(one["to_day"]))
            for one in json.loads(row["leaves"])
        )
        hand = Hand(trained_to=row["trained_to"], evaluated=row["evaluated"], left_on=row["left_on"], leaves=leaves)
        staff.setdefault((row["provider"], row["township"]), []).append(hand)
    return staff


def _point(row: Any) -> Point:
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])
