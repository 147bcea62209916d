"""The keys of an identity provider: asked for once, again when they change, and good while it is away."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from chassis.auth import Verifier
from chassis.auth.provider_keys import ASKED_AGAIN_S, FIRST_TRY_AGAIN_S, OLD_S, authorities, keys_of
from chassis.auth.verifying import REMEMBERED_S
from chassis.config import Settings
from chassis.problems import Refused
from tests.chassis.auth.conftest import deployment, refusal
from tests.chassis.auth.identity_provider import AUDIENCE, IdentityProvider, new_certificate, new_key

ALL = ("RS256", "PS256", "ES256", "EdDSA")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


async def test_many_tokens_cost_one_question(provider: IdentityProvider, trusting: Settings) -> None:
    key, verifier = provider.add("ES256", "k1"), Verifier(trusting)
    await asyncio.gather(*(verifier.verify(provider.token("ES256", key, sub=f"u{n}")) for n in range(20)))
    assert provider.asked == {"/.well-known/openid-configuration": 1, "/keys": 1}


async def test_a_known_address_of_keys_needs_no_discovery(provider: IdentityProvider) -> None:
    settings = deployment(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE, oidc_jwks=f"{provider.issuer}/keys")
    await Verifier(settings).verify(provider.token("ES256", provider.add("ES256", "k1")))
    assert provider.asked == {"/keys": 1}


async def test_new_keys_are_found_and_withdrawn_ones_lose_their_force(
    provider: IdentityProvider, trusting: Settings
) -> None:
    clock = Clock()
    verifier = Verifier(trusting, clock=clock)
    old = provider.add("ES256", "k1")
    await verifier.verify(provider.token("ES256", old))
    new = provider.add("EdDSA", "k2")
    provider.withdraw("k1")
    clock.seconds += ASKED_AGAIN_S
    await verifier.verify(provider.token("EdDSA", new))
    assert await refusal(verifier, provider.token("ES256", old, sub="another")) == "token.invalid"


async def test_unknown_key_ids_cost_a_question_each_half_minute_at_most(
    provider: IdentityProvider, trusting: Settings
) -> None:
    clock = Clock()
    verifier = Verifier(trusting, clock=clock)
    await verifier.verify(provider.token("ES256", provider.add("ES256", "k1")))
    for number in range(5):
        stranger = provider.token("ES256", new_key("ES256", f"made-up-{number}"))
        assert await refusal(verifier, stranger) == "token.invalid"
    assert provider.asked["/keys"] == 1
    clock.seconds += ASKED_AGAIN_S
    assert await refusal(verifier, provider.token("ES256", new_key("ES256", "made-up"))) == "token.invalid"
    assert provider.asked["/keys"] == 2


async def test_keys_stay_good_while_the_provider_is_away(provider: IdentityProvider, trusting: Settings) -> None:
    clock = Clock()
    verifier = Verifier(trusting, clock=clock)
    key = provider.add("ES256", "k1")
    await verifier.verify(provider.token("ES256", key))
    provider.go_away()
    clock.seconds += OLD_S + 1
    for subject in ("u1", "u2"):
        assert (await verifier.verify(provider.token("ES256", key, sub=subject))).subject == subject
    assert await refusal(verifier, provider.token("ES256", new_key("ES256", "k9"))) == "token.invalid"


async def test_a_provider_that_was_never_heard_makes_its_tokens_wait(
    provider: IdentityProvider, trusting: Settings
) -> None:
    clock = Clock()
    verifier = Verifier(trusting, clock=clock)
    token = provider.token("ES256", provider.add("ES256", "k1"))
    provider.go_away()
    assert await refusal(verifier, token) == "unavailable"
    provider.come_back()
    assert await refusal(verifier, token) == "unavailable"
    clock.seconds += FIRST_TRY_AGAIN_S
    assert (await verifier.verify(token)).subject == "u-17"


async def test_old_keys_are_asked_for_in_the_background(provider: IdentityProvider, trusting: Settings) -> None:
    clock = Clock()
    verifier = Verifier(trusting, clock=clock)
    key = provider.add("ES256", "k1")
    await verifier.verify(provider.token("ES256", key))
    provider.withdraw("k1")
    clock.seconds += OLD_S + 1
    await verifier.verify(provider.token("ES256", key, sub="u1"))
    async with asyncio.timeout(10):
        while provider.asked["/keys"] < 2 or not await refused(verifier, provider.token("ES256", key, sub="u2")):
            verifier._remembered.clear()
            await asyncio.sleep(0.005)


async def refused(verifier: Verifier, authorization: bytes) -> bool:
    """Whether the token is not believed any more."""
    try:
        await verifier.verify(authorization)
    except Refused as refused:
        return refused.code == "token.invalid"
    return False


async def test_a_verified_token_is_checked_again_after_a_while(provider: IdentityProvider, trusting: Settings) -> None:
    now = time.time()
    verifier = Verifier(trusting, now=lambda: now)
    authorization = provider.token("ES256", provider.add("ES256", "k1"), exp=int(now) + 3600)
    await verifier.verify(authorization)
    assert verifier.remembered(authorization) is not None
    now += REMEMBERED_S + 1
    assert verifier.remembered(authorization) is None


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://somebody.example", "jwks_uri": "{issuer}/keys"}, {"issuer": "{issuer}"},
        {"issuer": "{issuer}", "jwks_uri": "http://somebody.example/keys"}, {"issuer": "{issuer}", "jwks_uri": 7},
        {"issuer": "{issuer}", "jwks_uri": "file:///etc/passwd"}, {"issuer": "{issuer}", "jwks_uri": "{issuer}/other"},
        {"issuer": "{issuer}", "jwks_uri": "{issuer}/keys", "more": "x" * 300_000},
    ],
    ids=lambda told: str(told)[:80],
)  # fmt: skip
async def test_a_discovery_document_that_cannot_be_used_gives_no_keys(
    discovery: dict[str, Any], provider: IdentityProvider, trusting: Settings
) -> None:
    token = provider.token("ES256", provider.add("ES256", "k1"))
    provider.discovery = {
        name: value.replace("{issuer}", provider.issuer) if isinstance(value, str) else value
        for name, value in discovery.items()
    }
    assert await refusal(Verifier(trusting), token) == "unavailable"


@pytest.mark.parametrize(
    "document", [b"", b"<html>", b"[]", b"[" * 100_000, b'{"keys":'], ids=lambda told: repr(told[:8])
)
async def test_a_document_that_is_no_json_object_gives_no_keys(
    document: bytes, provider: IdentityProvider, trusting: Settings
) -> None:
    token = provider.token("ES256", provider.add("ES256", "k1"))
    provider.discovery = document
    assert await refusal(Verifier(trusting), token) == "unavailable"


async def test_a_provider_is_asked_over_tls_that_the_machine_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A self-signed certificate is refused until it is configured as an authority."""
    certificate = new_certificate(tmp_path / "certificate.pem")
    provider = IdentityProvider(certificate)
    try:
        settings = deployment(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE)
        token = provider.token("ES256", provider.add("ES256", "k1"))
        authorities.cache_clear()
        assert await refusal(Verifier(settings), token) == "unavailable"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        authorities.cache_clear()
        assert await Verifier(settings).verify(token)
    finally:
        provider.go_away()
        authorities.cache_clear()


