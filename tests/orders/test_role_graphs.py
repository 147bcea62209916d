"""Surveyor, approver, verifier and payee are different people, whatever roles people hold and whatever they ask first.

Random role graphs, random orders of commands, the service as it runs. What must never happen is looked for in the log.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.edge import Edge
from tests.orders.role_graphs import Hands, Walk

WALKS = range(4)
STEPS = 100
MUST_COME_UP = {"accepted", "forbidden.conflict", "order.verifier_handled_the_need", "need.not_reviewed"}
"""Answers without which the walks would have proved nothing."""
_answers: Counter[str] = Counter()


@pytest.mark.parametrize("seed", WALKS)
async def test_nobody_stands_on_both_sides_and_nothing_is_served_unreviewed(county: Edge, seed: int) -> None:
    walk = Walk(county, Random(f"role graph {seed}"))
    await walk.go(STEPS)
    hands = Hands().read(await walk.log())
    _answers.update(walk.answers)
    assert hands.faults == []
    assert list(hands.conflicts()) == []
    payable = {hands.person_of[served] for served in hands.verifiers} & hands.noticed
    for stream, whose in hands.person_of.items():
        if whose in payable and stream in hands.behind:
            assert all(hands.reviewed[one] == {"surveyed", "confirmed"} for one in hands.behind[stream])


async def test_the_walks_came_upon_the_rules_they_are_about(county: Edge) -> None:
    walk = Walk(county, Random("role graph of all"))
    await walk.go(2 * STEPS)
    assert set((_answers + walk.answers).keys()) >= MUST_COME_UP
