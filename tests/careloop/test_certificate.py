"""A certificate is checked offline: genuine as it was given, and nothing else after any change of a character."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.certificate import verify
from chassis.signed import Signer
from services.charity.api.giving.document import document_of, holder_digest, judge, statement_of

KEY = Signer(bytes(range(32)))
ROW: dict[str, Any] = {
    "year": 2026, "number": 7, "charity_name": "宁晋县慈善总会", "credit_code": "53130528MJ0123456T",
    "first": date(2026, 1, 1), "last": date(2026, 11, 2), "issued_on": date(2026, 11, 3),
    "deeds": '["00000000-0000-4000-8000-000000000001"]', "pieces": 3, "minutes": 90,
    "digest": holder_digest("5a", "李爱心"),
}  # fmt: skip
STATEMENT = statement_of("130528", ROW, KEY.key_id)
DOCUMENT = document_of(STATEMENT, KEY.sign(STATEMENT), "李爱心", "5a")
KEYS = {KEY.key_id: KEY.public_key}


def test_a_certificate_is_genuine_as_it_was_given() -> None:
    assert judge(DOCUMENT, KEYS) == ("genuine", STATEMENT)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(DOCUMENT) - 1), st.characters(codec="utf-8"))
def test_a_certificate_with_another_character_is_not_genuine(place: int, character: str) -> None:
    changed = DOCUMENT[:place] + character + DOCUMENT[place + 1 :]
    assert changed == DOCUMENT or judge(changed, KEYS)[0] != "genuine"


def test_a_certificate_of_another_key_or_with_more_in_it_is_not_genuine() -> None:
    assert judge(DOCUMENT, {})[0] == "unknown_key"
    whole = {**json.loads(DOCUMENT), "more": 1}
    assert judge(json.dumps(whole), KEYS)[0] == "not_a_certificate"
    assert judge('{"holder":' * 10_000, KEYS)[0] == "not_a_certificate"
    other = Signer(bytes(32))
    forged = document_of(STATEMENT, other.sign(STATEMENT), "李爱心", "5a")
    assert judge(forged, KEYS)[0] == "altered"


@pytest.mark.parametrize(("written", "code"), [(DOCUMENT, 0), (DOCUMENT.replace("90", "91"), 1)])
def test_the_command_tells_genuine_from_altered(tmp_path: Path, written: str, code: int) -> None:
    (tmp_path / "paper.json").write_text(written + "\n", encoding="utf-8")
    keys = {"keys": [{"key_id": KEY.key_id, "public_key": KEY.public_key}]}
    (tmp_path / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    assert verify(tmp_path / "paper.json", tmp_path / "keys.json") == code
    assert verify(tmp_path / "paper.json", tmp_path / "none.json") == 2
