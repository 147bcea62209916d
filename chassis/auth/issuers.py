"""An issuer of tokens and what it is believed: its own keys, its own algorithms, its own audience, its own claims.

A token is checked by the issuer it names and by no other, so that whoever may sign for one can say nothing for another.
Times are the system's, never the moved clock's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry

from chassis.auth.callers import Caller
from chassis.auth.tokens import Token
from chassis.problems import Refused

HS256 = frozenset({"HS256"})
_KEY_ID_MAX = 256


class KeysWanted(Exception):
    """No key at hand fits a token's header; the issuer may have another by now."""


class Keys(Protocol):
    """Where an issuer's keys are."""

    def find(self, algorithm: str, key_id: str | None) -> Sequence[Any]:
        """Keys that fit; raises KeysWanted where the issuer has to be asked."""

    async def fetch(self) -> None:
        """Ask the issuer, unless it was asked just now; raises Refused where nothing is known of it at all."""

    def freshen(self) -> None:
        """Ask the issuer again in the background where its keys have been kept for long."""


class OwnKey:
    """A secret of this deployment: nobody has to be asked."""

    def __init__(self, secret: bytes) -> None:
        self._keys = (OctKey.import_key(secret),)

    def find(self, _algorithm: str, _key_id: str | None) -> Sequence[Any]:
        """The one key."""
        return self._keys

    async def fetch(self) -> None:
        """There is nothing to fetch."""

    def freshen(self) -> None:
        """It does not age."""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """``says`` reads the caller from the claims and refuses what this issuer may not say."""

    name: str
    audience: str
    algorithms: frozenset[str]
    keys: Keys
    says: Callable[[Mapping[str, Any]], Caller]
    leeway_s: float
    longest_s: float

    def check(self, token: Token, now: float) -> tuple[float, Caller]:
        """Until when the token holds, and its caller. Refuses ``token.invalid``, ``.expired``; raises KeysWanted."""
        if not self._signed(token):
            raise Refused("token.invalid")
        expires = self._times(token.claims, now)
        audience = token.claims.get("aud")
        if audience != self.audience and not (isinstance(audience, list) and self.audience in audience):
            raise Refused("token.invalid")
        return expires, self.says(token.claims)

    def _signed(self, token: Token) -> bool:
        """Whether one of the issuer's keys has signed, with an algorithm that is pinned for it and fits the key."""
        algorithm, key_id = token.header.get("alg"), token.header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in self.algorithms:
            return False
        if key_id is not None and (not isinstance(key_id, str) or len(key_id) > _KEY_ID_MAX):
            return False
        signing = JWSRegistry.algorithms[algorithm]
        for key in self.keys.find(algorithm, key_id):
            try:
                signing.check_key(key)
                if signing.verify(token.signed, token.signature, key):
                    return True
            except (JoseError, ValueError):
                continue
        return False

    def _times(self, claims: Mapping[str, Any], now: float) -> float:
        """RFC 7519, sections 4.1.4 to 4.1.6, and no token for longer than is allowed."""
        expires, begins, issued = (_instant(claims, name) for name in ("exp", "nbf", "iat"))
        if expires is None:
            raise Refused("token.invalid")
        if expires + self.leeway_s <= now:
            raise Refused("token.expired")
        early = any(instant is not None and instant > now + self.leeway_s for instant in (begins, issued))
        if early or expires - (now if issued is None else issued) > self.longest_s:
            raise Refused("token.invalid")
        return expires + self.leeway_s


def _instant(claims: Mapping[str, Any], name: str) -> float | None:
    """A NumericDate: seconds since 1970; None where there is none."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("token.invalid")
    return float(value)
