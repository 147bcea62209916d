"""Routes of the API keys of a provider's system: issued, rotated, revoked by people, never by a key.

A secret is in the first answer only. What is kept with the Idempotency-Key has none, so a repetition tells the same
without it: whoever lost the answer rotates the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import Field

from chassis.http import Body, Call, Day, Done, Routes
from chassis.http.shapes import to_bytes
from chassis.problems import Refused
from chassis.service import Ask, Outcome, Reply, Step
from services.providers.api import secret_text
from services.providers.api.shapes import Line
from services.providers.domain import system_key

routes = Routes(tag="keys")

Scope = Literal[
    "providers.read", "providers.write", "orders.read", "settlement.read", "settlement.write", "personal.read",
    "feed.read",
]  # fmt: skip
"""What a key may be for. Not among them: ``keys.read`` and ``keys.write``, which these routes need."""
Status = Literal["active", "revoked", "expired"]
OVERLAP_HOURS, OVERLAP_HOURS_MAX = 24, 168
COLUMNS = (
    "id, provider, label, array(select jsonb_array_elements_text(scopes)) as scopes, created_at, expires_on, status,"
    " rotated_at, used_at from system_keys where county = $1"
)


class IssueKey(Body):
    """A key for one system. ``label`` says which, and names no person; ``expires_on`` is its last day."""

    label: Line
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=7)]
    expires_on: Day


class RotateKey(Body):
    """How long the secret so far stays good besides the new one; 0: it ends now."""

    overlap_hours: Annotated[int, Field(ge=0, le=OVERLAP_HOURS_MAX)] = OVERLAP_HOURS


class KeyRow(Body):
    """A key without its secret; ``used_at`` is the beginning of the hour of its last use."""

    id: UUID
    provider: UUID
    label: str
    scopes: list[str]
    created_at: datetime
    expires_on: date
    status: Status
    rotated_at: datetime | None
    used_at: datetime | None


class KeyIssued(Body):
    """The key and its secret, which is told once: null when the request is repeated."""

    id: UUID
    version: int
    scopes: list[str]
    expires_on: date
    secret: str | None


def _told(outcomes: tuple[Outcome, ...]) -> KeyIssued:
    outcome = outcomes[0]
    issued: system_key.Issued = outcome.state.issued
    return KeyIssued(
        id=outcome.stream,
        version=outcome.version,
        scopes=list(issued.scopes),
        expires_on=issued.expires_on,
        secret=None,
    )


def _hold_to_own(call: Call[Any], scopes: Iterable[str]) -> None:
    """Refuse with ``forbidden.scope`` a key for more than the caller's own token is for."""
    if not all(call.caller.may(scope) for scope in scopes):
        raise Refused("forbidden.scope")


async def _tell_once(call: Call[Any], step: Step, secret: str) -> Reply:
    """Decide; then put the secret into the answer, if it is this very request that made it the key's.

    What is kept with the Idempotency-Key was made without it. A kept answer, also one of another process, comes back as
    another object than the one made here.
    """
    fresh: list[tuple[Reply, KeyIssued]] = []

    def reply(outcomes: tuple[Outcome, ...]) -> Reply:
        told = _told(outcomes)
        made = Reply(status=call.route.status, body=to_bytes(KeyIssued, told))
        fresh[:] = [(made, told)] if outcomes[0].events else []
        return made

    answer = await call.running.dispatch.ask(msgspec.structs.replace(call.ask(step), reply=reply))
    if not fresh or answer is not fresh[0][0]:
        return answer
    whole = fresh[0][1].model_copy(update={"secret": secret})
    return Reply(status=answer.status, body=to_bytes(KeyIssued, whole))


@routes.post(
    "/v1/providers/{provider_id}/keys", body=IssueKey, answer=KeyIssued, status=201, scope="keys.write",
    summary="签发接口密钥（密钥只显示一次） Issue an API key; the secret is told once",
    refusals=("provider.unknown", "key.expires_in_the_past", "key.expires_too_late", "key.too_many"),
)  # fmt: skip
async def issue_key(call: Call[IssueKey]) -> Reply:
    """A key may do what the caller may, and less. Keep the secret at once: nobody can tell it again."""
    owner, body = call.path_id("provider_id"), call.body
    call.permit(owner=owner)
    _hold_to_own(call, body.scopes)
    key_id = call.new_id("key")
    secret = secret_text.make(call.county, key_id)
    command = system_key.Issue(
        provider=owner,
        label=body.label,
        scopes=tuple(sorted(set(body.scopes))),
        expires_on=body.expires_on,
        secret_hash=secret_text.hash_of(secret),
        at=call.at,
    )
    return await _tell_once(call, Step(decider=system_key.decider, stream=key_id, command=command), secret)


@routes.post(
    "/v1/providers/{provider_id}/keys/{key_id}/rotation", body=RotateKey, answer=KeyIssued, scope="keys.write",
    summary="更换接口密钥 Rotate an API key; both secrets are good for a while",
    refusals=("key.unknown", "key.ended"),
)  # fmt: skip
async def rotate_key(call: Call[RotateKey]) -> Reply:
    """A new secret, told once; the one so far stays good for ``overlap_hours``, any older one ends now."""
    owner, key_id = call.path_id("provider_id"), call.path_id("key_id")
    call.permit(owner=owner)
    secret = secret_text.make(call.county, key_id)
    command = system_key.Rotate(
        provider=owner,
        rotation=call.new_id("rotation"),
        secret_hash=secret_text.hash_of(secret),
        overlap_hours=call.body.overlap_hours,
        at=call.at,
    )

    def within_own_scopes(key: system_key.Key) -> None:
        """Whoever rotates a key holds it afterwards: nobody may who could not have issued it."""
        if key.issued is not None and key.issued.provider == owner:
            _hold_to_own(call, key.issued.scopes)

    step = Step(decider=system_key.decider, stream=key_id, command=command, permit=within_own_scopes)
    return await _tell_once(call, step, secret)


@routes.post(
    "/v1/providers/{provider_id}/keys/{key_id}/revocation", answer=Done, scope="keys.write",
    summary="撤销接口密钥 Revoke an API key", refusals=("key.unknown",),
)  # fmt: skip
async def revoke_key(call: Call[None]) -> Ask:
    """All secrets of the key end now; a token it was exchanged for ends within ten minutes."""
    owner = call.path_id("provider_id")
    call.permit(owner=owner)
    command = system_key.Revoke(provider=owner, at=call.at)
    return call.ask(Step(decider=system_key.decider, stream=call.path_id("key_id"), command=command))


routes.page(
    "/v1/keys", row=KeyRow, owner="provider", filters={"provider": UUID, "status": Status}, scope="keys.read",
    sql=f"select {COLUMNS}", order=("created_at", "id"), summary="接口密钥 API keys, without their secrets",
)  # fmt: skip


@routes.get(
    "/v1/keys/{key_id}", answer=KeyRow, scope="keys.read", stream="key_id",
    summary="一个接口密钥 One API key, without its secret",
)  # fmt: skip
async def one_key(call: Call[None]) -> dict[str, Any] | None:
    """Label, scopes, last day, last use; never the secret."""
    row = await call.fetchrow(f"select {COLUMNS} and id = $2", call.county, call.path_id("key_id"))
    if row is not None:
        call.permit(owner=row["provider"])
    return row
