"""Generated requests find nothing unexpected; `make fuzz` looks longer, and at random."""

from __future__ import annotations

import pytest

from tests.walls.bad_input.generated import run
from tests.walls.bad_input.world import World

WHOLE = ("--generation-deterministic", "--max-examples=2", "--phases=coverage,fuzzing,stateful")
"""Every edge of every value that is described, its examples among them, a few at random, and short stories of several
requests; what all operations have in common is asked of some."""
BRIEF = ("--generation-deterministic", "--max-examples=1", "--phases=fuzzing")


@pytest.mark.parametrize(
    ("service", "by"),
    [("orders", "bureau"), ("providers", "provider"), ("charity", "claimant"), ("settlement", "bureau")],
)
async def test_no_request_is_answered_unexpectedly(service: str, by: str, world: World) -> None:
    code, said = await run(world, service, by, *WHOLE, brief=True)
    assert code == 0, said


@pytest.mark.parametrize(
    ("service", "by"), [("orders", "township"), ("orders", ""), ("charity", ""), ("settlement", "provider")]
)
async def test_nor_are_those_of_callers_who_may_do_less(service: str, by: str, world: World) -> None:
    code, said = await run(world, service, by, *BRIEF)
    assert code == 0, said
