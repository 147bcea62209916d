"""A batch of matching: the orders that wait are decided together, so that all of them cost least as a whole.
    Run ─▶ Decided ─▶ every order: Assign or Settle, in the same transaction

What is proposed comes from a solver outside; here it is verified against the same hard conditions and capacities that
a single offer meets, order by order, before it is recorded with the hash of what the solver was given. A replay reads
the outcome and solves nothing again (paper 003, part 1: supply and demand matched so that it can be checked).
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar, ranking
from services.providers.domain.policy import Policy
from services.providers.domain.ranking import Candidate, Order, Served

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a00a")
CATEGORY = "providers.matching_batch"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One waiting order and who is proposed for it: an agreement whose crew is the one worker, or nobody.

    ``cost`` is what the solver counted; for nobody what an uncovered home weighs.
    """

    order_id: UUID
    order: Order
    policy: Policy
    served: Served | None
    candidate: Candidate | None
    cost: int


@dataclass(frozen=True, kw_only=True)
class Known:
    """The proposal for the orders of one run; ``left`` more wait for the next."""

    cases: tuple[Case, ...] = ()
    left: int = 0
    inputs_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Decide what waits; ``asked`` by an officer, not by the clock."""

    at: datetime
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """An order goes to a worker of a provider, under an agreement, at a cost."""

    order: UUID
    provider: UUID
    agreement: str
    worker: UUID
    cost: int


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Who serves what; ``cost`` is the whole, uncovered orders with their weight. ``policies`` gave the weights."""

    assigned: tuple[Assignment, ...]
    uncovered: tuple[UUID, ...]
    cost: int
    inputs_sha256: str
    policies: tuple[str, ...]
    left: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Batch:
    """The state: what was decided; a batch is decided once."""

    decided: Decided | None = None


@dataclass(kw_only=True)
class Used:
    """What the cases of one batch take of each agreement and worker of a month."""

    agreements: Counter[tuple[UUID, str, str]] = field(default_factory=Counter)
    workers: Counter[tuple[UUID, str]] = field(default_factory=Counter)


def decide(command: Run, batch: Batch, known: Known) -> list[Decided]:
    """Verify the proposal and record it; also that nothing waited any more, so that whoever comes late waits on."""
    if batch.decided is not None:
        return []
    if not known.cases and command.asked:
        raise Rejected("matching.nothing_waits")
    verify(known.cases)
    return [
        Decided(
            assigned=tuple(_assignment(case) for case in known.cases if case.candidate is not None),
            uncovered=tuple(case.order_id for case in known.cases if case.candidate is None),
            cost=sum(case.cost for case in known.cases),
            inputs_sha256=known.inputs_sha256,
            policies=tuple(sorted({case.policy.version for case in known.cases})),
            left=known.left,
            at=command.at,
        )
    ]


def evolve(_batch: Batch, event: Decided) -> Batch:
    """What happened."""
    return Batch(decided=event)


def verify(cases: Iterable[Case]) -> None:
    """Every hard condition of every case, no agreement or worker beyond its month's capacity, every cost as told."""
    used = Used()
    seen: set[UUID] = set()
    for case in cases:
        code = "ordered_twice" if case.order_id in seen else _wrong(case, used)
        if code is not None:
            raise Rejected("matching.proposal_wrong", order=str(case.order_id), condition=code)
        seen.add(case.order_id)


def _wrong(case: Case, used: Used) -> str | None:
    """What is wrong with one case after those before it."""
    candidate, order, policy = case.candidate, case.order, case.policy
    if candidate is None:
        return None if case.cost == policy.matching.weight.uncovered else "cost_differs"
    if len(candidate.crew) != 1:
        return "no_worker_there"
    (hand,) = candidate.crew
    month = calendar.month_of(order.window_from)
    agreement, worker = (candidate.provider, candidate.agreement, month), (hand.worker, month)
    used.agreements[agreement] += 1
    used.workers[worker] += 1
    if (code := ranking.failed(order, candidate, policy)) is not None:
        return code
    if candidate.taken + used.agreements[agreement] > candidate.capacity:
        return "capacity_reached"
    if hand.monthly_capacity and hand.taken + used.workers[worker] > hand.monthly_capacity:
        return "workers_full"
    weighed = ranking.weigh(order, candidate, hand, case.served, policy)
    return None if weighed.cost == case.cost else "cost_differs"


def _assignment(case: Case) -> Assignment:
    assert case.candidate is not None
    return Assignment(
        order=case.order_id,
        provider=case.candidate.provider,
        agreement=case.candidate.agreement,
        worker=case.candidate.crew[0].worker,
        cost=case.cost,
    )


def stream_at(run_at: datetime) -> UUID:
    """The run of an instant; counties keep their own streams apart."""
    return uuid.uuid5(NAMESPACE, run_at.isoformat())


def stream_after(batch: UUID) -> UUID:
    """The run that takes what a batch left."""
    return uuid.uuid5(batch, "next")


decider: Decider[Run, Batch, Decided, Known] = Decider(
    category=CATEGORY, initial=Batch(), decide=decide, evolve=evolve, events=topics(CATEGORY, Decided)
)
