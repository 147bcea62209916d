"""A batch of matching: 10,000 orders to 1,000 workers, seconds from what was read to what is recorded, and the gap to
the optimum that another solver (HiGHS) finds for the same costs. No server is needed: the solver is a function."""

from __future__ import annotations

import asyncio
import resource
import time
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from bench.crowd import crowd
from chassis.config import Settings
from services.providers.domain import matching_batch
from services.providers.views import batching, solving
from services.providers.views.problem import Problem, offerings

SIZES = {"quick": (2_000, 200), "whole": (10_000, 1_000)}
SEED = 7


async def measure(_settings: Settings, quick: bool) -> dict[str, Any]:
    """Seconds of each stage, what is left uncovered, and by how many percent the served cost more than the least."""
    return await asyncio.to_thread(_measured, *SIZES["quick" if quick else "whole"])


def _measured(orders: int, workers: int) -> dict[str, Any]:
    some = crowd(orders, workers, seed=SEED)
    begun = time.perf_counter()
    offered = offerings(some.waiting, some.supply)
    arcs = time.perf_counter()
    chosen = solving.solve(offered.problem)
    solved = time.perf_counter()
    again = batching.propose(some.waiting, some.supply, 0)
    proposed = time.perf_counter()
    matching_batch.verify(again.cases)
    verified = time.perf_counter()
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    nobody = int((chosen == solving.NOBODY).sum())
    aside = nobody * int(offered.problem.uncovered[0])
    ours, least = solving.cost(offered.problem, chosen) - aside, _least(offered.problem) - aside
    return {
        "ratios": {},
        "rates": {"orders of a batch decided a second": round(orders / (proposed - solved + verified - proposed))},
        "others": {
            f"{orders} orders to {workers} workers, {len(offered.problem.cost)} arcs: arcs / solved / verified in s": (
                f"{arcs - begun:.1f} / {solved - arcs:.1f} / {verified - proposed:.1f}"
            ),
            "uncovered orders; served ones cost more than the optimum (HiGHS) by": (
                f"{nobody}; {100 * (ours - least) / max(1.0, least):.3f} %"
            ),
            "memory of the batch at its most": f"{memory_mb:.0f} MB",
        },
    }


def _least(problem: Problem) -> float:
    """The optimum of the linear program: no choice costs less."""
    arcs, orders, workers = len(problem.cost), len(problem.uncovered), len(problem.worker_room)
    limited = np.concatenate([problem.worker, workers + problem.agreement])
    height = workers + len(problem.agreement_room)
    rooms = np.concatenate([problem.worker_room, problem.agreement_room]).astype(float)
    rooms[rooms < 0] = orders
    columns = np.concatenate([np.arange(arcs)] * 2)
    within: Any = csr_array((np.ones(2 * arcs), (limited, columns)), shape=(height, arcs + orders))
    own = (np.concatenate([problem.order, np.arange(orders)]), np.arange(arcs + orders))
    each: Any = csr_array((np.ones(arcs + orders), own), shape=(orders, arcs + orders))
    costs = np.concatenate([problem.cost, problem.uncovered]).astype(float)
    found = linprog(costs, A_ub=within, b_ub=rooms, A_eq=each, b_eq=np.ones(orders), method="highs")
    if found.status != 0:
        raise RuntimeError(f"HiGHS found no optimum: {found.message}")
    return float(found.fun or 0)
