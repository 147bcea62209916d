"""Keys derived from the token secret: one for each use, so that what is made for one is worth nothing to another.

HKDF with SHA-256 (RFC 5869). The secret itself signs nothing and is used nowhere else.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chassis.config import Settings

SECRET_BYTES_MIN = 32
KEY_BYTES = 32
_WHO_DIGITS = 16


def derived(settings: Settings, label: str) -> bytes:
    """The key of 32 bytes for the use that ``label`` names; ValueError where the secret is too short."""
    return _derived(settings.token_secret.get_secret_value().encode(), label)


@lru_cache(maxsize=64)
def _derived(secret: bytes, label: str) -> bytes:
    if len(secret) < SECRET_BYTES_MIN:
        raise ValueError(f"CARELOOP_TOKEN_SECRET needs at least {SECRET_BYTES_MIN} bytes")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=b"careloop", info=label.encode()).derive(secret)


def who(settings: Settings) -> Callable[[str], str]:
    """A keyed hash of a subject, for logs: one person is one word in all lines, and nobody can tell which person."""
    key = derived(settings, "log subject")
    return lambda subject: hmac.new(key, subject.encode(), sha256).hexdigest()[:_WHO_DIGITS]
