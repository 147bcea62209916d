"""Solves a batch: every order to one worker or to nobody, within the rooms, at the least cost as a whole.

A worker with room for several orders stands as so many slots, an order that nobody serves takes a slot of its own at
the price of an uncovered home, and an agreement with less room than its workers have together gets rows that occupy
what is too much. What is left is the sparse assignment problem (scipy's Jonker-Volgenant), solved component by
component. Measured with 10,000 orders, 1,000 workers and 700,000 arcs in one component: 4 s, as cheap as HiGHS, which
takes 32 s.

Workers have few slots at first, more where all are taken: what does not bind costs nothing. The whole may cost more
than the least in two cases only: where one worker serves under several agreements that have too little room, the
orders beyond the room lose that arc and the rest is solved again; and a component too large for the memory keeps each
order's cheapest arcs, after which whoever got nobody tries what room is left.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from services.providers.views.problem import Problem, Whole

FEWEST_SLOTS = 4
ENTRIES_MAX = 8_000_000
"""Entries of one component's matrix: an arc stands once for every slot of its worker. So many take some 400 MB."""

FEWEST_ARCS = 8
NOBODY = -1

Flags = NDArray[np.bool_]


def solve(problem: Problem) -> Whole:
    """By order: the arc chosen, or ``NOBODY``."""
    chosen = _within_rooms(problem)
    while True:
        left, arcs = _left(problem, chosen)
        more = _within_rooms(left)
        found = more != NOBODY
        if not found.any():
            return chosen
        chosen[found] = arcs[more[found]]


def _within_rooms(problem: Problem) -> Whole:
    """Solved again without what goes beyond an agreement's room, until nothing does."""
    usable = np.ones(len(problem.cost), dtype=bool)
    while True:
        chosen = _solve(problem, usable)
        beyond = _beyond_room(problem, chosen)
        if not len(beyond):
            return chosen
        usable[beyond] = False


def _left(problem: Problem, chosen: Whole) -> tuple[Problem, Whole]:
    """What can be done yet for those who got nobody, with the room the others left (mostly nothing), and its arcs."""
    served = chosen[chosen != NOBODY]
    workers, agreements = len(problem.worker_room), len(problem.agreement_room)
    room = problem.worker_room - np.where(
        problem.worker_room < 0, 0, np.bincount(problem.worker[served], minlength=workers)
    )
    agreed = problem.agreement_room - np.bincount(problem.agreement[served], minlength=agreements)
    open_ = (chosen == NOBODY)[problem.order] & (room != 0)[problem.worker] & (agreed > 0)[problem.agreement]
    arcs = np.flatnonzero(open_)
    left = replace(
        problem,
        order=problem.order[arcs],
        worker=problem.worker[arcs],
        agreement=problem.agreement[arcs],
        cost=problem.cost[arcs],
        worker_room=room,
        agreement_room=agreed,
    )
    return left, arcs


def cost(problem: Problem, chosen: Whole) -> int:
    """What the choice costs, with the price of every uncovered order."""
    served = chosen != NOBODY
    return int(problem.cost[chosen[served]].sum() + problem.uncovered[~served].sum())


def _solve(problem: Problem, usable: Flags) -> Whole:
    """The best choice on usable arcs, with the rooms of agreements that share no worker kept exactly."""
    arcs = _cheapest_parallel(problem, np.flatnonzero(usable))
    chosen = np.full(len(problem.uncovered), NOBODY, dtype=np.int64)
    for part in _components(problem, arcs):
        chosen[np.unique(problem.order[part])] = _component(problem, part)
    return chosen


def _cheapest_parallel(problem: Problem, arcs: Whole) -> Whole:
    """Of arcs with the same order and worker the first: arcs are sorted by cost there."""
    first = np.ones(len(arcs), dtype=bool)
    order, worker = problem.order[arcs], problem.worker[arcs]
    first[1:] = (order[1:] != order[:-1]) | (worker[1:] != worker[:-1])
    return arcs[first]


def _components(problem: Problem, arcs: Whole) -> list[Whole]:
    """The arcs by connected component: orders, workers and agreements that have nothing to do with others."""
    orders, workers = len(problem.uncovered), len(problem.worker_room)
    size = orders + workers + len(problem.agreement_room)
    ends = (
        np.concatenate([problem.order[arcs], problem.order[arcs]]),
        np.concatenate([orders + problem.worker[arcs], orders + workers + problem.agreement[arcs]]),
    )
    graph = csr_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    of_arc = label[problem.order[arcs]]
    by_label = np.argsort(of_arc, kind="stable")
    cuts = np.flatnonzero(np.diff(of_arc[by_label])) + 1
    return [arcs[part] for part in np.split(by_label, cuts) if len(part)]


