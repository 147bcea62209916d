"""``careloop token`` and what the doctor says of issuers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from careloop.checks.issuers import issuers
from careloop.tokens import print_token
from chassis.auth import Verifier
from chassis.config import Settings
from tests.chassis.auth.identity_provider import IdentityProvider

SECRET = "tests only: token secret, thirty-two bytes or more"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A deployment on own servers."""
    for name, value in {
        "DATA": str(tmp_path), "DATABASE_URL": "postgresql://db.example/careloop", "NATS_URL": "nats://bus.example",
        "ROLE_SECRET": SECRET, "TOKEN_SECRET": SECRET,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"CARELOOP_{name}", value)
    return monkeypatch


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    provider = IdentityProvider()
    yield provider
    provider.go_away()


def test_a_token_is_printed_and_what_it_says_beside_it(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("CARELOOP_EMBEDDED", "1")
    assert print_token("provider", "130528", "p-1", "o-1", "", 8, ["orders.read", "feed.read"]) == 0
    told = capsys.readouterr()
    caller = Verifier(Settings()).caller(f"Bearer {told.out.strip()}".encode())
    assert (caller.owner, caller.scopes) == ("o-1", {"orders.read", "feed.read"})
    assert "scopes: feed.read, orders.read" in told.err


def test_a_deployment_on_own_servers_prints_none(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_token("bureau", "130528", "b-1", "", "", 8) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "identity provider" in told.err


def test_a_token_that_says_nonsense_is_not_printed(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("CARELOOP_EMBEDDED", "1")
    assert print_token("mayor", "130528", "m-1", "", "", 8) == 1
    assert print_token("bureau", "130528", "b-1", "", "", 8, ["everything"]) == 1
    assert capsys.readouterr().out == ""


def deployment(**changes: object) -> Settings:
    return Settings.model_validate({"token_secret": SecretStr(SECRET), **changes})


async def test_the_doctor_warns_where_nobody_is_trusted() -> None:
    assert [finding.state for finding in await issuers(deployment())] == ["ok", "warn"]
    (embedded,) = await issuers(deployment(embedded=True))
    assert "careloop-development" in embedded.told


async def test_the_doctor_asks_the_identity_provider_for_its_keys(provider: IdentityProvider) -> None:
    settings = deployment(oidc_issuer=provider.issuer, oidc_audience="careloop")
    assert [finding.state for finding in await issuers(settings)] == ["ok", "FAIL"]
    provider.add("ES256", "k1")
    _, trusted = await issuers(settings)
    assert (trusted.state, trusted.told) == ("ok", "1 keys for ES256; roles: any but service; counties: any")
    provider.go_away()
    assert [finding.state for finding in await issuers(settings)] == ["ok", "FAIL"]


async def test_the_doctor_finds_issuers_that_do_not_go_together() -> None:
    told = [{"issuer": f"https://{name}.example", "audience": "careloop"} for name in ("a", "b")]
    (finding,) = await issuers(deployment(oidc_issuers=told))
    assert finding.state == "FAIL"
    assert "subject_prefix" in finding.told


def test_a_setting_that_is_wrong_is_not_shown() -> None:
    with pytest.raises(ValueError, match="oidc_issuers") as error:
        deployment(oidc_issuers=[{"issuer": "ldap://secret-name", "audience": "careloop"}])
    assert "secret-name" not in str(error.value)
