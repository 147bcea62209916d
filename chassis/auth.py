"""Who calls: bearer tokens (JWT) checked once and remembered until they expire.

The development issuer signs with HS256 and the shared token secret. The algorithm is pinned; issuer, audience, expiry
and not-before are checked against the system's clock, never the moved one. Why a token is refused is not told.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from chassis.config import Settings
from chassis.problems import Refused

ROLES = frozenset({
    "village", "township", "bureau", "finance", "provider", "charity", "claimant", "inspector", "evaluator", "hotline",
    "city", "province", "auditor", "service",
})  # fmt: skip
"""Everyone who may hold a token."""

OWNING_ROLES = frozenset({"provider", "charity", "claimant"})
"""Roles that act for an owner and see only what is its own."""

COUNTY = re.compile(r"[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?")
_SUBJECT = re.compile(r"[!-~]{1,64}")
_OPTIONAL = re.compile(r"[!-~]{0,64}")
_COUNTY_CLAIM = re.compile(r"([0-9A-Za-z]{1,12}(-[0-9a-z]{1,12})?)?")
_ALGORITHM = "HS256"
_SECRET_BYTES_MIN = 32
_REMEMBERED_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, in which role and for which county.

    ``owner`` is the provider, charity or claimant it acts for, or empty; ``township`` is empty where all of the county
    is its business. A ``county`` shorter than six digits is a region: a city's or a province's.
    """

    subject: str
    role: str
    county: str
    owner: str = ""
    township: str = ""


_SERVICE_HOURS = 1


class Verifier:
    """Checks tokens. Verified ones are remembered by their text until they expire, at most ten thousand."""

    def __init__(self, settings: Settings, now: Callable[[], float] = time.time) -> None:
        self._key = _key(settings)
        self._now = now
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            iss={"essential": True, "value": settings.token_issuer},
            aud={"essential": True, "value": settings.token_audience},
            exp={"essential": True},
        )
        self._remembered: dict[bytes, tuple[float, Caller]] = {}

    def caller(self, authorization: bytes) -> Caller:
        """The caller of an ``Authorization`` header; refuses with ``token.missing``, ``.invalid`` or ``.expired``."""
        known = self._remembered.get(authorization)
        if known is not None and known[0] > self._now():
            return known[1]
        if not authorization:
            raise Refused("token.missing")
        scheme, _, token = authorization.partition(b" ")
        if scheme.lower() != b"bearer" or not token:
            raise Refused("token.missing")
        expires, caller = self._verify(token)
        self._remember(authorization, expires, caller)
        return caller

    def _verify(self, token: bytes) -> tuple[float, Caller]:
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise Refused("token.expired") from None
        except (JoseError, ValueError, TypeError):
            raise Refused("token.invalid") from None
        return float(claims["exp"]), _caller(claims)

    def _remember(self, authorization: bytes, expires: float, caller: Caller) -> None:
        if len(self._remembered) >= _REMEMBERED_MAX:
            now = self._now()
            self._remembered = {text: entry for text, entry in self._remembered.items() if entry[0] > now}
            while len(self._remembered) >= _REMEMBERED_MAX:
                del self._remembered[next(iter(self._remembered))]
        self._remembered[authorization] = (expires, caller)


def issue(
    settings: Settings,
    subject: str,
    role: str,
    county: str,
    owner: str = "",
    township: str = "",
    hours: float = 8,
    *,
    development: bool = False,
) -> str:
    """A token of the development issuer. PermissionError unless embedded, or ``development`` is said."""
    if not (settings.embedded or development):
        raise PermissionError("only the embedded deployment issues tokens; ask your identity provider")
    if role not in ROLES:
        raise ValueError(f"there is no role {role}")
    now = int(time.time())
    claims = {
        "iss": settings.token_issuer,
        "aud": settings.token_audience,
        "sub": subject,
        "role": role,
        "county": county,
        "owner": owner,
        "township": township,
        "iat": now,
        "nbf": now,
        "exp": now + int(hours * 3600),
    }
    _caller(claims)
    return jwt.encode({"alg": _ALGORITHM}, claims, _key(settings))


class ServiceToken:
    """A service's own token for the others' feeds, renewed before it expires."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._settings = settings
        self._service = service
        self._token = ""
        self._renew_at = 0.0

    def __call__(self) -> str:
        """A valid token."""
        if time.time() >= self._renew_at:
            subject = f"service-{self._service}"
            self._token = issue(self._settings, subject, "service", "", hours=_SERVICE_HOURS, development=True)
            self._renew_at = time.time() + _SERVICE_HOURS * 1800
        return self._token


def _key(settings: Settings) -> OctKey:
    secret = settings.token_secret.get_secret_value().encode()
    if len(secret) < _SECRET_BYTES_MIN:
        raise ValueError(f"CARELOOP_TOKEN_SECRET needs at least {_SECRET_BYTES_MIN} bytes")
    return OctKey.import_key(secret)


def _caller(claims: dict[str, object]) -> Caller:
    """The caller a token's claims describe; refuses claims of another shape."""
    caller = Caller(
        subject=_text(claims, "sub", _SUBJECT),
        role=_text(claims, "role", _SUBJECT),
        county=_text(claims, "county", _COUNTY_CLAIM),
        owner=_text(claims, "owner", _OPTIONAL),
        township=_text(claims, "township", _OPTIONAL),
    )
    if caller.role not in ROLES:
        raise Refused("token.invalid")
    return caller


def _text(claims: dict[str, object], name: str, shape: re.Pattern[str]) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise Refused("token.invalid")
    return value
