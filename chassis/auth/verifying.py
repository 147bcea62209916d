"""Checks bearer tokens, each by the issuer it names, once; then it is remembered until it expires.

Why a token is refused is not told: it is missing, not valid, or expired. Who was believed is logged, as a keyed hash.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from chassis.auth.callers import Caller
from chassis.auth.issuers import Issuer, KeysWanted
from chassis.auth.oidc import oidc_issuers
from chassis.auth.own import own_issuers
from chassis.auth.tokens import Token, parse
from chassis.config import Settings
from chassis.keys import who
from chassis.problems import Refused

log = structlog.get_logger(__name__)

REMEMBERED_MAX = 10_000
REMEMBERED_S = 600.0
"""Then a token is checked again: a key that its issuer has withdrawn ends what it signed."""


class Verifier:
    """See the module's text. ValueError for issuers that cannot be trusted.

    ``now`` gives seconds since 1970, ``clock`` seconds that only pass.
    """

    def __init__(
        self, settings: Settings, now: Callable[[], float] = time.time, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._now = now
        self._who = who(settings)
        issuers = [*own_issuers(settings), *oidc_issuers(settings, clock)]
        self._issuers = {issuer.name: issuer for issuer in issuers}
        if len(self._issuers) < len(issuers):
            raise ValueError("two issuers of tokens have the same name")
        self._remembered: dict[bytes, tuple[float, Caller]] = {}

    @property
    def trusted(self) -> tuple[str, ...]:
        """The names of the issuers whose tokens are believed."""
        return tuple(self._issuers)

    def remembered(self, authorization: bytes) -> Caller | None:
        """The caller of a header that was verified before and still holds."""
        known = self._remembered.get(authorization)
        return known[1] if known is not None and known[0] > self._now() else None

    def caller(self, authorization: bytes) -> Caller:
        """The caller of an ``Authorization`` header, by what is at hand.

        Refuses with ``token.missing``, ``.invalid`` (also where an issuer's keys would have to be fetched first: see
        ``verify``) or ``.expired``.
        """
        try:
            return self.remembered(authorization) or self._check(authorization)[1]
        except KeysWanted:
            raise Refused("token.invalid") from None

    async def verify(self, authorization: bytes) -> Caller:
        """The same, asking an identity provider for its keys where that is needed; ``unavailable`` while it is away
        and was never heard."""
        known = self.remembered(authorization)
        if known is not None:
            return known
        try:
            issuer, caller = self._check(authorization)
        except KeysWanted:
            issuer, _token = self._read(authorization)
            await issuer.keys.fetch()
            caller = self.caller(authorization)
        issuer.keys.freshen()
        log.info(
            "auth.believed", issuer=issuer.name, role=caller.role, county=caller.county, who=self._who(caller.subject)
        )
        return caller

    def _check(self, authorization: bytes) -> tuple[Issuer, Caller]:
        issuer, token = self._read(authorization)
        now = self._now()
        expires, caller = issuer.check(token, now)
        self._remember(authorization, min(expires, now + REMEMBERED_S), caller)
        return issuer, caller

    def _read(self, authorization: bytes) -> tuple[Issuer, Token]:
        """The token, and the issuer that it names: so far only whom to ask about it."""
        token = parse(_bearer(authorization))
        issuer = self._issuers.get(token.issuer) if isinstance(token.issuer, str) else None
        if issuer is None:
            raise Refused("token.invalid")
        return issuer, token

    def _remember(self, authorization: bytes, until: float, caller: Caller) -> None:
        if len(self._remembered) >= REMEMBERED_MAX:
            now = self._now()
            self._remembered = {text: entry for text, entry in self._remembered.items() if entry[0] > now}
            while len(self._remembered) >= REMEMBERED_MAX:
                del self._remembered[next(iter(self._remembered))]
        self._remembered[authorization] = (until, caller)


def _bearer(authorization: bytes) -> bytes:
    """RFC 6750, section 2.1."""
    scheme, _, token = authorization.partition(b" ")
    if scheme.lower() != b"bearer" or not token:
        raise Refused("token.missing")
    return token
