"""A clean county-month raises nothing: every alarm would be a false one."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

from tests.clean_month import county
from tests.clean_month.world import PROVIDERS_POLICY, World

SEED = 130528
FIRST = date(2026, 11, 2)
LEAST_VISITS = 2_000


def test_no_visit_of_a_clean_month_raises_an_exception() -> None:
    assert PROVIDERS_POLICY.exceptions.judged
    world = World()
    world.take(county.month(SEED, FIRST))
    print(f"{world.visits} clean visits, {world.alarms.total()} false alarms {dict(world.alarms)}")
    assert world.visits >= LEAST_VISITS
    assert not world.alarms


def test_the_generator_imports_nothing_of_careloop() -> None:
    tree = ast.parse(Path(county.__file__).read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else []
        )
    }  # fmt: skip
    assert imported.isdisjoint({"services", "chassis", "contracts", "careloop", "tests", ""})
    assert "importlib" not in imported
