"""The deployment's own issuers, each with a key of its own derived from the token secret.

careloop-services      the services among themselves: role ``service``, no county, an hour
careloop-keys          what an API key is exchanged for: role ``provider``, with owner, county and scopes
careloop-development   people and systems of an embedded deployment, any role; elsewhere it is not trusted
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from chassis.auth.callers import COUNTY, SCOPE, Caller, caller_of
from chassis.auth.issuers import HS256, Issuer, OwnKey
from chassis.config import Settings
from chassis.keys import derived
from chassis.problems import Refused

SERVICES = "careloop-services"
KEYS = "careloop-keys"
KEY_TOKEN_S = 600
"""How long a token lives that a key was exchanged for: a revoked key ends its last token within that time."""

_SERVICE_S = 3600
_LABELS = {SERVICES: "service-token", KEYS: "key-token"}
_KEY_ROLES = frozenset({"provider"})
_OWNER = re.compile(r"[!-~]{1,64}")


def own_issuers(settings: Settings) -> list[Issuer]:
    """The issuers every deployment has, and the development issuer where it is embedded."""
    found = [
        _own(settings, SERVICES, _service, settings.token_leeway_s),
        _own(settings, KEYS, _key_holder, settings.token_leeway_s),
    ]
    if settings.embedded:
        found.append(_own(settings, settings.token_issuer, caller_of, 0.0))
    return found


def _own(settings: Settings, name: str, says: Callable[[Mapping[str, Any]], Caller], leeway_s: float) -> Issuer:
    return Issuer(
        name=name,
        audience=settings.token_audience,
        algorithms=HS256,
        keys=OwnKey(derived(settings, _label(name))),
        says=says,
        leeway_s=leeway_s,
        longest_s=settings.token_hours_max * 3600,
    )


def _label(name: str) -> str:
    return _LABELS.get(name, "development-token")


def _service(claims: Mapping[str, Any]) -> Caller:
    caller = caller_of(claims)
    if caller.role != "service" or caller.county or caller.owner or caller.township:
        raise Refused("token.invalid")
    return caller


def _key_holder(claims: Mapping[str, Any]) -> Caller:
    """Scopes are always named: a key may never do all that its role may."""
    caller = caller_of(claims)
    placed = COUNTY.fullmatch(caller.county) and _OWNER.fullmatch(caller.owner) and not caller.township
    if caller.role not in _KEY_ROLES or not placed or caller.scopes is None:
        raise Refused("token.invalid")
    return caller


def issue(
    settings: Settings,
    subject: str,
    role: str,
    county: str,
    owner: str = "",
    township: str = "",
    hours: float = 8,
    scopes: Iterable[str] | None = None,
) -> str:
    """A token of the development issuer. PermissionError unless embedded; ValueError for what none may say."""
    if not settings.embedded:
        raise PermissionError("only an embedded deployment issues tokens; ask your identity provider")
    if not 0 < hours <= settings.token_hours_max:
        raise ValueError(f"a token lives at most {settings.token_hours_max:g} hours")
    claims = {"sub": subject, "role": role, "county": county, "owner": owner, "township": township}
    if scopes is not None:
        claims["scope"] = " ".join(sorted(scopes))
    try:
        caller_of(claims)
    except Refused:
        raise ValueError("a token cannot say that: look at role, county, owner, township and scopes") from None
    return _signed(settings, settings.token_issuer, claims, hours * 3600)


def issue_for_service(settings: Settings, service: str) -> str:
    """A token of an hour with which ``service`` (or a command of the operator) calls the others."""
    return _signed(settings, SERVICES, {"sub": f"service-{service}", "role": "service", "county": ""}, _SERVICE_S)


def issue_for_key(settings: Settings, key_id: str, county: str, owner: str, scopes: Iterable[str]) -> str:
    """The token of ten minutes that a provider's API key is exchanged for."""
    claims = {
        "sub": f"key-{key_id}",
        "role": "provider",
        "county": county,
        "owner": owner,
        "scope": " ".join(sorted(scopes)),
    }
    assert all(SCOPE.fullmatch(scope) for scope in scopes)
    return _signed(settings, KEYS, claims, KEY_TOKEN_S)


def _signed(settings: Settings, issuer: str, claims: Mapping[str, object], seconds: float) -> str:
    now = int(time.time())
    times = {"iat": now, "nbf": now, "exp": now + int(seconds)}
    told = {"iss": issuer, "aud": settings.token_audience, **claims, **times}
    return jwt.encode({"alg": "HS256"}, told, OctKey.import_key(derived(settings, _label(issuer))))


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
            self._token = issue_for_service(self._settings, self._service)
            self._renew_at = time.time() + _SERVICE_S / 2
        return self._token
