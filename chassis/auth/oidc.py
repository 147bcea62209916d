"""Tokens of identity providers: their claims under their own names, and what each of them may say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chassis.auth.callers import OWNING_ROLES, ROLES, SCOPE, Caller, caller_of
from chassis.auth.issuers import Issuer
from chassis.auth.own import KEYS, SERVICES
from chassis.auth.provider_keys import ProviderKeys
from chassis.config import Settings
from chassis.problems import Refused
from chassis.trust import Trust

OUR_NAMES = ("sub", "role", "county", "owner", "township")
ORDINARY_ROLES = ROLES - {"service"}
"""What an identity provider may give without being named for it."""
TOWNSHIP_ROLES = frozenset({"village", "township"})

_PLACE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?")
"""A province, a city, or a county (GB/T 2260)."""
_TAKEN = ("service-", "key-")
"""Subjects that begin so are the deployment's own."""
_WORDS_MAX = 200


def oidc_issuers(settings: Settings, clock: Callable[[], float]) -> Iterable[Issuer]:
    """An issuer for each identity provider; ValueError for one that can say nothing."""
    for trust in settings.identity_providers:
        unknown = sorted(trust.roles - ROLES)
        if unknown:
            raise ValueError(f"identity provider {trust.issuer}: there is no role {', '.join(unknown)}")
        if trust.issuer in (SERVICES, KEYS, settings.token_issuer):
            raise ValueError(f"identity provider {trust.issuer}: the name is the deployment's own")
        yield Issuer(
            name=trust.issuer,
            audience=trust.audience,
            algorithms=frozenset(trust.algorithms),
            keys=ProviderKeys(trust, clock),
            says=_reader(trust),
            leeway_s=settings.token_leeway_s,
            longest_s=settings.token_hours_max * 3600,
        )


def _reader(trust: Trust) -> Callable[[Mapping[str, Any]], Caller]:
    roles = trust.roles or ORDINARY_ROLES
    theirs: dict[str, str] = {name: name for name in (*OUR_NAMES, "scope")}
    theirs.update({str(ours): name for ours, name in trust.claims.items()})

    def read(claims: Mapping[str, Any]) -> Caller:
        told = {name: _value(claims, theirs[name]) for name in OUR_NAMES}
        told["scope"] = _scope(_value(claims, theirs["scope"]), required=trust.scopes_required)
        own = {name: value for name, value in told.items() if value is not None}
        subject = own.get("sub")
        if isinstance(subject, str):
            own["sub"] = trust.subject_prefix + subject
        caller = caller_of(own)
        if caller.role not in roles or not subject or not _placed(caller, trust.counties):
            raise Refused("token.invalid")
        return caller

    return read


def _value(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of that very name, or of that way into objects; one word in a list is that word."""
    found: Any = claims.get(name)
    if found is None and "." in name:
        found = claims
        for step in name.split("."):
            found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, list) and len(found) == 1:
        return found[0]
    return found


def _scope(claim: Any, *, required: bool) -> str | None:
    """Our words among a token's scopes. None (all that the role may) where it has none of ours and needs none.

    Providers put words of their own there (``openid``): those say nothing here.
    """
    words = claim if isinstance(claim, list) else claim.split() if isinstance(claim, str) else []
    ours = [word for word in words[:_WORDS_MAX] if isinstance(word, str) and SCOPE.fullmatch(word)]
    return " ".join(ours) if ours or required else None


def _placed(caller: Caller, counties: tuple[str, ...]) -> bool:
    """Whether the caller's place is complete and one that the provider may speak for.

    A village or township officer without a township would have the whole county, so the token must name one.
    """
    if caller.subject.startswith(_TAKEN):
        return False
    if caller.role == "service":
        return not caller.county
    if not _PLACE.fullmatch(caller.county) or (counties and not caller.county.startswith(counties)):
        return False
    if caller.role in OWNING_ROLES and not caller.owner:
        return False
    return caller.role not in TOWNSHIP_ROLES or bool(caller.township)
