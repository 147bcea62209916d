"""README's way of one order: every file it names is there, and every function it names stands in one of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WAY = (ROOT / "README.md").read_text("utf-8").partition("## One order's way")[2].partition("\n## ")[0]
ROWS = [line for line in WAY.splitlines() if re.match(r"\| \d+ \|", line)]
_FOLDERS = (
    "",
    "contracts",
    "chassis",
    "services/orders",
    "services/providers",
    "services/charity",
    "services/settlement",
)


def _named(row: str) -> tuple[list[str], list[str]]:
    """Files and functions of a row, as they stand in backticks."""
    quoted = re.findall(r"`([^`]+)`", row)
    files = [name for name in quoted if name.endswith(".py")]
    words = [name for name in quoted if name not in files and re.fullmatch(r"[A-Za-z_]+(\.[a-z_]+)?", name)]
    functions = [name.rpartition(".")[2] for name in words]
    return files, functions


def _file(name: str) -> Path | None:
    """A file as the table shortens it: from the repository, or from the folder of a service."""
    for folder in _FOLDERS:
        if (ROOT / folder / name).is_file():
            return ROOT / folder / name
    return None


def _defined(files: list[Path]) -> set[str]:
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}


def test_the_way_has_its_steps_in_order() -> None:
    numbers = [int(row.split("|")[1]) for row in ROWS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10


def test_every_file_on_the_way_is_there() -> None:
    named = [name for row in ROWS for name in _named(row)[0]]
    assert [name for name in named if _file(name) is None] == []


def test_every_function_on_the_way_stands_in_a_file_of_its_row() -> None:
    """Events and classes may stand elsewhere in the services or contracts; a function is where the row says."""
    everything = _defined(sorted((ROOT / "services").rglob("*.py")) + sorted((ROOT / "contracts").rglob("*.py")))
    missing = []
    for row in ROWS:
        files, functions = _named(row)
        here = _defined([file for file in map(_file, files) if file is not None])
        missing += [name for name in functions if name not in (here | everything if name[0].isupper() else here)]
    assert missing == []
