"""docs/requirements.toml: every requirement once, with tests that exist or the work to come; the README counts them."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS: list[dict[str, Any]] = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text("utf-8"))[
    "requirement"
]
PAPERS = {"000", "001", "002", "003", "004"}
LATER = {
    "settlement, funds and due process",
    "localities",
    "interfaces and data",
    "care beyond the order",
    "console",
}
"""The parts of the work still to come."""
HOW_MANY = 273
"""As many as were found in the papers; none is dropped."""


@cache
def functions(file: Path) -> frozenset[str]:
    """The test functions a file defines, by itself or in its classes."""
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def test_every_requirement_stands_once() -> None:
    counted = Counter(requirement["id"] for requirement in REQUIREMENTS)
    assert len(counted) == HOW_MANY
    assert [name for name, times in counted.items() if times > 1] == []


def test_a_requirement_has_a_priority_a_paper_and_its_tests_and_nothing_else() -> None:
    for requirement in REQUIREMENTS:
        assert requirement.keys() - {"later"} == {"id", "priority", "seed", "tests"}, requirement["id"]
        assert requirement["priority"] in {1, 2, 3}, requirement["id"]
        assert requirement["seed"] in PAPERS, requirement["id"]


def test_a_requirement_without_a_test_and_only_such_a_one_names_the_work_that_will_show_it() -> None:
    wrong = [one["id"] for one in REQUIREMENTS if bool(one["tests"]) == ("later" in one)]
    assert wrong == []
    unknown = [one["id"] for one in REQUIREMENTS if "later" in one and one["later"] not in LATER]
    assert unknown == []


def test_every_test_that_is_named_exists_and_is_named_once() -> None:
    missing = []
    for requirement in REQUIREMENTS:
        assert len(set(requirement["tests"])) == len(requirement["tests"]), requirement["id"]
        for name in requirement["tests"]:
            path, _, function = name.partition("::")
            file = ROOT / path
            if not file.is_file() or function not in functions(file):
                missing.append(f"{requirement['id']}: {name}")
    assert missing == []


def test_the_readme_says_how_many_are_shown() -> None:
    core = [requirement for requirement in REQUIREMENTS if requirement["priority"] == 1]
    shown, core_shown = (sum(1 for one in some if one["tests"]) for some in (REQUIREMENTS, core))
    said = f"{shown} of {HOW_MANY} requirements, {core_shown} of the {len(core)} core ones, are shown by tests"
    assert said in (ROOT / "README.md").read_text("utf-8")
