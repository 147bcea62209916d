"""The exchange of an API key for a bearer token: OAuth 2.0 client credentials (RFC 6749, section 4.4), in JSON.

In JSON and not form-encoded, as section 4.4.2 has it, because every body here is read by one strict reader; a second
syntax would be a second place where two readers could understand one body differently.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

import asyncpg
from pydantic import Field

from chassis.auth import KEY_TOKEN_S, issue_for_key
from chassis.http import Body, Call, Routes
from chassis.service import Ask, Step
from services.providers.api import secret_text
from services.providers.domain import system_key

routes = Routes(tag="tokens")

_KEY = (
    "select provider, scopes, expires_on, status, secret_hash, former_hash, former_until, used_at from system_keys"
    " where county = $1 and id = $2"
)


class Exchange(Body):
    """The secret of a key, as it was told when the key was issued or rotated."""

    grant_type: Literal["client_credentials"]
    key: Annotated[str, Field(min_length=1, max_length=secret_text.TEXT_MAX, repr=False)]


class BearerToken(Body):
    """RFC 6749, section 5.1. ``expires_in`` counts seconds; ``scope`` are words with spaces between."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


@routes.post(
    "/v1/tokens", body=Exchange, answer=BearerToken, public=True, keyless=True, refusals=("key.invalid",),
    summary="用接口密钥换取访问令牌 Exchange an API key for a bearer token",
)  # fmt: skip
async def exchange_key(call: Call[Exchange]) -> BearerToken:
    """A token of ten minutes for the key's provider, county and scopes. Ask again when it ends.

    Wrong, unknown, expired and revoked keys are answered alike. Needs neither a token nor an Idempotency-Key: each
    exchange is another token, and none is kept.
    """
    shown = secret_text.read(call.body.key)
    async with call.running.database.at(shown.county) as connection:
        row = await connection.fetchrow(_KEY, shown.county, shown.key_id)
    system_key.admit(None if row is None else _credentials(row), shown.secret_hash, call.at)
    assert row is not None
    await _note(call, shown, row["used_at"])
    scopes = sorted(json.loads(row["scopes"]))
    token = issue_for_key(call.running.settings, shown.key_id.hex, shown.county, str(row["provider"]), scopes)
    return BearerToken(access_token=token, token_type="Bearer", expires_in=KEY_TOKEN_S, scope=" ".join(scopes))  # noqa: S106


def _credentials(row: asyncpg.Record) -> system_key.Credentials:
    return system_key.Credentials(
        secret_hash=row["secret_hash"],
        former_hash=row["former_hash"],
        former_until=row["former_until"] or system_key.NEVER,
        ends_at=system_key.ends_at(row["expires_on"]),
        active=row["status"] == "active",
    )


async def _note(call: Call[Any], shown: secret_text.Shown, used_at: datetime | None) -> None:
    """Note the use, once an hour; the hour is in the key of the ask, so that many at once note one."""
    hour = system_key.hour_of(call.at)
    if used_at is not None and hour <= used_at:
        return
    step = Step(decider=system_key.decider, stream=shown.key_id, command=system_key.Use(at=call.at))
    await call.running.dispatch.ask(
        Ask(
            county=shown.county,
            steps=(step,),
            key=f"key-use {shown.key_id} {hour.isoformat()}",
            by=f"key-{shown.key_id.hex}",
            role="provider",
            cause=call.request_id,
        )
    )
