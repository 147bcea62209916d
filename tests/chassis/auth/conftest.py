"""An identity provider over HTTP, and a deployment that trusts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from chassis.auth import Verifier
from chassis.config import Settings
from chassis.problems import Refused
from tests.chassis.auth.identity_provider import AUDIENCE, IdentityProvider

SECRET = "tests only: token secret, thirty-two bytes or more"


def deployment(**changes: Any) -> Settings:
    """Settings of a deployment that is not embedded."""
    return Settings.model_validate({"token_secret": SecretStr(SECRET), **changes})


async def refusal(verifier: Verifier, authorization: bytes) -> str:
    """The code with which a header is refused."""
    with pytest.raises(Refused) as refused:
        await verifier.verify(authorization)
    return refused.value.code


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    """An issuer that answers; its keys are added by the test."""
    provider = IdentityProvider()
    yield provider
    provider.go_away()


@pytest.fixture
def trusting(provider: IdentityProvider) -> Settings:
    """A deployment that trusts the provider."""
    return deployment(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE)
