"""The certificate as a document: what is signed, who holds it, and how anybody finds out whether it is genuine.

    {"holder": name, "salt": …, "signature": …, "statement": {…, "holder_sha256": SHA-256(salt NUL name)}}

The statement is signed; it names the holder only by a salted hash, so that what the public sees holds no name, and the
name in the holder's document is checked all the same. The text is canonical (RFC 8785): one character changed, it is
another document and not genuine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Literal

import rfc8785

from chassis import signed

TYPE = "careloop.volunteer_service_certificate.v1"
NUMBER = re.compile(r"([0-9A-Za-z]{6,12}(?:-[0-9a-z]{1,12})?)-([0-9]{4})-([0-9]{6,9})")
CHECK_CHARACTERS = 12
"""Of the signature, in the QR: who has seen the certificate knows them."""
PARTS = {"holder", "salt", "signature", "statement"}
Verdict = Literal["genuine", "not_a_certificate", "unknown_key", "altered", "holder_altered"]


def number_of(county: str, year: int, number: int) -> str:
    """``130528-2026-000001``: county, year, and a number without a gap in both."""
    return f"{county}-{year}-{number:06d}"


def holder_digest(salt: str, name: str) -> str:
    """By which the statement names its holder."""
    return sha256(f"{salt}\0{name}".encode()).hexdigest()


def statement_of(county: str, row: Mapping[str, Any], key_id: str) -> dict[str, Any]:
    """What is signed, of a row of ``certificates``."""
    return {
        "type": TYPE,
        "number": number_of(county, row["year"], row["number"]),
        "county": county,
        "charity": row["charity_name"],
        "credit_code": row["credit_code"],
        "first": row["first"].isoformat(),
        "last": row["last"].isoformat(),
        "issued_on": row["issued_on"].isoformat(),
        "deeds": len(json.loads(row["deeds"])),
        "pieces": row["pieces"],
        "minutes": row["minutes"],
        "holder_sha256": row["digest"],
        "key_id": key_id,
    }


def document_of(statement: Mapping[str, Any], signature: str, holder: str, salt: str) -> str:
    """The document's text."""
    whole: dict[str, Any] = {"holder": holder, "salt": salt, "signature": signature, "statement": dict(statement)}
    return rfc8785.dumps(whole).decode()


def judge(text: str, keys: Mapping[str, str]) -> tuple[Verdict, Mapping[str, Any] | None]:
    """Whether the text is a genuine certificate under one of ``keys`` (public keys by id), and its statement."""
    try:
        whole = json.loads(text)
        canonical = rfc8785.dumps(whole).decode()
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        return "not_a_certificate", None
    if not isinstance(whole, dict) or whole.keys() != PARTS:
        return "not_a_certificate", None
    statement = whole["statement"]
    texts = all(isinstance(whole[name], str) for name in PARTS - {"statement"})
    if not texts or not isinstance(statement, dict) or statement.get("type") != TYPE:
        return "not_a_certificate", None
    public_key = keys.get(str(statement.get("key_id")))
    if public_key is None:
        return "unknown_key", None
    if canonical != text or not signed.is_signed(statement, whole["signature"], public_key):
        return "altered", None
    if holder_digest(whole["salt"], whole["holder"]) != statement["holder_sha256"]:
        return "holder_altered", None
    return "genuine", statement
