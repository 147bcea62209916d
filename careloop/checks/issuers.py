"""Whose tokens the deployment believes, and whether their keys can be had."""

from __future__ import annotations

import asyncio

from careloop.checks.finding import Finding, failed, ok, warned
from chassis.auth import Verifier
from chassis.auth.provider_keys import UNREADABLE, read_keys
from chassis.config import Settings
from chassis.trust import Trust

CONFIGURE = "set CARELOOP_OIDC_ISSUER and CARELOOP_OIDC_AUDIENCE, or CARELOOP_OIDC_ISSUERS (docs/operations.md)"


async def issuers(settings: Settings) -> list[Finding]:
    """The deployment's own issuers, then each identity provider."""
    try:
        own = [name for name in Verifier(settings).trusted if "://" not in name]
    except ValueError as error:
        return [failed("tokens", str(error), CONFIGURE)]
    found = [ok("tokens", f"trusts {', '.join(own)}")]
    if not settings.identity_providers and not settings.embedded:
        told = "no identity provider is trusted: only the services and API keys can call"
        found.append(warned("identity providers", told, CONFIGURE))
    return found + list(await asyncio.gather(*(_provider(trust) for trust in settings.identity_providers)))


async def _provider(trust: Trust) -> Finding:
    what = f"issuer {trust.issuer}"
    try:
        keys = await read_keys(trust)
    except UNREADABLE as error:
        hint = "its tokens are answered 503 until its keys were read once; look at the address and at its certificate"
        return failed(what, f"tells no keys: {type(error).__name__}: {error}", hint)
    algorithms = sorted({algorithm for key in keys for algorithm in key.algorithms})
    if not keys:
        return failed(what, "has no key that may be used", f"it needs one for {', '.join(trust.algorithms)}")
    roles = ", ".join(sorted(trust.roles)) or "any but service"
    counties = ", ".join(trust.counties) or "any"
    return ok(what, f"{len(keys)} keys for {', '.join(algorithms)}; roles: {roles}; counties: {counties}")
