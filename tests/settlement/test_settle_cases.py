"""The worked cases in files: facts, policies and the parts of the answer that matter, as strangers would run them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from careloop.exchange import read_facts, read_policy
from careloop.settle_files import main
from services.settlement.domain.engine import settle
from tests.settlement.settle_examples import rows

CASES = sorted(path for path in (Path(__file__).parent.parent / "cases").iterdir() if path.is_dir())


def _take(wanted: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Whether a row that says what is wanted is there; it is taken away."""
    for row in found:
        if all(row.get(key) == value for key, value in wanted.items()):
            found.remove(row)
            return True
    return False


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_comes_to_what_was_worked_out_by_hand(case: Path) -> None:
    facts = read_facts((case / "facts.jsonl").read_bytes().split(b"\n"))
    policies = [read_policy(path.read_text(encoding="utf-8")) for path in sorted(case.glob("policy-*.toml"))]
    for month, parts in json.loads((case / "expected.json").read_text(encoding="utf-8")).items():
        answer = settle(facts, policies, month)
        for part, expected in parts.items():
            found = rows(answer, part)
            missing = [row for row in expected if row.get("fen", 1) and not _take(row, found)]
            assert (missing, found) == ([], []), f"{case.name} {month} {part}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_is_computed_from_files_alone(case: Path) -> None:
    out, err = StringIO(), StringIO()
    month = max(json.loads((case / "expected.json").read_text(encoding="utf-8")))
    policies = sorted(case.glob("policy-*.toml"))
    assert main(case / "facts.jsonl", policies, month, None, True, out, err) == 0, err.getvalue()
    assert json.loads(out.getvalue())["month"] == month
