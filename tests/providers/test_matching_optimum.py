"""What the solver chooses costs what the best choice costs, by another solver; the order of the inputs is nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import highspy
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from bench.crowd import Crowd, crowd
from services.providers.domain import matching_batch
from services.providers.views import batching, solving
from services.providers.views.problem import Problem, offerings
from services.providers.views.solving import NOBODY


def best(problem: Problem) -> float:
    """The least cost by HiGHS, as a linear program: fractions are allowed, so it is a bound that holds."""
    arcs, orders = len(problem.cost), len(problem.uncovered)
    rows = (problem.order, orders + problem.worker, orders + len(problem.worker_room) + problem.agreement)
    height = orders + len(problem.worker_room) + len(problem.agreement_room)
    ends = (
        np.concatenate([*rows, np.arange(orders)]),
        np.concatenate([*[np.arange(arcs)] * 3, arcs + np.arange(orders)]),
    )
    matrix = csr_array((np.ones(len(ends[0])), ends), shape=(height, arcs + orders)).tocsc()
    rooms = np.concatenate([problem.worker_room, problem.agreement_room])
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = arcs + orders, height
    program.col_cost_ = np.concatenate([problem.cost, problem.uncovered]).astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(arcs + orders), np.full(arcs + orders, highspy.kHighsInf)
    program.row_lower_ = np.concatenate([np.ones(orders), np.full(len(rooms), -highspy.kHighsInf)])
    program.row_upper_ = np.concatenate([np.ones(orders), np.where(rooms < 0, highspy.kHighsInf, rooms)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


def without_uncovered(problem: Problem, whole: float, nobody: int) -> float:
    """The cost of those who are served: uncovered homes weigh so much that a gap would hide behind them."""
    return whole - nobody * float(problem.uncovered[0])


@pytest.mark.parametrize(("orders", "workers", "slack"), [(600, 80, 130), (600, 80, 80), (3000, 300, 110)])
def test_the_choice_is_within_one_percent_of_the_optimum(orders: int, workers: int, slack: int) -> None:
    some = crowd(orders, workers, seed=11, slack_percent=slack, townships=orders // 100)
    problem = offerings(some.waiting, some.supply).problem
    chosen = solving.solve(problem)
    nobody = int((chosen == NOBODY).sum())
    ours, least = solving.cost(problem, chosen), best(problem)
    assert 0 < nobody < orders // 3
    assert least <= ours + 1e-3
    assert without_uncovered(problem, ours, nobody) <= 1.01 * without_uncovered(problem, least, nobody)


def test_the_proposal_holds_against_the_rules_of_a_single_offer() -> None:
    some = crowd(600, 80, seed=12)
    proposal = batching.propose(some.waiting, some.supply, 0)
    matching_batch.verify(proposal.cases)
    assert {case.order_id for case in proposal.cases} == {one.id for one in some.waiting}


def test_the_same_inputs_in_another_order_give_the_same_choice_and_hash() -> None:
    some = crowd(300, 60, seed=13)
    first = batching.propose(some.waiting, some.supply, 0)
    again = shuffled(crowd(300, 60, seed=13), Random(1))
    second = batching.propose(again.waiting, again.supply, 0)
    assert first == second


def test_another_input_gives_another_hash() -> None:
    some, other = crowd(60, 10, seed=14), crowd(60, 10, seed=14)
    supplier = other.supply.suppliers[0]
    (held,) = supplier.agreements
    more = replace(held, agreed=replace(held.agreed, monthly_capacity=held.agreed.monthly_capacity + 1))
    other.supply.suppliers[0] = msgspec.structs.replace(supplier, agreements=(more,))
    first, second = (offerings(one.waiting, one.supply).problem.sha256() for one in (some, other))
    assert first != second


def shuffled(some: Crowd, random: Random) -> Crowd:
    random.shuffle(some.waiting)
    random.shuffle(some.supply.suppliers)
    crews = list(some.supply.staff.items())
    random.shuffle(crews)
    for _, crew in crews:
        random.shuffle(crew)
    some.supply.staff = dict(crews)
    return some


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small ones, with workers under several agreements, rooms that bind, parallel arcs and costs that are equal."""
    orders, workers, agreements = draw(st.integers(1, 7)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    ends = st.tuples(st.integers(0, orders - 1), st.integers(0, workers - 1), st.integers(0, agreements - 1))
    pairs = draw(st.lists(ends, max_size=30, unique=True))
    costs = draw(st.lists(st.integers(0, 9), min_size=len(pairs), max_size=len(pairs)))
    arcs = sorted(
        (order, worker, cost, agreement) for (order, worker, agreement), cost in zip(pairs, costs, strict=True)
    )
    table = np.array(arcs, dtype=np.int64).reshape(-1, 4)
    return Problem(
        order=table[:, 0],
        worker=table[:, 1],
        agreement=table[:, 3],
        cost=table[:, 2],
        worker_room=np.array(draw(st.lists(st.sampled_from([-1, 1, 2, 3]), min_size=workers, max_size=workers))),
        agreement_room=np.array(draw(st.lists(st.integers(1, 4), min_size=agreements, max_size=agreements))),
        uncovered=np.full(orders, 1000, dtype=np.int64),
    )


@settings(max_examples=150)
@given(problems())
def test_no_room_is_ever_exceeded_and_every_order_gets_an_arc_of_its_own(problem: Problem) -> None:
    chosen = solving.solve(problem)
    served = chosen[chosen != NOBODY]
    assert (problem.order[served] == np.flatnonzero(chosen != NOBODY)).all()
    by_worker = np.bincount(problem.worker[served], minlength=len(problem.worker_room))
    assert ((problem.worker_room < 0) | (by_worker <= problem.worker_room)).all()
    by_agreement = np.bincount(problem.agreement[served], minlength=len(problem.agreement_room))
    assert (by_agreement <= problem.agreement_room).all()


@settings(max_examples=150)
@given(problems())
def test_with_one_agreement_a_worker_the_choice_is_the_best_there_is(problem: Problem) -> None:
    home = problem.worker % len(problem.agreement_room)
    own = problem.agreement == home
    arcs = {name: getattr(problem, name)[own] for name in ("order", "worker", "agreement", "cost")}
    alone = replace(problem, **arcs)
    assert solving.cost(alone, solving.solve(alone)) == pytest.approx(best(alone), abs=1e-6)


def test_a_component_too_large_for_the_memory_is_solved_on_its_cheapest_arcs(monkeypatch: pytest.MonkeyPatch) -> None:
    some = crowd(600, 80, seed=15, townships=2)
    problem = offerings(some.waiting, some.supply).problem
    whole = solving.solve(problem)
    monkeypatch.setattr(solving, "ENTRIES_MAX", 130_000)
    pruned = solving.solve(problem)
    assert (pruned != NOBODY).sum() == (whole != NOBODY).sum()
    assert solving.cost(problem, pruned) <= 1.02 * solving.cost(problem, whole)
