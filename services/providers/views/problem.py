"""A batch as arrays: orders, workers of a month, agreements of a month, and an arc wherever somebody may serve.

Everything is in the order of stable ids, whatever order it was read in, so the same inputs give the same arrays, the
same hash and the same choice. Costs come from the domain's own function; per arc only continuity and the person's
provider are added here, because they alone differ from person to person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from services.providers.domain import calendar, ranking
from services.providers.domain.policy import Policy
from services.providers.domain.ranking import Candidate, Order, Served
from services.providers.views.supply import Supply

Whole = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An order of the batch with its policy and who served the person last."""

    id: UUID
    order: Order
    policy: Policy
    served: Served | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Arc ``k`` lets ``order[k]`` be served by ``worker[k]`` under ``agreement[k]`` at ``cost[k]``; arcs are sorted.

    ``worker_room`` and ``agreement_room`` say how many orders each takes yet, -1 without limit; ``uncovered`` what
    each order costs that nobody serves. ``names`` are the ids behind the numbers.
    """

    order: Whole
    worker: Whole
    agreement: Whole
    cost: Whole
    worker_room: Whole
    agreement_room: Whole
    uncovered: Whole
    names: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def sha256(self) -> str:
        """Of the names and rooms as JSON, a newline, and the arcs as little-endian 64-bit rows of four."""
        head = {
            "agreement_room": self.agreement_room.tolist(),
            "names": self.names,
            "uncovered": self.uncovered.tolist(),
            "worker_room": self.worker_room.tolist(),
        }
        digest = sha256(json.dumps(head, sort_keys=True, separators=(",", ":"), default=str).encode() + b"\n")
        arcs = np.stack([self.order, self.worker, self.agreement, self.cost], axis=1)
        digest.update(np.ascontiguousarray(arcs, dtype="<i8").tobytes())
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """Who fits orders that are alike but for the person: an entry an agreement and worker, with the common cost.

    A candidate's crew is the one worker. ``of_worker`` and ``of_provider`` say at which entries they stand.
    """

    candidates: tuple[Candidate, ...]
    costs: Whole
    month: str
    of_worker: Mapping[UUID, list[int]]
    of_provider: Mapping[UUID, list[int]]


@dataclass(frozen=True, kw_only=True)
class Offerings:
    """The problem, and by arc the candidate with the one worker that the arc stands for."""

    problem: Problem
    waiting: tuple[Waiting, ...]
    fittings: tuple[Fitting, ...]
    of_arc: Whole
    place_in: Whole

    def candidate(self, arc: int) -> Candidate:
        """Whom an arc stands for."""
        return self.fittings[int(self.of_arc[arc])].candidates[int(self.place_in[arc])]


def offerings(waiting: Sequence[Waiting], supply: Supply) -> Offerings:
    """All that can be done for the orders that wait."""
    ordered = tuple(sorted(waiting, key=lambda one: one.id))
    alike: dict[tuple[object, ...], int] = {}
    fittings: list[Fitting] = []
    rows: list[tuple[int, Whole]] = []
    for one in ordered:
        key = _key(one.order)
        if key not in alike:
            alike[key] = len(fittings)
            fittings.append(_fitting(one, supply))
        rows.append((alike[key], _costs(one, fittings[alike[key]])))
    return _assemble(ordered, tuple(fittings), rows)


def _key(order: Order) -> tuple[object, ...]:
    return order.policy, order.item, order.township, order.village, order.window_from, order.window_to


def _fitting(one: Waiting, supply: Supply) -> Fitting:
    """Agreements and workers for which every hard condition holds."""
    order = replace(one.order, assigned=None)
    candidates: list[Candidate] = []
    costs: list[int] = []
    of_worker: dict[UUID, list[int]] = {}
    of_provider: dict[UUID, list[int]] = {}
    for candidate in supply.likely(order, one.policy):
        if ranking.failed(order, candidate, one.policy) is None:
            for hand in ranking.hands(order, candidate, one.policy):
                of_worker.setdefault(hand.worker, []).append(len(candidates))
                of_provider.setdefault(candidate.provider, []).append(len(candidates))
                costs.append(ranking.weigh(order, candidate, hand, None, one.policy).cost or 0)
                candidates.append(replace(candidate, crew=(hand,)))
    return Fitting(
        candidates=tuple(candidates),
        costs=np.array(costs, dtype=np.int64),
        month=calendar.month_of(order.window_from),
        of_worker=of_worker,
        of_provider=of_provider,
    )


def _costs(one: Waiting, fitting: Fitting) -> Whole:
    """The common cost and what changing worker and provider adds for this person."""
    weight, served, costs = one.policy.matching.weight, one.served, fitting.costs
    serves = one.order.assigned
    if served is not None and weight.continuity:
        costs = _unless(costs, weight.continuity, fitting.of_worker.get(served.worker))
        serves = serves or served.provider
    return costs if serves is None else _unless(costs, weight.same_provider, fitting.of_provider.get(serves))


def _unless(costs: Whole, weight: int, places: list[int] | None) -> Whole:
    """The weight on every entry but those at ``places``."""
    more = costs + weight
    if places:
        more[places] -= weight
    return more


def _assemble(
    ordered: tuple[Waiting, ...], fittings: tuple[Fitting, ...], rows: Sequence[tuple[int, Whole]]
) -> Offerings:
    """Numbers for workers and agreements in the order of their ids, and the arcs sorted by order, worker, cost."""
    workers: dict[tuple[str, str], int] = {}
    agreements: dict[tuple[str, str, str], int] = {}
    named = [_named(fitting, workers, agreements) for fitting in fittings]
    worker_at = {name: place for place, name in enumerate(sorted(workers))}
    agreement_at = {name: place for place, name in enumerate(sorted(agreements))}
    worker_of = [_whole(worker_at[name] for name, _ in names) for names in named]
    agreement_of = [_whole(agreement_at[name] for _, name in names) for names in named]
    sizes = _whole(len(costs) for _, costs in rows)
    order, of_arc = np.repeat(np.arange(len(rows)), sizes), np.repeat(_whole(which for which, _ in rows), sizes)
    worker, agreement = (_joined(parts[which] for which, _ in rows) for parts in (worker_of, agreement_of))
    cost, place_in = _joined(costs for _, costs in rows), _joined(np.arange(size) for size in sizes)
    by = np.lexsort((agreement, cost, worker, order))
    problem = Problem(
        order=order[by],
        worker=worker[by],
        agreement=agreement[by],
        cost=cost[by],
        worker_room=_whole(workers[name] for name in worker_at),
        agreement_room=_whole(agreements[name] for name in agreement_at),
        uncovered=_whole(one.policy.matching.weight.uncovered for one in ordered),
        names={"orders": [str(one.id) for one in ordered], "workers": [*worker_at], "agreements": [*agreement_at]},
    )
    return Offerings(problem=problem, waiting=ordered, fittings=fittings, of_arc=of_arc[by], place_in=place_in[by])


def _named(
    fitting: Fitting, workers: dict[tuple[str, str], int], agreements: dict[tuple[str, str, str], int]
) -> list[tuple[tuple[str, str], tuple[str, str, str]]]:
    """Worker and agreement of each entry by name, and how much room they have yet."""
    names = []
    for candidate in fitting.candidates:
        (hand,) = candidate.crew
        worker, agreement = (
            (str(hand.worker), fitting.month),
            (str(candidate.provider), candidate.agreement, fitting.month),
        )
        workers[worker] = hand.monthly_capacity - hand.taken if hand.monthly_capacity else -1
        agreements[agreement] = candidate.capacity - candidate.taken
        names.append((worker, agreement))
    return names


def _joined(parts: Iterable[Whole]) -> Whole:
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])


def _whole(numbers: Iterable[int]) -> Whole:
    return np.fromiter(numbers, dtype=np.int64)
