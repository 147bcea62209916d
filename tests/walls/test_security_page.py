"""docs/security.md: every row answers, every test it names exists, every requirement of the standard stands once."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chassis.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ANSWERS = ("`tests/", "**county**", "**not yet**", "**none here**", "**this page**")
ANSWERED = ("## Threats", "### V", "## OWASP API", "## Personal", "## 等保")
"""Headings under which every row is an answer."""
NAMED = re.compile(r"`(tests/[a-z0-9_/]+(?:\.py(?:::test_\w+)?|/))`")
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "4.1": 3, "4.2": 1,
    "4.3": 2, "4.4": 4, "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 3, "7.1": 3, "7.2": 4,
    "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2,
    "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 3,
    "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2,
    "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
"""ASVS 5.0.0: by section, how many requirements of levels 1 and 2 there are; those of level 3 come last in each."""
WHOLE = {"V3 whole", "V5 whole", "V17 whole"}


def rows(*headings: str) -> Iterator[list[str]]:
    """The cells of every row under headings that begin so."""
    within = False
    for line in PAGE.splitlines():
        if line.startswith("#"):
            within = line.startswith(headings)
        elif within and line.startswith("| ") and not line.startswith(("| ---", "| threat", "| v5", "| id |")):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if cells[0] not in ("article", "clause"):
                yield cells


@cache
def functions(file: Path) -> frozenset[str]:
    """The test functions that a file defines."""
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def exists(name: str) -> bool:
    """Whether a test, or a file or folder of tests, is there."""
    path, _, function = name.partition("::")
    if function:
        return (ROOT / path).is_file() and function in functions(ROOT / path)
    return (ROOT / path).exists()


def requirements() -> Iterator[str]:
    """The requirements that the rows of the standard name, ranges written out."""
    for cells in rows("### V"):
        for one in cells[0].split(", "):
            first, _, last = one.partition("–")
            if not last:
                yield first
                continue
            section, _, begin = first.rpartition(".")
            same, _, end = last.rpartition(".")
            assert section == same, one
            yield from (f"{section}.{number}" for number in range(int(begin), int(end) + 1))


def settings_named(name: str) -> Any:
    """The default of a setting."""
    return Settings.model_fields[name].default


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 150
    assert [name for name in named if not exists(name)] == []
    assert len(named) == PAGE.count("`tests/")


def test_every_row_answers() -> None:
    answers = list(rows(*ANSWERED))
    assert len(answers) > 150
    assert [cells[0] for cells in answers if not any(word in cells[-1] for word in ANSWERS)] == []


def test_every_requirement_of_the_standard_stands_once() -> None:
    wanted = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)} | WHOLE
    found = Counter(requirements())
    assert set(found) - wanted == set()
    assert wanted - set(found) == set()
    assert [name for name, times in found.items() if times > 1] == []


def test_every_risk_of_the_top_ten_is_answered() -> None:
    assert [cells[0] for cells in rows("## OWASP API")] == [f"API{number}" for number in range(1, 11)]


def test_every_package_is_locked_by_hash_and_no_index_is_named() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    package = r"^[a-zA-Z0-9._-]+(?:\[[a-z,]+\])?=="
    hashed = re.findall(package + r".*(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+", lock, re.MULTILINE)
    assert len(hashed) == len(re.findall(package, lock, re.MULTILINE)) > 50
    assert "index-url" not in lock
    assert "http://" not in lock
    assert "https://" not in lock


def test_dangerous_calls_are_linted_away() -> None:
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in ruff["select"]
    waived = {*ruff["ignore"], *(rule for rules in ruff["per-file-ignores"].values() for rule in rules)}
    assert waived & {"S102", "S301", "S307", "S501", "S602", "S605", "S701"} == set()


def test_by_default_everything_listens_on_loopback_only() -> None:
    assert settings_named("host") == "127.0.0.1"
    assert settings_named("metrics_host") == "127.0.0.1"