def _component(problem: Problem, arcs: Whole) -> Whole:
    """By order of the component, in their order: the arc, or ``NOBODY``; slots grow until none that is full binds."""
    workers, worker = np.unique(problem.worker[arcs], return_inverse=True)
    room = problem.worker_room[workers]
    asked = np.bincount(worker)
    most = np.where(room < 0, asked, np.minimum(room, asked))
    orders = len(np.unique(problem.order[arcs]))
    slots = np.minimum(most, max(FEWEST_SLOTS, 3 * orders // (2 * len(workers)) + 1))
    while True:
        kept = _kept(problem, arcs, slots[worker])
        chosen = _assign(problem, arcs[kept], worker[kept], slots)
        chosen = np.where(chosen == NOBODY, NOBODY, kept[chosen])
        busy = np.bincount(worker[chosen[chosen != NOBODY]], minlength=len(workers))
        grow = (busy == slots) & (slots < most)
        if not grow.any():
            return np.where(chosen == NOBODY, NOBODY, arcs[chosen])
        slots = np.where(grow, np.minimum(most, slots * 2), slots)


def _kept(problem: Problem, arcs: Whole, times: Whole) -> Whole:
    """The places of the arcs that fit into the memory: all, or the cheapest of every order, as many of each."""
    entries = int(times.sum())
    if entries <= ENTRIES_MAX:
        return np.arange(len(arcs))
    orders = len(np.unique(problem.order[arcs]))
    most = max(FEWEST_ARCS, len(arcs) * ENTRIES_MAX // (entries * orders))
    by_cost = np.lexsort((problem.cost[arcs], problem.order[arcs]))
    order = problem.order[arcs][by_cost]
    begins = np.flatnonzero(np.diff(order, prepend=-1))
    nth = np.arange(len(arcs)) - np.repeat(begins, np.diff(begins, append=len(arcs)))
    return np.sort(by_cost[nth < most])


def _assign(problem: Problem, arcs: Whole, worker: Whole, slots: Whole) -> Whole:
    """One sparse assignment: by order of the component the place in ``arcs``, or ``NOBODY``."""
    orders, order = np.unique(problem.order[arcs], return_inverse=True)
    count, all_slots = len(orders), int(slots.sum())
    first_slot = np.concatenate([[0], np.cumsum(slots)])
    times = slots[worker]
    place = np.repeat(np.arange(len(arcs)), times)
    within = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
    slot = first_slot[worker[place]] + within
    fill_row, fill_slot = _fillers(problem, arcs, worker, slots, first_slot)
    rows = np.concatenate([order[place], np.arange(count), count + fill_row])
    columns = np.concatenate([slot, all_slots + np.arange(count), fill_slot])
    # One is added everywhere, since a cost of nothing would be no arc; every row is matched once, so none gains by it.
    prices = np.concatenate(
        [problem.cost[arcs][place] + 1, problem.uncovered[orders] + 1, np.ones(len(fill_row), dtype=np.int64)]
    )
    height = count + (int(fill_row.max()) + 1 if len(fill_row) else 0)
    matrix = csr_array((prices.astype(np.float64), (rows, columns)), shape=(height, all_slots + count))
    row, column = min_weight_full_bipartite_matching(matrix)
    served = (row < count) & (column < all_slots)
    worker_of_slot = np.repeat(np.arange(len(slots), dtype=np.int64), slots)
    chosen = np.full(count, NOBODY, dtype=np.int64)
    found = row[served].astype(np.int64)
    chosen[found] = _arc_between(order, worker, found, worker_of_slot[column[served]], len(slots))
    return chosen


def _arc_between(order: Whole, worker: Whole, orders: Whole, workers: Whole, width: int) -> Whole:
    """The places of the arcs from ``orders`` to ``workers``; arcs are sorted by order, then worker."""
    return np.searchsorted(order * width + worker, orders * width + workers)


def _fillers(problem: Problem, arcs: Whole, worker: Whole, slots: Whole, first_slot: Whole) -> tuple[Whole, Whole]:
    """Rows that take the slots an agreement has no room for, if all its workers serve under it alone."""
    agreement = problem.agreement[arcs]
    row_parts, slot_parts, height = [], [], 0
    pairs = np.unique(np.stack([worker, agreement]), axis=1)
    alone = np.bincount(pairs[0], minlength=len(slots)) == 1
    for one in np.unique(agreement):
        crew = pairs[0][pairs[1] == one]
        too_many = int(slots[crew].sum()) - int(problem.agreement_room[one])
        if too_many > 0 and alone[crew].all():
            theirs = np.concatenate([np.arange(first_slot[w], first_slot[w + 1]) for w in crew])
            row_parts.append(np.repeat(np.arange(height, height + too_many), len(theirs)))
            slot_parts.append(np.tile(theirs, too_many))
            height += too_many
    if not row_parts:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(row_parts), np.concatenate(slot_parts)


def _beyond_room(problem: Problem, chosen: Whole) -> Whole:
    """Arcs of agreements taken beyond their room; the orders with the fewest other ways keep theirs.

    All arcs of such an order under that agreement are named, so it does not come back through another worker.
    """
    arcs = chosen[chosen != NOBODY]
    used = np.bincount(problem.agreement[arcs], minlength=len(problem.agreement_room))
    over = np.flatnonzero(used > problem.agreement_room)
    ways = np.bincount(problem.order, minlength=len(problem.uncovered))
    lost = []
    for one in over:
        mine = arcs[problem.agreement[arcs] == one]
        ranked = mine[np.lexsort((problem.order[mine], problem.cost[mine], ways[problem.order[mine]]))]
        losers = problem.order[ranked[problem.agreement_room[one] :]]
        lost.append(np.flatnonzero((problem.agreement == one) & np.isin(problem.order, losers)))
    return np.concatenate(lost) if lost else np.empty(0, dtype=np.int64)
