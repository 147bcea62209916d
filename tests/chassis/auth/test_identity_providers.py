"""Tokens of an identity provider: believed by its own keys, its pinned algorithms, and only what it may say."""

from __future__ import annotations

import hmac
import json
import time
from typing import Any

import pytest
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64encode
from pydantic import SecretStr, ValidationError

from chassis.auth import Caller, Verifier
from chassis.config import Settings
from tests.chassis.auth.conftest import deployment, refusal
from tests.chassis.auth.identity_provider import AUDIENCE, IdentityProvider, new_key


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
async def test_a_token_of_each_algorithm_names_its_caller(
    algorithm: str, provider: IdentityProvider, trusting: Settings
) -> None:
    key = provider.add(algorithm, "k1")
    caller = await Verifier(trusting).verify(provider.token(algorithm, key))
    assert caller == Caller(subject="u-17", role="bureau", county="130528")


async def test_claims_are_read_under_the_providers_own_names(provider: IdentityProvider) -> None:
    claims = {"role": "careloop.role", "county": "https://example.cn/region", "owner": "org", "sub": "login"}
    verifier = Verifier(deployment(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE, oidc_claims=claims))
    told = {"careloop": {"role": ["provider"]}, "https://example.cn/region": "130528", "org": "o-1", "login": "anning"}
    token = provider.token("ES256", provider.add("ES256", "k1"), role="bureau", county="1305", **told)
    expected = Caller(subject="anning", role="provider", county="130528", owner="o-1")
    assert await verifier.verify(token) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://somebody.example"}, {"iss": None}, {"iss": 7}, {"aud": "something"}, {"aud": None},
        {"aud": ["something"]}, {"exp": None}, {"exp": "tomorrow"}, {"exp": True}, {"nbf": int(time.time()) + 3600},
        {"iat": int(time.time()) + 3600}, {"exp": int(time.time()) + 90_000}, {"role": "mayor"}, {"role": None},
        {"role": ["bureau", "finance"]}, {"role": "service", "county": ""}, {"county": None}, {"county": ""},
        {"county": "13.528"}, {"county": "130"}, {"county": 130528}, {"sub": None}, {"sub": ""}, {"sub": "two words"},
        {"sub": "service-orders"}, {"sub": "key-1"}, {"role": "provider"}, {"role": "village"}, {"township": 5},
    ],
    ids=lambda changes: "+".join(changes),
)  # fmt: skip
async def test_a_signed_token_that_says_something_else_is_invalid(
    changes: dict[str, Any], provider: IdentityProvider, trusting: Settings
) -> None:
    key = provider.add("ES256", "k1")
    verifier = Verifier(trusting)
    assert (await verifier.verify(provider.token("ES256", key))).role == "bureau"
    assert await refusal(verifier, provider.token("ES256", key, **changes)) == "token.invalid"


async def test_one_of_several_audiences_is_enough(provider: IdentityProvider, trusting: Settings) -> None:
    key = provider.add("ES256", "k1")
    assert await Verifier(trusting).verify(provider.token("ES256", key, aud=["something", AUDIENCE]))


async def test_an_old_token_is_expired_but_for_the_clocks_difference(
    provider: IdentityProvider, trusting: Settings
) -> None:
    key, now = provider.add("ES256", "k1"), int(time.time())
    assert await Verifier(trusting).verify(provider.token("ES256", key, exp=now - 10))
    assert await refusal(Verifier(trusting), provider.token("ES256", key, exp=now - 40)) == "token.expired"


