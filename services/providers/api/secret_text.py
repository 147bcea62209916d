"""The secret of an API key as its holder keeps it: ``clk_<county>_<key id>_<secret><checksum>``.

The secret is 256 random bits, the checksum a CRC-32 of everything before it, both in base 62. Prefix and checksum let a
scanner of repositories and logs find a leaked one without asking us: ``PATTERN``, then the checksum.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from chassis.auth import COUNTY

PREFIX = "clk"
PATTERN = re.compile(rf"{PREFIX}_({COUNTY.pattern})_([0-9a-f]{{32}})_([0-9A-Za-z]{{43}})([0-9A-Za-z]{{6}})")
TEXT_MAX = 160
SECRET_BITS = 256
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_DIGITS = 43
_CHECKSUM_DIGITS = 6


class Shown(NamedTuple):
    """What a secret says of itself, and its SHA-256, hexadecimal."""

    county: str
    key_id: UUID
    secret_hash: str


NOBODYS = Shown("000000", UUID(int=0), "f" * 64)
"""Looked for where a text is no secret, so that finding nothing takes as long as finding the wrong one."""


def make(county: str, key_id: UUID) -> str:
    """A new secret for a key."""
    text = f"{PREFIX}_{county}_{key_id.hex}_{_base62(secrets.randbits(SECRET_BITS), _SECRET_DIGITS)}"
    return text + _checksum(text)


def read(text: str) -> Shown:
    """What ``text`` says; ``NOBODYS`` where it is no secret or was mistyped."""
    found = PATTERN.fullmatch(text)
    if found is None or _checksum(text[:-_CHECKSUM_DIGITS]) != text[-_CHECKSUM_DIGITS:]:
        return NOBODYS
    return Shown(found[1], UUID(found[3]), hash_of(text))


def hash_of(text: str) -> str:
    """What is kept of a secret. A plain hash is enough for 256 random bits: nobody can try them all."""
    return sha256(text.encode()).hexdigest()


def _checksum(text: str) -> str:
    return _base62(crc32(text.encode()), _CHECKSUM_DIGITS)


def _base62(number: int, digits: int) -> str:
    text = ""
    for _ in range(digits):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text
