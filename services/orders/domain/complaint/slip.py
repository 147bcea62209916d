"""The secret on a ticket's slip: with the number it shows how far the ticket is, and the answer, to whoever holds it.

It is derived from a key of the deployment, so nothing is stored that could be read, and an anonymous complainant can
follow the ticket without saying who it is.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

LETTERS = 16
"""80 bits in base 32."""


def secret_of(key: bytes, county: str, ticket: UUID) -> str:
    """Sixteen letters and digits in groups of four."""
    digest = hmac.new(key, f"{county}/{ticket}".encode(), sha256).digest()
    text = b32encode(digest).decode()[:LETTERS]
    return "-".join(text[place : place + 4] for place in range(0, LETTERS, 4))


def fits(key: bytes, county: str, ticket: UUID, given: str) -> bool:
    """Whether the secret is that of the ticket; hyphens, blanks and small letters do not matter."""
    plain = "".join(letter for letter in given.upper() if letter.isalnum() and letter.isascii())
    return hmac.compare_digest(secret_of(key, county, ticket).replace("-", ""), plain)
