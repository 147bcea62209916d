"""Who calls, and how the claims of a token say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.problems import Refused

ROLES = frozenset({
    "village", "township", "bureau", "finance", "provider", "charity", "claimant", "inspector", "evaluator", "hotline",
    "city", "province", "auditor", "service",
})  # fmt: skip
"""Everyone who may hold a token."""

OWNING_ROLES = frozenset({"provider", "charity", "claimant"})
"""Roles that act for an owner and see only what is its own."""

COUNTY = re.compile(r"[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?")
SCOPE = re.compile(r"[a-z]{1,32}\.(read|write)")
"""A scope as a token may name it: ``orders.read``, ``personal.read``."""

SUBJECT = re.compile(r"[!-~]{1,128}")
_OPTIONAL = re.compile(r"[!-~]{0,64}")
_COUNTY_CLAIM = re.compile(r"([0-9A-Za-z]{1,12}(-[0-9a-z]{1,12})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, in which role and for which county.

    ``owner`` is the provider, charity or claimant it acts for, or empty; ``township`` is empty where all of the county
    is its business. A ``county`` shorter than six digits is a region: a city's or a province's. ``scopes`` limit what
    the role may: None for all of it.
    """

    subject: str
    role: str
    county: str
    owner: str = ""
    township: str = ""
    scopes: frozenset[str] | None = None

    def may(self, scope: str) -> bool:
        """Whether the caller's scopes, where it has any, hold ``scope``."""
        return self.scopes is None or scope in self.scopes


def caller_of(claims: Mapping[str, object]) -> Caller:
    """The caller that claims under our own names describe; refuses those of another shape with ``token.invalid``."""
    caller = Caller(
        subject=text(claims, "sub", SUBJECT),
        role=text(claims, "role", SUBJECT),
        county=text(claims, "county", _COUNTY_CLAIM),
        owner=text(claims, "owner", _OPTIONAL),
        township=text(claims, "township", _OPTIONAL),
        scopes=scopes_of(claims.get("scope")),
    )
    if caller.role not in ROLES:
        raise Refused("token.invalid")
    return caller


def text(claims: Mapping[str, object], name: str, shape: re.Pattern[str]) -> str:
    """A claim that is text of a shape; one that is missing is empty text."""
    value = claims.get(name, "")
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise Refused("token.invalid")
    return value


def scopes_of(claim: object) -> frozenset[str] | None:
    """The scopes of a claim (RFC 8693, section 4.2: words with spaces between); None where there is no claim."""
    if claim is None:
        return None
    if not isinstance(claim, str):
        raise Refused("token.invalid")
    words = frozenset(claim.split())
    if not all(SCOPE.fullmatch(word) for word in words):
        raise Refused("token.invalid")
    return words