async def test_a_token_without_key_id_needs_the_only_key_that_fits(
    provider: IdentityProvider, trusting: Settings
) -> None:
    anonymous = new_key("ES256", None)
    provider.published.append(anonymous.as_dict(private=False))
    provider.add("EdDSA", "k2")
    assert await Verifier(trusting).verify(provider.token("ES256", anonymous))
    provider.add("ES256", "k3")
    assert await refusal(Verifier(trusting), provider.token("ES256", anonymous)) == "token.invalid"


def shown(algorithm: str, **changes: Any) -> dict[str, Any]:
    """A key as a key set shows it, with changes; None leaves a member out."""
    key = {**new_key(algorithm, "k1").as_dict(private=False), **changes}
    return {name: value for name, value in key.items() if value is not None}


@pytest.mark.parametrize(
    "key",
    [
        shown("ES256", use="enc"), shown("ES256", key_ops=["sign"]), shown("ES256", crv="P-384"),
        shown("ES256", x=None), shown("ES256", y="AA"), shown("EdDSA", crv="Ed448"), shown("EdDSA", crv=None),
        shown("ES256", alg="ES384"), shown("ES256", kid=7), shown("RS256", kty="oct", k="AAAA"), shown("RS256", kty=[]),
        shown("RS256", n="AQAB"), "text", None,
    ],
    ids=lambda key: key["kty"] if isinstance(key, dict) and isinstance(key.get("kty"), str) else "odd",
)  # fmt: skip
def test_a_key_that_cannot_be_used_is_passed_over(key: Any) -> None:
    good = shown("ES256")
    assert [one.key_id for one in keys_of({"keys": [key, good]}, ALL)] == ["k1"]


@pytest.mark.parametrize("document", [{}, {"keys": {}}, {"keys": [{}] * 101}], ids=["none", "no list", "too many"])
def test_what_is_no_key_set_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="key set"):
        keys_of(document, ALL)


@pytest.mark.filterwarnings("ignore:Key size")
def test_a_short_rsa_key_is_no_key() -> None:
    short = RSAKey.generate_key(1024, {"kid": "short"}).as_dict(private=False)
    assert keys_of({"keys": [short]}, ALL) == []