def test_clocks_differ_by_half_a_minute_at_most() -> None:
    with pytest.raises(ValidationError):
        deployment(token_leeway_s=31)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "HS256"}, {"alg": "RS256"}, {"alg": ["ES256"]}, {"alg": None}, {"crit": ["exp"]},
        {"jku": "http://127.0.0.1/keys"}, {"x5u": "http://127.0.0.1/c"}, {"jwk": {"kty": "oct", "k": "AA"}},
        {"typ": "logout+jwt"}, {"typ": 1}, {"kid": 7}, {"kid": "k" * 300}, {"b64": False}, {"enc": "A128GCM"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_header_that_chooses_for_us_is_refused(
    header: dict[str, Any], provider: IdentityProvider, trusting: Settings
) -> None:
    """The signature is right; only the header says what it should not."""
    key = provider.add("ES256", "k1")
    claims = json.dumps({"iss": provider.issuer, "aud": AUDIENCE, "sub": "u", "role": "bureau", "county": "130528",
                         "exp": int(time.time()) + 60})  # fmt: skip
    parts = [json.dumps({"alg": "ES256", "kid": "k1", **header}), claims]
    signed = b".".join(urlsafe_b64encode(part.encode()) for part in parts)
    signature = urlsafe_b64encode(JWSRegistry.algorithms["ES256"].sign(signed, key))
    assert await refusal(Verifier(trusting), b"Bearer " + signed + b"." + signature) == "token.invalid"


@pytest.mark.parametrize("header", [{}, {"typ": "JWT"}, {"typ": "at+jwt"}, {"x5t": "abc"}], ids=str)
async def test_a_header_that_only_tells_is_no_matter(
    header: dict[str, Any], provider: IdentityProvider, trusting: Settings
) -> None:
    key = provider.add("ES256", "k1")
    assert await Verifier(trusting).verify(provider.token("ES256", key, header))


async def test_the_public_key_is_no_secret_to_sign_with(provider: IdentityProvider, trusting: Settings) -> None:
    """RFC 8725, section 2.1: HS256 with the RSA public key as its secret."""
    key = provider.add("RS256", "k1")
    verifier = Verifier(trusting)
    assert await verifier.verify(provider.token("RS256", key))
    for secret in (key.as_pem(private=False), json.dumps(key.as_dict(private=False)).encode()):
        header, claims, _ = provider.token("RS256", key, {"alg": "RS256"}).removeprefix(b"Bearer ").split(b".")
        header = urlsafe_b64encode(b'{"alg":"HS256","kid":"k1"}')
        signature = urlsafe_b64encode(hmac.digest(secret, header + b"." + claims, "sha256"))
        assert await refusal(verifier, b"Bearer " + b".".join((header, claims, signature))) == "token.invalid"


async def test_an_algorithm_that_is_not_allowed_is_refused(provider: IdentityProvider) -> None:
    only = deployment(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE, oidc_algorithms=("ES256",))
    key = provider.add("RS256", "k1")
    provider.add("ES256", "k2")
    assert await refusal(Verifier(only), provider.token("RS256", key)) == "token.invalid"


async def test_a_key_is_used_with_its_own_algorithm_only(provider: IdentityProvider, trusting: Settings) -> None:
    key = provider.add("RS256", "k1", alg="PS256")
    assert await refusal(Verifier(trusting), provider.token("RS256", key)) == "token.invalid"
    assert await Verifier(trusting).verify(provider.token("PS256", key))


async def test_a_stranger_with_a_known_key_id_is_refused(provider: IdentityProvider, trusting: Settings) -> None:
    provider.add("ES256", "k1")
    assert await refusal(Verifier(trusting), provider.token("ES256", new_key("ES256", "k1"))) == "token.invalid"


async def test_each_issuer_speaks_for_itself_only(provider: IdentityProvider) -> None:
    other = IdentityProvider()
    try:
        issuers = tuple(
            {"issuer": one.issuer, "audience": AUDIENCE, "subject_prefix": prefix}
            for one, prefix in ((provider, "a/"), (other, "b/"))
        )
        verifier = Verifier(deployment(oidc_issuers=issuers))
        key = provider.add("ES256", "k1")
        other.add("ES256", "k1")
        caller = await verifier.verify(provider.token("ES256", key))
        assert caller.subject == "a/u-17"
        assert await refusal(verifier, provider.token("ES256", key, iss=other.issuer)) == "token.invalid"
        for ours in ("careloop-services", "careloop-keys", "careloop-development"):
            assert await refusal(verifier, provider.token("ES256", key, iss=ours)) == "token.invalid"
    finally:
        other.go_away()


async def test_an_issuer_may_be_held_to_roles_and_counties(provider: IdentityProvider) -> None:
    trust = {"issuer": provider.issuer, "audience": AUDIENCE, "roles": ["bureau", "service"], "counties": ["1305"]}
    verifier, key = Verifier(deployment(oidc_issuers=(trust,))), provider.add("ES256", "k1")
    assert (await verifier.verify(provider.token("ES256", key, county="1305"))).county == "1305"
    assert (await verifier.verify(provider.token("ES256", key, role="service", county=None))).role == "service"
    assert await refusal(verifier, provider.token("ES256", key, county="13")) == "token.invalid"
    assert await refusal(verifier, provider.token("ES256", key, county="620422")) == "token.invalid"
    assert await refusal(verifier, provider.token("ES256", key, role="finance")) == "token.invalid"


async def test_scopes_of_ours_limit_and_those_of_others_say_nothing(
    provider: IdentityProvider, trusting: Settings
) -> None:
    verifier, key = Verifier(trusting), provider.add("ES256", "k1")
    scoped = await verifier.verify(provider.token("ES256", key, scope="openid orders.read profile feed.read"))
    assert scoped.scopes == {"orders.read", "feed.read"}
    assert (await verifier.verify(provider.token("ES256", key, scope="openid profile"))).scopes is None
    listed = await verifier.verify(provider.token("ES256", key, scope=["orders.read", "orders.write"]))
    assert listed.scopes == {"orders.read", "orders.write"}


async def test_where_scopes_are_required_none_means_nothing(provider: IdentityProvider) -> None:
    trust = {"issuer": provider.issuer, "audience": AUDIENCE, "scopes_required": True, "claims": {"scope": "scp"}}
    verifier, key = Verifier(deployment(oidc_issuers=(trust,))), provider.add("ES256", "k1")
    assert (await verifier.verify(provider.token("ES256", key))).scopes == frozenset()
    assert (await verifier.verify(provider.token("ES256", key, scp=["orders.read"]))).scopes == {"orders.read"}


@pytest.mark.parametrize(
    "trust",
    [
        {"issuer": "http://id.example.cn", "audience": "a"}, {"issuer": "https://id.example.cn", "audience": ""},
        {"issuer": "https://id.example.cn", "audience": "a", "algorithms": ["HS256"]},
        {"issuer": "https://id.example.cn", "audience": "a", "algorithms": []},
        {"issuer": "https://id.example.cn", "audience": "a", "algorithms": ["none"]},
        {"issuer": "https://id.example.cn", "audience": "a", "jwks": "http://id.example.cn/keys"},
        {"issuer": "https://u:p@id.example.cn", "audience": "a"}, {"issuer": "id.example.cn", "audience": "a"},
        {"issuer": "https://id.example.cn?x=1", "audience": "a"},
        {"issuer": "https://id.example.cn", "audience": "a", "claims": {"name": "n"}},
    ],
    ids=str,
)  # fmt: skip
def test_who_cannot_be_trusted_cannot_be_configured(trust: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        deployment(oidc_issuers=(trust,))


@pytest.mark.parametrize(
    "issuers",
    [
        [{"issuer": "https://a.example", "audience": "a"}, {"issuer": "https://a.example", "audience": "b"}],
        [{"issuer": "https://a.example", "audience": "a"}, {"issuer": "https://b.example", "audience": "b"}],
        [{"issuer": "https://a.example", "audience": "a", "roles": ["mayor"]}],
    ],
    ids=["twice", "people mixed up", "an unknown role"],
)
def test_issuers_that_do_not_go_together_stop_the_start(issuers: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="identity provider"):
        Verifier(deployment(oidc_issuers=tuple(issuers)))


def test_several_issuers_come_from_one_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [{"issuer": "https://a.example", "audience": "a", "claims": {"role": "r"}, "algorithms": ["EdDSA"]}]
    monkeypatch.setenv("CARELOOP_OIDC_ISSUERS", json.dumps(told))
    (trust,) = Settings(token_secret=SecretStr("x" * 32)).identity_providers
    assert (trust.issuer, trust.claims, trust.algorithms) == ("https://a.example", {"role": "r"}, ("EdDSA",))


async def test_a_token_longer_than_any_should_be_is_refused(provider: IdentityProvider, trusting: Settings) -> None:
    key = provider.add("ES256", "k1")
    assert await refusal(Verifier(trusting), provider.token("ES256", key, more="x" * 20_000)) == "token.invalid"


async def test_a_shared_secret_in_the_key_set_is_no_key(provider: IdentityProvider, trusting: Settings) -> None:
    secret = OctKey.generate_key(256, {"kid": "k1"})
    provider.add("ES256", "k2")
    provider.published.append(secret.as_dict(private=True))
    assert await refusal(Verifier(trusting), provider.token("HS256", secret)) == "token.invalid"
