"""Statements that anybody can check: Ed25519 (RFC 8032) over canonical JSON (RFC 8785).

The key is derived from the deployment's secret by a label, so nothing is stored; ``key_id`` names a public key by the
first 16 hexadecimal digits of its SHA-256. The same statement always has the same signature.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "Ed25519"
_KEY_ID_DIGITS = 16


class Signer:
    """Signs with the key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(key)
        self.public_key = _text(self._private.public_key().public_bytes_raw())
        """Base64url without padding."""
        self.key_id = key_id(self.public_key)

    def sign(self, statement: Mapping[str, Any]) -> str:
        """The signature, base64url."""
        return _text(self._private.sign(canonical(statement)))


def key_id(public_key: str) -> str:
    """The name of a public key (base64url)."""
    return sha256(_bytes(public_key)).hexdigest()[:_KEY_ID_DIGITS]


def is_signed(statement: Mapping[str, Any], signature: str, public_key: str) -> bool:
    """Whether the holder of the private key signed exactly this statement, and the signature is in its one form."""
    try:
        raw = _bytes(signature)
        Ed25519PublicKey.from_public_bytes(_bytes(public_key)).verify(raw, canonical(statement))
    except (InvalidSignature, ValueError, rfc8785.CanonicalizationError):
        return False
    return _text(raw) == signature


def canonical(statement: Mapping[str, Any]) -> bytes:
    """The bytes that are signed and hashed."""
    return rfc8785.dumps(dict(statement))


def digest(statement: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, hexadecimal."""
    return sha256(canonical(statement)).hexdigest()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
