"""What a device signs: RFC 8785 JSON of the packet without its signature, by Ed25519 (RFC 8032)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chassis.kernel.canonical import canonical


def bytes_of(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed_part(raw: bytes) -> bytes:
    """The bytes that were signed, of a body that was read strictly before."""
    told = json.loads(raw)
    told.pop("signature")
    return canonical(told)


def digest(signed: bytes) -> str:
    """SHA-256 of what was signed, in hex."""
    return sha256(signed).hexdigest()


def is_key(public_key: str) -> bool:
    """Whether the text is an Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes_of(public_key))
    except ValueError:
        return False
    return True


def is_signed(public_key: str, signature: str, signed: bytes) -> bool:
    """Whether the key signed it."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes_of(public_key)).verify(bytes_of(signature), signed)
    except InvalidSignature:
        return False
    return True
