"""A batch is verified order by order before it stands: no condition failed, no month too full, no cost but the told."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chassis.testing import Specification
from services.providers.domain import matching_batch, ranking
from services.providers.domain.matching_batch import Case, Known, Run
from services.providers.domain.ranking import Candidate, Hand
from tests.providers.examples import ANNING, NOW, ORDER, POLICY, candidate

A_BATCH = Specification(matching_batch.decider)
LI = UUID(int=0x301)
RUN = Run(at=NOW)
UNCOVERED = POLICY.matching.weight.uncovered


FITS = candidate(ANNING, crew=(Hand(worker=LI, minutes=3),))


def case(number: int, found: Candidate | None = FITS) -> Case:
    cost = UNCOVERED
    if found is not None:
        cost = ranking.weigh(ORDER, found, found.crew[0] if found.crew else None, None, POLICY).cost or 0
    return Case(order_id=UUID(int=number), order=ORDER, policy=POLICY, served=None, candidate=found, cost=cost)


def known(*cases: Case, left: int = 0) -> Known:
    return Known(cases=cases, left=left, inputs_sha256="ab" * 32)


def test_a_batch_keeps_who_serves_what_at_which_cost_and_what_was_weighed() -> None:
    (decided,) = A_BATCH.when(RUN, known=known(case(1), case(2, None), left=4)).events
    (given,) = decided.assigned
    assert (given.order, given.provider, given.worker, given.agreement) == (UUID(int=1), ANNING, LI, "2026-01")
    assert decided.uncovered == (UUID(int=2),)
    assert decided.cost == given.cost + UNCOVERED
    assert (decided.left, decided.inputs_sha256, decided.policies) == (4, "ab" * 32, (POLICY.version,))


def test_a_batch_is_decided_once() -> None:
    A_BATCH.when(RUN, known=known(case(1))).when(RUN, known=known(case(2))).then()


def test_with_nothing_waiting_the_clock_notes_an_empty_run_and_an_officer_is_told() -> None:
    [empty] = A_BATCH.when(RUN, known=known()).events
    assert (empty.assigned, empty.uncovered, empty.cost, empty.left) == ((), (), 0, 0)
    A_BATCH.when(Run(at=NOW, asked=True), known=known()).rejected("matching.nothing_waits")


def refused(condition: str, *cases: Case) -> None:
    A_BATCH.when(RUN, known=known(*cases)).rejected(
        "matching.proposal_wrong", order=str(cases[-1].order_id), condition=condition
    )


def test_a_proposal_that_breaks_a_hard_condition_is_refused() -> None:
    away = candidate(ANNING, crew=(Hand(worker=LI, minutes=31),))
    refused("out_of_reach", case(1, away))
    refused("township_not_agreed", case(1, candidate(ANNING, townships=(), crew=(Hand(worker=LI, minutes=3),))))
    refused("no_worker_there", case(1, candidate(ANNING)))


def test_a_proposal_beyond_the_month_of_an_agreement_or_worker_is_refused() -> None:
    two_left = candidate(ANNING, taken=98, crew=(Hand(worker=LI, minutes=3),))
    refused("capacity_reached", case(1, two_left), case(2, two_left), case(3, two_left))
    one_left = candidate(ANNING, crew=(Hand(worker=LI, minutes=3, taken=7, monthly_capacity=8),))
    refused("workers_full", case(1, one_left), case(2, one_left))


def test_a_proposal_with_another_cost_than_the_rule_gives_is_refused() -> None:
    refused("cost_differs", replace(case(1), cost=1))
    refused("cost_differs", replace(case(1, None), cost=1))


def test_an_order_is_not_given_twice() -> None:
    refused("ordered_twice", case(1), case(1))
