"""The deployment's own tokens: each issuer's key signs for nothing else, and none says more than it may."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from chassis.auth import Caller, ServiceToken, Verifier, issue, issue_for_key, issue_for_service
from chassis.config import Settings
from chassis.keys import derived
from chassis.problems import Refused
from tests.chassis.auth.conftest import SECRET, deployment

SETTINGS = deployment(embedded=True)
LABELS = {
    "careloop-development": "development-token",
    "careloop-services": "service-token",
    "careloop-keys": "key-token",
}
SAYS: dict[str, dict[str, Any]] = {
    "careloop-development": {"sub": "clerk", "role": "bureau", "county": "130528"},
    "careloop-services": {"sub": "service-orders", "role": "service", "county": ""},
    "careloop-keys": {"sub": "key-1", "role": "provider", "county": "130528", "owner": "o", "scope": "orders.read"},
}


def signed(
    algorithm: str = "HS256", key: bytes = b"", iss: str | None = "careloop-development", **changes: Any
) -> bytes:
    now = int(time.time())
    claims = {
        "iss": iss, "aud": "careloop", **SAYS.get(iss or "", SAYS["careloop-development"]), "iat": now, "nbf": now,
        "exp": now + 60, **changes,
    }  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    secret = OctKey.import_key(key or derived(SETTINGS, LABELS.get(iss or "", "development-token")))
    return b"Bearer " + jwt.encode({"alg": algorithm}, claims, secret, algorithms=[algorithm]).encode()


def refusal(authorization: bytes, settings: Settings = SETTINGS) -> str:
    with pytest.raises(Refused) as refused:
        Verifier(settings).caller(authorization)
    return refused.value.code


def test_an_issued_token_names_its_caller() -> None:
    token = issue(SETTINGS, "p-1", "provider", "130528", owner="o-1", township="130528100", scopes=("orders.read",))
    assert Verifier(SETTINGS).caller(f"Bearer {token}".encode()) == Caller(
        subject="p-1", role="provider", county="130528", owner="o-1", township="130528100",
        scopes=frozenset({"orders.read"}),
    )  # fmt: skip


def test_a_token_without_scopes_is_not_limited_by_them() -> None:
    unlimited = Verifier(SETTINGS).caller(f"Bearer {issue(SETTINGS, 'b', 'bureau', '130528')}".encode())
    limited = Verifier(SETTINGS).caller(f"Bearer {issue(SETTINGS, 'b', 'bureau', '130528', scopes=())}".encode())
    assert unlimited.may("orders.write")
    assert not limited.may("orders.write")


@pytest.mark.parametrize("authorization", [b"", b"Bearer", b"Bearer ", b"Basic dTpw"])
def test_without_a_bearer_token_it_is_missing(authorization: bytes) -> None:
    assert refusal(authorization) == "token.missing"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody"}, {"aud": "something"}, {"iss": None}, {"aud": None}, {"exp": None}, {"exp": "tomorrow"},
        {"exp": int(time.time()) + 25 * 3600}, {"nbf": int(time.time()) + 3600}, {"iat": int(time.time()) + 3600},
        {"role": "mayor"}, {"role": None}, {"sub": None}, {"sub": "two words"}, {"sub": 7}, {"county": "13.528"},
        {"county": ["130528"]}, {"owner": "o\n1"}, {"township": 5}, {"scope": 5}, {"scope": "everything"},
    ],
    ids=lambda changes: "+".join(changes),
)  # fmt: skip
def test_a_token_with_other_claims_is_invalid(changes: dict[str, Any]) -> None:
    assert Verifier(SETTINGS).caller(signed())
    assert refusal(signed(**changes)) == "token.invalid"


@pytest.mark.parametrize("issuer", SAYS)
def test_each_issuer_is_believed_by_its_own_key_only(issuer: str) -> None:
    assert Verifier(SETTINGS).caller(signed(iss=issuer))
    for other in SAYS.keys() - {issuer}:
        assert refusal(signed(iss=issuer, key=derived(SETTINGS, LABELS[other]), **SAYS[issuer])) == "token.invalid"
    for key in (SECRET.encode(), derived(SETTINGS, "cursor"), b"another secret of thirty-two bytes or more"):
        assert refusal(signed(iss=issuer, key=key)) == "token.invalid"


@pytest.mark.parametrize(
    ("issuer", "changes"),
    [
        ("careloop-services", {"role": "bureau"}), ("careloop-services", {"county": "130528"}),
        ("careloop-services", {"owner": "o"}), ("careloop-keys", {"role": "bureau"}),
        ("careloop-keys", {"role": "service"}), ("careloop-keys", {"role": "charity"}),
        ("careloop-keys", {"scope": None}), ("careloop-keys", {"owner": ""}), ("careloop-keys", {"county": "1305"}),
        ("careloop-keys", {"county": ""}), ("careloop-keys", {"township": "130528100"}),
    ],
    ids=str,
)  # fmt: skip
def test_an_issuer_says_no_more_than_it_may(issuer: str, changes: dict[str, Any]) -> None:
    assert refusal(signed(iss=issuer, **changes)) == "token.invalid"


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_a_token_of_another_algorithm_is_invalid(algorithm: str) -> None:
    key = b"a secret that is long enough for every algorithm there is, sixty-four bytes"
    assert refusal(signed(algorithm, key)) == "token.invalid"


def test_a_token_without_a_signature_is_invalid() -> None:
    payload = signed().split(b".")[1]
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=")
    for signature in (b"", b"AA"):
        assert refusal(b"Bearer " + header + b"." + payload + b"." + signature) == "token.invalid"


def garbage() -> list[bytes]:
    """Texts that are no token."""
    header, claims, signature = signed().removeprefix(b"Bearer ").split(b".")
    return [
        b"x", b"a.b.c", b"..", b".a.", b"\xff\xfe", b"." * 500, b"a.b.c.d.e", b"A" * 20_000,
        header + b"." + claims, header + b".." + signature, header + b"." + claims + b"." + signature + b"\n",
        header + b"." + claims + b"!." + signature, b"W10.W10." + signature, b"[" * 4000 + b".e30.AA",
        base64.urlsafe_b64encode(b"[" * 3000) + b".e30.AA", header + b"." + b"A" * 20_000 + b"." + signature,
    ]  # fmt: skip


@pytest.mark.parametrize("token", garbage(), ids=lambda token: repr(token[:8]))
def test_what_is_no_token_is_invalid(token: bytes) -> None:
    assert refusal(b"Bearer " + token) == "token.invalid"


def test_an_old_token_is_expired() -> None:
    assert refusal(signed(exp=int(time.time()) - 1)) == "token.expired"


def test_a_remembered_token_expires_too() -> None:
    now = time.time()
    verifier = Verifier(SETTINGS, now=lambda: now)
    authorization = signed(exp=int(now) + 60)
    assert verifier.caller(authorization) is verifier.caller(authorization)
    now += 61
    assert verifier.remembered(authorization) is None
    with pytest.raises(Refused, match="expired"):
        verifier.caller(authorization)


def test_only_so_many_tokens_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.auth.verifying.REMEMBERED_MAX", 3)
    verifier = Verifier(SETTINGS)
    for number in range(5):
        verifier.caller(signed(sub=f"s{number}"))
    assert len(verifier._remembered) == 3


def test_a_deployment_that_is_not_embedded_neither_issues_nor_believes_development_tokens() -> None:
    fixed = deployment()
    with pytest.raises(PermissionError):
        issue(fixed, "clerk", "bureau", "130528")
    assert refusal(signed(), fixed) == "token.invalid"
    assert Verifier(fixed).trusted == ("careloop-services", "careloop-keys")


def test_the_services_believe_each_other_everywhere() -> None:
    for settings in (SETTINGS, deployment()):
        caller = Verifier(settings).caller(f"Bearer {ServiceToken(settings, 'orders')()}".encode())
        assert (caller.subject, caller.role, caller.county) == ("service-orders", "service", "")


def test_another_deployments_services_are_strangers() -> None:
    foreign = deployment(token_secret=SecretStr("another deployment's secret, thirty-two bytes or more"))
    assert refusal(f"Bearer {issue_for_service(foreign, 'orders')}".encode()) == "token.invalid"


def test_a_key_is_exchanged_for_a_token_of_a_provider() -> None:
    token = issue_for_key(deployment(), "k-7", "130528", "o-1", ["visits.write", "orders.read"])
    caller = Verifier(deployment()).caller(f"Bearer {token}".encode())
    assert (caller.subject, caller.role, caller.county, caller.owner) == ("key-k-7", "provider", "130528", "o-1")
    assert caller.scopes == {"orders.read", "visits.write"}


@pytest.mark.parametrize(
    "says", [{"role": "mayor"}, {"county": "13.528"}, {"hours": 25}, {"hours": 0}, {"scopes": ["all"]}], ids=str
)
def test_what_no_token_may_say_is_not_issued(says: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="token"):
        issue(SETTINGS, **{"subject": "clerk", "role": "bureau", "county": "130528", **says})


def test_a_short_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Verifier(deployment(token_secret=SecretStr("short")))


def test_a_key_is_derived_for_one_use_of_one_secret() -> None:
    other = deployment(token_secret=SecretStr("another secret of thirty-two bytes or more"))
    found = {derived(settings, label) for settings in (SETTINGS, other) for label in ("cursor", "key-token")}
    assert len(found) == 4
    assert {len(key) for key in found} == {32}
    assert derived(SETTINGS, "cursor") == derived(deployment(), "cursor")
