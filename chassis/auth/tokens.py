"""A bearer token as it was sent: a JWT in compact form (RFC 7519, RFC 7515 section 7.1), taken apart, nothing believed.

Refused before any key is looked at: what is too long, has another form, or tells where its own key may be had
(``jku``, ``x5u``, ``jwk``) or what we would have to understand (``crit``).
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from typing import Any, NamedTuple

import msgspec

from chassis.problems import Refused

TOKEN_BYTES_MAX = 8192
_COMPACT = re.compile(rb"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_FOREIGN = ("jku", "x5u", "jwk", "crit", "b64", "enc", "zip")
"""Header parameters (RFC 7515, section 4.1; RFC 7797; RFC 7516) that a token here has no use for."""
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
"""RFC 9068, section 2.1; a logout or proof token of the same issuer is no access token (RFC 8725, section 3.11)."""
_read = msgspec.json.Decoder(dict[str, Any]).decode


class Token(NamedTuple):
    """Its parts: ``signed`` is what ``signature`` covers."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes

    @property
    def issuer(self) -> object:
        """Who says it has signed; only that issuer's keys can show it."""
        return self.claims.get("iss")


def parse(text: bytes) -> Token:
    """The parts of a token; refuses with ``token.invalid``."""
    found = _COMPACT.fullmatch(text) if len(text) <= TOKEN_BYTES_MAX else None
    if found is None:
        raise Refused("token.invalid")
    try:
        header, claims, signature = (urlsafe_b64decode(part + b"=" * (-len(part) % 4)) for part in found.groups())
        token = Token(_read(header), _read(claims), text[: found.end(2)], signature)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise Refused("token.invalid") from None
    if any(name in token.header for name in _FOREIGN) or _type(token.header) not in _TYPES:
        raise Refused("token.invalid")
    return token


def _type(header: dict[str, Any]) -> object:
    kind = header.get("typ")
    return kind.lower() if isinstance(kind, str) else kind
