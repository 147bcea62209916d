"""The hash chain is what docs/spec/log.md says, and the stand-alone verifier finds every alteration."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.chain import genesis, link_event, link_public

ROOT = Path(__file__).parents[2]
VERIFIER = ROOT / "deploy/audit/verify_log.py"
STREAM = UUID("00000000-0000-4000-8000-000000000001")
SPECIFIED = re.findall(r"`([0-9a-f]{64})`", (ROOT / "docs/spec/log.md").read_text())


def test_the_vectors_of_the_specification() -> None:
    start, public = genesis("orders", "130528", "events"), genesis("orders", "130528", "public_log")
    at = 1730419200000001
    first = link_event(
        start, 1, STREAM, 1, "orders.need.registered", b'{"items":["home_care"]}', b'{"by":"village-1"}', at
    )
    reason = '{"reason":"不符合条件"}'.encode()
    second = link_event(first, 2, STREAM, 2, "orders.need.refused", reason, b"{}", at + 1)
    told = link_public(
        public, 1, UUID("00000000-0000-4000-8000-00000000000a"), "orders.order_opened.v1", STREAM, b'{"units":1}', at
    )
    assert [link.hex() for link in (start, public, first, second, told)] == SPECIFIED


def rows(count: int) -> list[dict[str, Any]]:
    """An honest export of ``count`` events."""
    link, found = genesis("orders", "130528", "events"), []
    for position in range(1, count + 1):
        state = json.dumps({"n": position}).encode()
        link = link_event(link, position, STREAM, position, "orders.need.registered", state, b"{}", position)
        found.append(
            {
                "service": "orders", "county": "130528", "log": "events", "position": position,
                "originator_id": str(STREAM), "originator_version": position, "topic": "orders.need.registered",
                "state": base64.b64encode(state).decode(), "metadata": base64.b64encode(b"{}").decode(),
                "recorded_at_us": position, "hash": link.hex(),
            }
        )  # fmt: skip
    return found


def verify(folder: Path, export: list[dict[str, Any]]) -> subprocess.CompletedProcess[str]:
    file = folder / "export.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in export))
    return subprocess.run([sys.executable, VERIFIER, file], capture_output=True, text=True, check=False)


def test_an_honest_export_verifies(tmp_path: Path) -> None:
    done = verify(tmp_path, rows(5))
    assert done.returncode == 0
    assert "5 rows" in done.stdout


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", base64.b64encode(b'{"n": 30}').decode()),
        ("metadata", base64.b64encode(b'{"by": "x"}').decode()),
        ("topic", "orders.need.refused"),
        ("recorded_at_us", 4),
        ("originator_id", "00000000-0000-4000-8000-000000000002"),
        ("hash", "00" * 32),
    ],
)
def test_an_altered_row_is_named(tmp_path: Path, field: str, value: object) -> None:
    export = rows(5)
    export[2][field] = value
    done = verify(tmp_path, export)
    assert done.returncode == 1
    assert "position 3" in done.stdout


def test_a_missing_row_is_named(tmp_path: Path) -> None:
    export = rows(5)
    del export[2]
    done = verify(tmp_path, export)
    assert done.returncode == 1
    assert "position 3 is missing" in done.stdout


def test_a_log_cut_short_is_found_by_its_signed_head(tmp_path: Path) -> None:
    export = rows(5)
    head = {"service": "orders", "county": "130528", "log": "events", "position": 5, "hash": export[4]["hash"]}
    (tmp_path / "heads.json").write_text(json.dumps({"heads": json.dumps([head]), "signature": ""}))
    file = tmp_path / "export.jsonl"
    for kept, code in ((5, 0), (4, 1)):
        file.write_text("".join(json.dumps(row) + "\n" for row in export[:kept]))
        command = [sys.executable, str(VERIFIER), str(file), "--heads", str(tmp_path / "heads.json")]
        assert subprocess.run(command, capture_output=True, check=False).returncode == code


@settings(max_examples=200)
@given(
    st.binary(max_size=20), st.binary(max_size=20), st.binary(max_size=20), st.binary(max_size=20),
    st.integers(1, 2**40), st.integers(1, 2**40),
)  # fmt: skip
def test_no_two_rows_share_a_hash(
    state: bytes, metadata: bytes, other_state: bytes, other_metadata: bytes, version: int, other: int
) -> None:
    start = genesis("orders", "130528", "events")
    one = link_event(start, 1, STREAM, version, "t", state, metadata, 0)
    two = link_event(start, 1, STREAM, other, "t", other_state, other_metadata, 0)
    assert (one == two) == ((version, state, metadata) == (other, other_state, other_metadata))
