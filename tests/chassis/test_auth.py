"""Tokens: one algorithm, one issuer, checked once, and never beyond their expiry."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from chassis.auth import Caller, Verifier, issue
from chassis.config import Settings
from chassis.problems import Refused

SECRET = "tests only: token secret, thirty-two bytes or more"
SETTINGS = Settings.model_validate({"token_secret": SecretStr(SECRET), "embedded": True})


def signed(algorithm: str = "HS256", secret: str = SECRET, **changes: Any) -> bytes:
    now = int(time.time())
    claims = {
        "iss": SETTINGS.token_issuer, "aud": SETTINGS.token_audience, "sub": "clerk", "role": "bureau",
        "county": "130528", "iat": now, "nbf": now, "exp": now + 60, **changes,
    }  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode({"alg": algorithm}, claims, OctKey.import_key(secret), algorithms=[algorithm])
    return b"Bearer " + token.encode()


def refusal(authorization: bytes) -> str:
    with pytest.raises(Refused) as refused:
        Verifier(SETTINGS).caller(authorization)
    return refused.value.code


def test_an_issued_token_names_its_caller() -> None:
    token = issue(SETTINGS, "p-1", "provider", "130528", owner="o-1", township="130528100")
    caller = Verifier(SETTINGS).caller(f"Bearer {token}".encode())
    assert caller == Caller(subject="p-1", role="provider", county="130528", owner="o-1", township="130528100")


@pytest.mark.parametrize("authorization", [b"", b"Bearer", b"Bearer ", b"Basic dTpw"])
def test_without_a_bearer_token_it_is_missing(authorization: bytes) -> None:
    assert refusal(authorization) == "token.missing"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody"}, {"aud": "something"}, {"iss": None}, {"aud": None}, {"exp": None}, {"exp": "tomorrow"},
        {"nbf": int(time.time()) + 3600}, {"role": "mayor"}, {"role": None}, {"sub": None}, {"sub": "two words"},
        {"sub": 7}, {"county": "13.528"}, {"county": ["130528"]}, {"owner": "o\n1"}, {"township": 5},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_with_other_claims_is_invalid(changes: dict[str, Any]) -> None:
    assert refusal(signed(**changes)) == "token.invalid"


def test_a_token_of_another_secret_or_algorithm_is_invalid() -> None:
    assert refusal(signed(secret="another secret of thirty-two bytes or more")) == "token.invalid"
    assert refusal(signed(algorithm="HS512")) == "token.invalid"


def test_a_token_without_a_signature_is_invalid() -> None:
    payload = signed().split(b".")[1]
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=")
    assert refusal(b"Bearer " + header + b"." + payload + b".") == "token.invalid"


@pytest.mark.parametrize("token", [b"x", b"a.b.c", b"\xff\xfe", b"." * 500, b"a.b.c.d.e"])
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
    with pytest.raises(Refused, match="expired"):
        verifier.caller(authorization)


def test_only_so_many_tokens_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.auth._REMEMBERED_MAX", 3)
    verifier = Verifier(SETTINGS)
    for number in range(5):
        verifier.caller(signed(sub=f"s{number}"))
    assert len(verifier._remembered) == 3


def test_a_deployment_that_is_not_embedded_issues_no_tokens() -> None:
    fixed = SETTINGS.model_copy(update={"embedded": False})
    with pytest.raises(PermissionError):
        issue(fixed, "clerk", "bureau", "130528")
    assert issue(fixed, "clerk", "bureau", "130528", development=True)


def test_a_short_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Verifier(Settings.model_validate({"token_secret": SecretStr("short")}))
