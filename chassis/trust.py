"""What a deployment says of an identity provider (OpenID Connect) that it trusts: who it is, and what it may say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

Algorithm = Literal["RS256", "PS256", "ES256", "EdDSA"]
ClaimName = Literal["sub", "role", "county", "owner", "township", "scope"]
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def secure(address: str) -> str:
    """The address, if nobody on the way can change what it answers: https, or http on this machine; else ValueError."""
    parts = urlsplit(address)
    if not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))):
        raise ValueError("an identity provider is asked over https (http on this machine only)")
    if parts.username is not None or parts.fragment:
        raise ValueError("an identity provider's address has neither user nor fragment")
    return address


Address = Annotated[str, Field(max_length=512), AfterValidator(secure)]


class Trust(BaseModel):
    """One issuer (OpenID Connect Discovery 1.0, section 3).

    ``issuer`` must be the token's ``iss`` to the letter. ``jwks`` is where its keys are; without it the discovery
    document tells. ``claims`` maps our names to the provider's, ``a.b`` reaches into an object. ``roles`` are those it
    may give: none of them is ``service`` unless it is named here. ``counties``: codes its tokens must begin with, empty
    for any. ``scopes_required``: a token without scopes may do nothing, instead of all that its role may.
    ``subject_prefix`` stands before its subjects, so that people of two providers are never taken for one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Address
    audience: Annotated[str, Field(min_length=1, max_length=256)]
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("RS256", "PS256", "ES256", "EdDSA")
    jwks: Address | Literal[""] = ""
    claims: Mapping[ClaimName, Annotated[str, Field(min_length=1, max_length=128)]] = {}
    roles: frozenset[str] = frozenset()
    counties: tuple[Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,24}$")], ...] = ()
    scopes_required: bool = False
    subject_prefix: Annotated[str, Field(pattern=r"^[!-~]{0,32}$")] = ""

    @field_validator("issuer")
    @classmethod
    def _without_query(cls, issuer: str) -> str:
        if urlsplit(issuer).query:
            raise ValueError("an issuer has no query")
        return issuer
